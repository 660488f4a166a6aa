import { generateKeyPairSync } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clipPath } from '../../shared/speech/index.ts'
import type { VoicePack } from '../../shared/speech/schema.ts'
import {
  clipId,
  installLanguage,
  keepClip,
  languageRemedy,
  lookAtLanguages,
  openSignedLanguage,
  readVoicePack,
  removeLanguage,
  removeStrays,
  signLanguage,
  writePack,
} from './index.ts'

const shipped = fileURLToPath(new URL('../../resources/voice/vi', import.meta.url))
const commune = generateKeyPairSync('ed25519')
const publicKey = commune.publicKey.export({ type: 'spki', format: 'pem' }).toString()
const stranger = generateKeyPairSync('ed25519')

let root = ''
let stick = ''
let languages = ''
const empty: VoicePack = { version: 1, language: 'qaa', name: 'Thử', texts: null, clips: {} }

/** A real clip of the Vietnamese voice, as what somebody has recorded for a text. */
async function recorded(text: string, sound: string) {
  const file = await readFile(join(shipped, clipPath(clipId(sound))))
  return { text, file, level: -20, peak: -5 }
}
async function record(pack: VoicePack, text: string, sound = text): Promise<VoicePack> {
  const kept = await keepClip(stick, pack, await recorded(text, sound))
  if (!kept.ok) throw new Error(kept.error)
  return kept.value
}
const pathOf = (text: string) => join(stick, clipPath(clipId(text)))

/** A signed pack with two clips on a stick. */
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'language-'))
  stick = join(root, 'stick')
  languages = join(root, 'languages')
  await writePack(stick, empty)
  const pack = await record(await record(empty, 'một'), 'hai')
  await signLanguage(stick, pack, 'first', commune.privateKey)
})
afterEach(() => rm(root, { recursive: true }))

const open = async (key: string | null = publicKey) => {
  const opened = await openSignedLanguage(stick, key)
  return opened.ok ? 'believed' : opened.error
}

