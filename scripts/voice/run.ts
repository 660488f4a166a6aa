import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { clipId, packFile } from '../../electron/voice/index.ts'
import { clipPath } from '../../shared/speech/index.ts'
import { voicePackSchema, type Clip } from '../../shared/speech/schema.ts'
import { englishInventory, inventory } from './inventory.ts'
import { english, textsOf, vietnamese, type ShippedLanguage } from './languages.ts'
import { listen } from './listen.ts'
import { render } from './render.ts'
import { scriptFile, scriptOf } from './script.ts'

/**
 * `npm run voice`: brings the clips of each language up to what can be said. Renders what is missing,
 * removes what nothing says any more, and never touches what a person recorded; and writes the list
 * of texts for speakers of other languages. With `--wav` it puts what a journey said into one sound
 * file instead.
 */
/** espeak-ng and the encoder run beside each other. */
const AT_ONCE = 4
/** The pack is written this often, so that a run that was broken off goes on where it was. */
const KEEP_EVERY = 250

const say = (line: string) => process.stderr.write(`${line}\n`)

const packPath = ({ dir }: ShippedLanguage) => join(dir, 'pack.json')

async function readClips(language: ShippedLanguage): Promise<Map<string, Clip>> {
  const text = await readFile(packPath(language), 'utf8').catch(() => null)
  if (text === null) return new Map()
  return new Map(Object.entries(voicePackSchema.parse(JSON.parse(text)).clips))
}

async function writeClips(
  language: ShippedLanguage,
  textsSha256: string | null,
  clips: ReadonlyMap<string, Clip>,
): Promise<void> {
  const { tag, name } = language
  const pack = { version: 1, language: tag, name, texts: textsSha256 } as const
  await writeFile(packPath(language), packFile({ ...pack, clips: Object.fromEntries(clips) }))
}

async function bringUpToDate(language: ShippedLanguage): Promise<void> {
  const { dir } = language
  const texts = await textsOf(language)
  const sayable = await (texts === null ? inventory() : englishInventory(texts.texts))
  const wanted = new Map(
    [...sayable].map(([text, one]) => [clipId(text), { text, written: one.text }]),
  )
  const clips = await readClips(language)
  await mkdir(dir, { recursive: true })

  const unused = [...clips.keys()].filter((id) => !wanted.has(id))
  for (const id of unused) {
    clips.delete(id)
    await rm(join(dir, clipPath(id)), { force: true })
  }
  const missing = [...wanted].filter(([id]) => !clips.has(id))
  let done = 0
  const queue = missing.values()
  async function work(): Promise<void> {
    for (const [id, { text, written }] of queue) {
      const { file, ...facts } = await render(written, language)
      const path = join(dir, clipPath(id))
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, file)
      clips.set(id, { text, ...facts })
      done += 1
      if (done % KEEP_EVERY === 0) {
        await writeClips(language, texts?.sha256 ?? null, clips)
        say(`${done} of ${missing.length}`)
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  await writeClips(language, texts?.sha256 ?? null, clips)
  const bytes = [...clips.values()].reduce((sum, clip) => sum + clip.bytes, 0)
  say(
    `${language.name}: rendered ${done}, removed ${unused.length}; ${clips.size} clips, ${(bytes / 1e6).toFixed(1)} MB`,
  )
}

const { values, positionals } = parseArgs({
  options: { wav: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [saidFile, wavFile] = positionals
if (!values.wav) {
  for (const language of [vietnamese, english]) await bringUpToDate(language)
  await writeFile(join(vietnamese.dir, 'script.json'), scriptFile(await scriptOf()))
} else if (saidFile !== undefined && wavFile !== undefined) {
  for (const line of await listen([vietnamese.dir, english.dir], saidFile, wavFile)) say(line)
} else {
  say('usage: npm run voice [-- --wav SAID.json OUT.wav]')
  process.exitCode = 2
}
