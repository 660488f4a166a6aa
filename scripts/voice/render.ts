import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  level,
  measure,
  opusLengthMs,
  pronounced,
  trim,
  type Sound,
} from '../../shared/speech/index.ts'
import type { Clip } from '../../shared/speech/schema.ts'
import type { ShippedLanguage } from './languages.ts'
import { readWav, writeWav } from './wav.ts'

/** kbit/s: enough for a voice of 22 kHz. */
const BITRATE = 16

/** Runs a program on bytes, and gives what it writes. */
function pipe(program: string, args: readonly string[], input: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = execFile(
      program,
      args,
      { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 },
      (error, stdout) => (error === null ? resolve(stdout) : reject(error)),
    )
    child.stdin?.end(input)
  })
}

async function speak(text: string, { tag, voice }: ShippedLanguage): Promise<Sound> {
  const speed = ['-s', String(voice.wordsPerMinute), '-p', String(voice.pitch)]
  const how = ['-v', voice.name, ...speed, '--stdin', '--stdout']
  return readWav(await pipe('espeak-ng', how, Buffer.from(pronounced(text, tag))))
}

/** A clip of the machine's voice: its file, and what the pack says of it. `text` as it is written. */
export async function render(
  text: string,
  language: ShippedLanguage,
): Promise<{ file: Buffer } & Omit<Clip, 'text'>> {
  const sound = level(trim(await speak(text, language)))
  // A serial number of its own would make another file of the same sound each time.
  const how = ['--quiet', '--speech', '--bitrate', String(BITRATE), '--framesize', '60']
  const file = await pipe(
    'opusenc',
    [...how, '--serial', '1', '--padding', '0', '--discard-comments', '-', '-'],
    writeWav(sound),
  )
  const ms = opusLengthMs(file)
  if (ms === null) throw new Error(`no clip came of “${text}”`)
  const { level: mean, peak } = measure(sound)
  const round = (value: number) => Math.round(value * 10) / 10
  return {
    file,
    sha256: createHash('sha256').update(file).digest('hex'),
    bytes: file.length,
    ms: Math.round(ms),
    level: round(mean),
    peak: round(peak),
    source: 'espeak-ng',
  }
}
