import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clipPath, clipText } from '../shared/speech/index.ts'
import type { VoicePack } from '../shared/speech/schema.ts'
import { studioStateSchema } from '../shared/speech/studio.ts'
import { serveStudio, type Studio } from './studio.ts'
import { checkClips, clipId, readVoicePack, writePack } from './voice/index.ts'

const shipped = fileURLToPath(new URL('../resources/voice', import.meta.url))
const pack: VoicePack = { version: 1, language: 'qaa', name: 'Thử', texts: null, clips: {} }

let dir = ''
let studio: Studio
let origin = ''
let token = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'studio-'))
  await writePack(dir, pack)
  const served = await serveStudio({ dir, pack, port: 0, pageDir: join(dir, 'page'), shipped })
  if (!served.ok) throw new Error(served.error)
  studio = served.value
  const url = new URL(studio.url)
  origin = url.origin
  token = url.hash.slice(1)
})
afterEach(async () => {
  await studio.close()
  await rm(dir, { recursive: true })
})

const ours = (more: Record<string, string> = {}) => ({ Authorization: `Bearer ${token}`, ...more })
const stateOf = async () =>
  studioStateSchema.parse(await (await fetch(`${origin}/api/state`, { headers: ours() })).json())
const greeting = clipText('Kính chào ông/bà')
const sound = () => readFile(join(shipped, 'vi', clipPath(clipId(greeting))))
const put = async (id: string, body: Uint8Array<ArrayBuffer>, loudness = 'level=-20&peak=-6') =>
  fetch(`${origin}/api/clips/${id}?${loudness}`, { method: 'PUT', headers: ours(), body })

describe('the studio', () => {
  it('tells what is to be recorded, in order of use', async () => {
    const { tag, lines, journeys } = await stateOf()
    expect(tag).toBe('qaa')
    expect(lines[0]).toMatchObject({ id: clipId(greeting), part: 'visit', recorded: false })
    expect(journeys.length).toBeGreaterThan(30)
  })
  it('keeps a clip and gives it back', async () => {
    const file = await sound()
    expect((await put(clipId(greeting), file)).status).toBe(200)
    expect((await stateOf()).lines[0]?.recorded).toBe(true)
    const back = await fetch(`${origin}/api/clips/${clipId(greeting)}`, { headers: ours() })
    expect(Buffer.from(await back.arrayBuffer())).toEqual(file)
    const written = await readVoicePack(dir)
    if (!written.ok) throw new Error(written.error.code)
    expect(await checkClips(dir, written.value)).toEqual({ wrong: new Map(), strays: [] })
  })
  it('keeps clips that come at once, every one', async () => {
    const { lines } = await stateOf()
    const file = await sound()
    const ids = lines.slice(0, 5).map(({ id }) => id)
    const answers = await Promise.all(ids.map((id) => put(id, file)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])
    const written = await readVoicePack(dir)
    expect(written.ok && Object.keys(written.value.clips).sort()).toEqual(ids.sort())
  })
  it('refuses what is no clip, of a text that nobody says, or too large', async () => {
    const file = await sound()
    expect((await put(clipId(greeting), Buffer.from('no sound'))).status).toBe(422)
    expect((await put(clipId(greeting), file, 'level=-70&peak=-60')).status).toBe(422)
    expect((await put(clipId(greeting), file, 'level=loud')).status).toBe(400)
    expect((await put('../../../x', file)).status).not.toBe(200)
    expect((await put(clipId('no such text'), file)).status).toBe(400)
    expect(await readVoicePack(dir)).toMatchObject({ value: { clips: {} } })
  })
  it('says nothing of the pack without the token, to another page, or under another name', async () => {
    const status = (headers: Record<string, string>) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(`${origin}/api/state`, { headers }, (answer) => {
          answer.resume()
          resolve(answer.statusCode)
        })
          .on('error', reject)
          .end()
      })
    expect(await status(ours())).toBe(200)
    expect(await status({})).toBe(403)
    expect(await status({ Authorization: `Bearer ${'0'.repeat(64)}` })).toBe(403)
    expect(await status(ours({ Origin: 'http://example.invalid' }))).toBe(403)
    expect(await status(ours({ Host: 'example.invalid' }))).toBe(403)
  })
})