describe('a signed language pack', () => {
  it('is believed as it was signed', async () => {
    expect(await open()).toBe('believed')
  })
  it('is not believed by the signature of another key', async () => {
    const pack = await readVoicePack(stick)
    if (!pack.ok) throw new Error(pack.error.code)
    await signLanguage(stick, pack.value, 'second', stranger.privateKey)
    expect(await open()).toEqual({ code: 'bad-signature' })
  })
  it('is not believed where the kiosk knows no key, or none that can be used', async () => {
    expect(await open(null)).toEqual({ code: 'no-key' })
    expect(await open('-----BEGIN PUBLIC KEY-----')).toEqual({ code: 'bad-key' })
  })
  it('is not believed unsigned', async () => {
    await rm(join(stick, 'pack.sig'))
    expect(await open()).toEqual({ code: 'no-signature' })
  })
  it('is not believed with a clip that was changed, or is gone', async () => {
    await cp(pathOf('một'), pathOf('hai'))
    expect(await open()).toEqual({ code: 'file-changed', file: clipPath(clipId('hai')) })
    await rm(pathOf('hai'))
    expect(await open()).toEqual({ code: 'file-missing', file: clipPath(clipId('hai')) })
  })
  it('is not believed with another hash in its list', async () => {
    const file = join(stick, 'pack.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace(/"sha256":"./, '"sha256":"0'))
    expect(await open()).toEqual({ code: 'bad-signature' })
  })
  it('is not believed with a file that it does not list', async () => {
    await writeFile(join(stick, 'texts.json'), '{}')
    expect(await open()).toEqual({ code: 'not-listed', file: 'texts.json' })
  })
  it('is not believed where it was made for another version', async () => {
    await writeFile(join(stick, 'pack.json'), JSON.stringify({ ...empty, version: 2 }))
    expect(await open()).toEqual({ code: 'other-format' })
  })
  it('is signed no more once something is recorded into it', async () => {
    const pack = await readVoicePack(stick)
    if (!pack.ok) throw new Error(pack.error.code)
    await record(pack.value, 'ba')
    expect(await open()).toEqual({ code: 'no-signature' })
  })
  it('tells a technician what to do', () => {
    expect(languageRemedy({ code: 'no-signature' })).toContain('kiosk language sign')
    expect(languageRemedy({ code: 'no-key' })).toContain('procedureKey')
    expect(languageRemedy({ code: 'bad-signature' })).toContain('right key')
    expect(languageRemedy({ code: 'other-format' })).toContain('version')
    expect(languageRemedy({ code: 'not-listed', file: 'x.opus' })).toContain('take it away')
  })
})

describe('a pack that is recorded', () => {
  it('refuses what is no clip, and stays as it was', async () => {
    const before = await readFile(join(stick, 'pack.json'))
    const clip = await recorded('ba', 'ba')
    expect(await keepClip(stick, empty, { ...clip, file: Buffer.from('x') })).toEqual({
      ok: false,
      error: 'truncated',
    })
    expect(await keepClip(stick, empty, { ...clip, level: -60 })).toMatchObject({ error: 'silent' })
    expect(await keepClip(stick, empty, { ...clip, peak: 0 })).toMatchObject({ error: 'too-loud' })
    expect(await readFile(join(stick, 'pack.json'))).toEqual(before)
  })
  it('loses what a crash has left behind: a clip that its list does not have, half a list', async () => {
    const pack = await readVoicePack(stick)
    if (!pack.ok) throw new Error(pack.error.code)
    const stray = join(stick, 'clips/ab/abababababababab.opus')
    await mkdir(join(stick, 'clips/ab'), { recursive: true })
    const half = join(stick, 'pack.json.ab12.tmp')
    for (const file of [stray, half]) await writeFile(file, 'half')
    await removeStrays(stick, pack.value)
    for (const file of [stray, half]) await expect(readFile(file)).rejects.toThrow('ENOENT')
    expect((await readFile(pathOf('một'))).length).toBeGreaterThan(0)
  })
})

describe('a kiosk', () => {
  const install = (key: string | null = publicKey) =>
    installLanguage(stick, languages, key, ['vi', 'en'])
  const offered = async (key: string | null = publicKey) => {
    const logged: string[] = []
    const sources = { shipped: join(root, 'none'), loaded: languages, publicKey: key }
    const found = await lookAtLanguages(sources, (event) => logged.push(event))
    return { tags: found.languages.map(({ tag }) => tag), logged }
  }

  it('offers a pack that was loaded, and nothing of it after it was removed', async () => {
    expect(await install()).toMatchObject({
      ok: true,
      value: { language: 'qaa', release: 'first' },
    })
    expect(await offered()).toEqual({ tags: ['vi', 'qaa'], logged: [] })
    expect(await removeLanguage(languages, 'qaa')).toBe(true)
    expect(await offered()).toEqual({ tags: ['vi'], logged: [] })
    expect(await readdir(languages)).toEqual([])
    expect(await removeLanguage(languages, 'qaa')).toBe(false)
  })
  it('has the next issue of a pack in the place of the last', async () => {
    await install()
    const pack = await readVoicePack(stick)
    if (!pack.ok) throw new Error(pack.error.code)
    const next = await record(pack.value, 'ba')
    await signLanguage(stick, next, 'second', commune.privateKey)
    expect(await install()).toMatchObject({ ok: true, value: { release: 'second' } })
    expect(await readVoicePack(join(languages, 'qaa'))).toMatchObject({
      value: { release: 'second' },
    })
    expect((await readdir(languages)).length).toBe(2)
  })
  it('installs nothing of a pack that it does not believe, and keeps the one it has', async () => {
    await install()
    await writeFile(join(stick, 'stranger.txt'), '')
    expect(await install()).toMatchObject({ ok: false, error: { code: 'not-listed' } })
    expect(await offered()).toEqual({ tags: ['vi', 'qaa'], logged: [] })
  })
  it('mends a pack that was damaged by loading the same issue again', async () => {
    await install()
    await rm(join(languages, 'qaa', clipPath(clipId('hai'))))
    expect((await install()).ok).toBe(true)
    expect(await offered()).toEqual({ tags: ['vi', 'qaa'], logged: [] })
  })
  it('believes at its start only what is signed, whatever an earlier load has found', async () => {
    await install()
    const clip = (text: string) => join(languages, 'qaa', clipPath(clipId(text)))
    await cp(clip('một'), clip('hai'))
    expect(await offered()).toEqual({ tags: ['vi'], logged: ['no-voice'] })
  })
  it('offers nothing that was put there unsigned, or while it knows no key', async () => {
    await cp(stick, join(languages, 'qaa'), { recursive: true })
    expect(await offered(null)).toEqual({ tags: ['vi'], logged: ['no-voice'] })
    await rm(join(languages, 'qaa', 'pack.sig'))
    expect(await offered()).toEqual({ tags: ['vi'], logged: ['no-voice'] })
  })
  it('does not take a pack in the place of a language that comes with it', async () => {
    expect(await installLanguage(stick, languages, publicKey, ['qaa'])).toEqual({
      ok: false,
      error: { code: 'shipped', tag: 'qaa' },
    })
  })
  it('does not take a pack under the name of another language', async () => {
    await cp(stick, join(languages, 'qab'), { recursive: true })
    expect(await offered()).toEqual({ tags: ['vi'], logged: ['no-voice'] })
  })
})
