import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { clipId } from '../../electron/voice/index.ts'
import { clipPath } from '../../shared/speech/index.ts'
import { measureJourney, type Heard } from './measure.ts'
import { readWav, writeWav } from './wav.ts'

const run = promisify(execFile)
const RATE = 24_000

const saidSchema = z.array(
  z.object({
    key: z.string(),
    clips: z.array(z.string()),
    restsMs: z.array(z.number()),
    route: z.string(),
  }),
)

/**
 * Puts what a journey said (a list of `kiosk:said`) into one sound file, with the rests as they were,
 * so that it can be listened to; and measures it. Lines for whoever made the clips.
 */
export async function listen(
  packs: readonly string[],
  saidFile: string,
  wavFile: string,
): Promise<readonly string[]> {
  const said = saidSchema.parse(JSON.parse(await readFile(saidFile, 'utf8')))
  const clips = new Map<string, Float32Array>()
  const heard: Heard[] = []
  for (const { clips: texts, restsMs } of said) {
    for (const [at, text] of texts.entries()) {
      const samples = clips.get(text) ?? (await decode(fileOf(text, packs)))
      clips.set(text, samples)
      heard.push({ text, samples, restMs: restsMs[at] ?? 0 })
    }
  }
  const samples = joined(heard)
  const sound = { rate: RATE, samples }
  await writeFile(wavFile, writeWav(sound))
  return [
    `${said.length} phrases, ${clips.size} clips, ${Math.round(samples.length / RATE)} s`,
    ...(await measureJourney(sound, clips)),
  ]
}

function joined(heard: readonly Heard[]): Float32Array {
  const rest = ({ restMs }: Heard) => Math.round((RATE * restMs) / 1000)
  const length = heard.reduce((sum, one) => sum + one.samples.length + rest(one), 0)
  const all = new Float32Array(length)
  let at = 0
  for (const one of heard) {
    all.set(one.samples, at)
    at += one.samples.length + rest(one)
  }
  return all
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
