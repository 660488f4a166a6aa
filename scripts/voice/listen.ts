import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { clipId } from '../../electron/voice/index.ts'
import { clipPath, RESTS } from '../../shared/speech/index.ts'
import { readWav, writeWav } from './wav.ts'

const run = promisify(execFile)
const RATE = 24_000

const saidSchema = z.array(
  z.object({ key: z.string(), clips: z.array(z.string()), route: z.string() }),
)

/**
 * Puts what a journey said (a list of `kiosk:said`) into one sound file, with a rest behind each
 * phrase, so that it can be listened to and measured.
 */
export async function listen(
  packs: readonly string[],
  saidFile: string,
  wavFile: string,
): Promise<string> {
  const said = saidSchema.parse(JSON.parse(await readFile(saidFile, 'utf8')))
  const heard = new Map<string, Float32Array>()
  const pieces: Float32Array[] = []
  for (const { clips } of said) {
    for (const text of clips) {
      const known = heard.get(text)
      const samples = known ?? (await decode(fileOf(text, packs)))
      heard.set(text, samples)
      pieces.push(samples)
    }
    pieces.push(new Float32Array((RATE * RESTS.PHRASE_MS) / 1000))
  }
  const samples = new Float32Array(pieces.reduce((sum, piece) => sum + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    samples.set(piece, at)
    at += piece.length
  }
  await writeFile(wavFile, writeWav({ rate: RATE, samples }))
  return `${said.length} phrases, ${heard.size} clips, ${Math.round(at / RATE)} s`
}

/** The clip of a text, in the first pack that has it. */
function fileOf(text: string, packs: readonly string[]): string {
  const files = packs.map((pack) => join(pack, clipPath(clipId(text))))
  const file = files.find(existsSync)
  if (file === undefined) throw new Error(`no clip for “${text}”`)
  return file
}

async function decode(file: string): Promise<Float32Array> {
  const { stdout } = await run(
    'opusdec',
    ['--quiet', '--rate', String(RATE), '--force-wav', file, '-'],
    { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
  )
  return readWav(stdout).samples
}
