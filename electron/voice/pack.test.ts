import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clipPath } from '../../shared/speech/index.ts'
import type { Clip, VoicePack } from '../../shared/speech/schema.ts'
import { checkClips, clipId, lookAtVoice, readVoicePack, voiceRemedy } from './index.ts'

const shipped = fileURLToPath(new URL('../../resources/voice/vi', import.meta.url))
const words = ['một', 'hai', 'tiếp tục']

let dir = ''
let pack: VoicePack = { version: 1, language: 'vi', name: 'Tiếng Việt', texts: null, clips: {} }

/** A small pack of real clips, which each test may break. */
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'voice-'))
  const whole = await readVoicePack(shipped)
  if (!whole.ok) throw new Error('no shipped pack')
  const clips = words.map((text): [string, Clip] => {
    const clip = whole.value.clips[clipId(text)]
    if (clip === undefined) throw new Error(`no clip for ${text}`)
    return [clipId(text), clip]
  })
  pack = { ...whole.value, clips: Object.fromEntries(clips) }
  for (const [id] of clips) await cp(join(shipped, clipPath(id)), join(dir, clipPath(id)))
  await write()
})
afterEach(() => rm(dir, { recursive: true }))

const write = () => writeFile(join(dir, 'pack.json'), JSON.stringify(pack))
const one = clipId('một')
const path = () => join(dir, clipPath(one))
const change = (part: Partial<Clip>) => {
  const clip = pack.clips[one]
  if (clip !== undefined) pack = { ...pack, clips: { ...pack.clips, [one]: { ...clip, ...part } } }
}
const wrong = async () => Object.fromEntries((await checkClips(dir, pack)).wrong)

describe('a pack of clips', () => {
  it('is good as it is', async () => {
    expect(await checkClips(dir, pack)).toEqual({ wrong: new Map(), strays: [] })
    expect((await lookAtVoice(dir)).ok).toBe(true)
  })
  it('tells a clip that is missing', async () => {
    await rm(path())
    expect(await wrong()).toEqual({ [one]: 'missing' })
  })
  it('tells one that was cut off', async () => {
    const bytes = await readFile(path())
    await writeFile(path(), bytes.subarray(0, bytes.length - 40))
    expect(await wrong()).toEqual({ [one]: 'truncated' })
  })
  it('tells one whose bytes have changed', async () => {
    const bytes = await readFile(path())
    bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1
    await writeFile(path(), bytes)
    expect(await wrong()).toEqual({ [one]: 'wrong-hash' })
  })
  it('tells one that is no sound at all', async () => {
    await writeFile(path(), 'no sound')
    expect(await wrong()).toEqual({ [one]: 'truncated' })
  })
  it.each([
    ['silent', { level: -70, peak: -60 }],
    ['too-soft', { level: -30, peak: -12 }],
    ['too-loud', { level: -12, peak: -2 }],
    ['too-loud', { peak: 0 }],
    ['wrong-length', { ms: 4_000 }],
    ['another-text', { text: 'hai' }],
  ] as const)('tells one that is %s', async (problem, part) => {
    change(part)
    expect(await wrong()).toEqual({ [one]: problem })
  })
  it('tells a file that belongs to no clip', async () => {
    await cp(path(), join(dir, 'clips', 'aa', 'stray.opus'))
    expect((await checkClips(dir, pack)).strays).toEqual(['clips/aa/stray.opus'])
  })
})

describe('a kiosk at its start', () => {
  it('does not speak without a pack', async () => {
    const looked = await lookAtVoice(join(dir, 'nowhere'))
    expect(looked).toEqual({ ok: false, error: { code: 'missing' } })
  })
  it('does not speak with a list that cannot be read', async () => {
    await writeFile(join(dir, 'pack.json'), '{')
    expect(await lookAtVoice(dir)).toEqual({
      ok: false,
      error: { code: 'invalid', where: 'not JSON' },
    })
    await writeFile(join(dir, 'pack.json'), JSON.stringify({ ...pack, version: 2 }))
    expect(await lookAtVoice(dir)).toEqual({
      ok: false,
      error: { code: 'other-format' },
    })
  })
  it('tells a technician what to do', () => {
    expect(voiceRemedy({ code: 'missing' })).toContain('install it again')
    expect(voiceRemedy({ code: 'damaged', clips: 3 })).toMatch(/^3 clips .* install it again$/)
  })
  it('does not speak when clips are gone or cut', async () => {
    await rm(path())
    expect(await lookAtVoice(dir)).toEqual({ ok: false, error: { code: 'damaged', clips: 1 } })
  })
  it('does not speak when the disk gives a clip no more', async () => {
    await rm(path())
    await symlink(path(), path())
    expect(await lookAtVoice(dir)).toEqual({ ok: false, error: { code: 'damaged', clips: 1 } })
  })
})
