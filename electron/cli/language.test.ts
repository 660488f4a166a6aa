import { generateKeyPairSync } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { putProfile, realProfile } from '../../test/fixtures/real-profile.ts'
import { clipPath, clipText } from '../../shared/speech/index.ts'
import type { VoicePack } from '../../shared/speech/schema.ts'
import { clipId, keepClip, writePack } from '../voice/index.ts'
import { readCommandLine, type Run } from './command.ts'
import {
  checkLanguage,
  listLanguages,
  loadLanguage,
  removeLanguagePack,
  signLanguagePack,
} from './language.ts'

const shipped = fileURLToPath(new URL('../../resources/voice/vi', import.meta.url))
const greeting = clipText('Kính chào ông/bà')
const key = generateKeyPairSync('ed25519')

let root = ''
let dir = ''
let keyFile = ''
let pack: VoicePack = { version: 1, language: 'qaa', name: 'Thử', texts: null, clips: {} }

async function record(text: string): Promise<void> {
  const file = await readFile(join(shipped, clipPath(clipId(greeting))))
  const kept = await keepClip(dir, pack, { text, file, level: -20, peak: -5 })
  if (!kept.ok) throw new Error(kept.error)
  pack = kept.value
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kiosk-language-'))
  dir = join(root, 'qaa')
  keyFile = join(root, 'key.pem')
  await writeFile(keyFile, key.privateKey.export({ type: 'pkcs8', format: 'pem' }))
  pack = { version: 1, language: 'qaa', name: 'Thử', texts: null, clips: {} }
  await writePack(dir, pack)
  await record(greeting)
})
// A command is a process of its own, and may set what it writes files with.
const umask = process.umask()
afterEach(async () => {
  process.umask(umask)
  await rm(root, { recursive: true })
})

const dataDir = () => join(root, 'data')
async function run(command: Run, words: readonly string[], ...options: string[]) {
  const line = readCommandLine(['language', '--data-dir', dataDir(), ...options])
  if (typeof line === 'string') throw new Error(line)
  const printed: string[] = []
  const complaints: string[] = []
  const exit = await command({
    ...line,
    words,
    print: (text) => printed.push(text),
    complain: (text) => complaints.push(text),
    readStdin: async () => new Uint8Array(),
  })
  return { exit, printed, complaints }
}
const problems = async () => {
  const { exit, printed } = await run(checkLanguage, [dir], '--json')
  return { exit, ...JSON.parse(printed.join('')) }
}

describe('language check', () => {
  it('finds nothing wrong with a pack that is only begun, and counts what it has', async () => {
    const { exit, recorded, of, journeys, ...found } = await problems()
    expect({ exit, recorded, ...found }).toMatchObject({ exit: 0, recorded: 1, problems: [] })
    expect(of).toBeGreaterThan(2_000)
    expect(journeys[0]).toMatchObject({ recorded: 1 })
  })
  it('names each clip that is wrong, and how', async () => {
    for (const text of ['một', 'hai', 'ba', 'bốn', 'năm']) await record(text)
    await record('lời này không máy nào nói')
    const at = (text: string) => join(dir, clipPath(clipId(text)))
    const clips = { ...pack.clips }
    const change = (text: string, part: object) => {
      const clip = clips[clipId(text)]
      if (clip !== undefined) clips[clipId(text)] = { ...clip, ...part }
    }
    change('ba', { level: -70, peak: -60 })
    change('bốn', { level: -5 })
    change('năm', { text: 'sáu' })
    await writePack(dir, { ...pack, clips })
    await rm(at('một'))
    const bytes = await readFile(at('hai'))
    await writeFile(at('hai'), bytes.subarray(0, bytes.length - 30))
    const { exit, problems: found } = await problems()
    expect(exit).toBe(1)
    expect(
      Object.fromEntries(
        found.map(({ text, problem }: { text: string; problem: string }) => [text, problem]),
      ),
    ).toEqual({
      một: 'missing',
      hai: 'truncated',
      ba: 'silent',
      bốn: 'too-loud',
      sáu: 'another-text',
      'lời này không máy nào nói': 'unknown-text',
    })
  })
  it.each(['vi', 'en'])('finds the shipped %s whole, every procedure recorded', async (tag) => {
    const { exit, printed } = await run(checkLanguage, [join(shipped, '..', tag)], '--json')
    const { recorded, of, problems: found } = JSON.parse(printed.join(''))
    expect({ exit, found, missing: of - recorded }).toEqual({ exit: 0, found: [], missing: 0 })
  })
  it('cannot run where there is no pack', async () => {
    const { exit, complaints } = await run(checkLanguage, [join(root, 'nowhere')])
    expect(exit).toBe(2)
    expect(complaints[0]).toContain('name the folder of a language pack')
  })
})

describe('language sign, load, list and remove', () => {
  const sign = () => run(signLanguagePack, [dir], '--key', keyFile, '--version', '1')
  const profile = (change = {}) => putProfile(dataDir(), realProfile(change))
  const publicKey = key.publicKey.export({ type: 'spki', format: 'pem' }).toString()

  it('brings a language onto a kiosk, and takes it away', async () => {
    await profile({ procedureKey: publicKey })
    expect(await sign()).toMatchObject({ exit: 0, complaints: [] })
    expect(await run(loadLanguage, [dir])).toMatchObject({ exit: 0, complaints: [] })
    const listed = await run(listLanguages, [], '--json')
    expect(listed.exit).toBe(0)
    expect(listed.printed.map((line) => JSON.parse(line))).toMatchObject([
      { tag: 'en', from: 'kiosk', texts: true },
      { tag: 'vi', from: 'kiosk', texts: true },
      { tag: 'qaa', from: 'loaded', texts: false, release: '1', clips: 1, recorded: 1 },
    ])
    expect(await run(removeLanguagePack, ['qaa'])).toMatchObject({ exit: 0 })
    expect(await run(removeLanguagePack, ['qaa'])).toMatchObject({ exit: 1 })
  })
  it('loads nothing that another key has signed', async () => {
    await profile({
      procedureKey: generateKeyPairSync('ed25519')
        .publicKey.export({ type: 'spki', format: 'pem' })
        .toString(),
    })
    await sign()
    const { exit, complaints } = await run(loadLanguage, [dir])
    expect(exit).toBe(1)
    expect(complaints[0]).toContain('not signed by the key in the profile')
  })
  it('loads nothing where the profile names no key, or there is none', async () => {
    await sign()
    const without = await run(loadLanguage, [dir])
    expect(without).toMatchObject({ exit: 2, complaints: [expect.stringContaining('profile')] })
    await profile()
    const keyless = await run(loadLanguage, [dir])
    expect(keyless).toMatchObject({
      exit: 1,
      complaints: [expect.stringContaining('procedureKey')],
    })
  })
  it('signs nothing that is wrong', async () => {
    await rm(join(dir, clipPath(clipId(greeting))))
    expect(await sign()).toMatchObject({
      exit: 1,
      complaints: [expect.stringContaining('kiosk language check')],
    })
  })
  it('signs nothing without a key and the name of the issue', async () => {
    expect(await run(signLanguagePack, [dir], '--key', keyFile)).toMatchObject({ exit: 2 })
    const wrong = await run(signLanguagePack, [dir], '--key', dir, '--version', '1')
    expect(wrong).toMatchObject({ exit: 2, complaints: [expect.stringContaining('Ed25519')] })
  })
})
