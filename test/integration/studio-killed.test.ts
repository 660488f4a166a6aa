import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { checkClips, clipId, readVoicePack } from '../../electron/voice/index.ts'
import { clipPath, clipText } from '../../shared/speech/index.ts'
import { STUDIO, studioStateSchema } from '../../shared/speech/studio.ts'
import { startStudio, type StudioProcess } from '../fixtures/studio-process.ts'

/** A studio that dies while recordings are being saved: what was kept stays, nothing is half there. */

const shipped = fileURLToPath(new URL('../../resources/voice/vi', import.meta.url))

let dir = ''
let studio: StudioProcess | null = null
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-studio-'))
})
afterEach(async () => {
  await studio?.kill()
  await rm(dir, { recursive: true })
})

const begin = async () => {
  studio = await startStudio([dir, '--tag', 'qaa', '--name', 'Tiếng Thử', '--json'])
  return new URL(studio.url)
}

const tokenOf = ({ hash }: URL) => ({ Authorization: `Bearer ${hash.slice(1)}` })

async function stateOf(url: URL) {
  const answer = await fetch(`${url.origin}${STUDIO.STATE}`, { headers: tokenOf(url) })
  return studioStateSchema.parse(await answer.json())
}

it.each([1, 3, 7])('is killed behind %i answers, with more on their way', async (answers) => {
  const url = await begin()
  const sound = await readFile(join(shipped, clipPath(clipId(clipText('Kính chào ông/bà')))))
  const { lines } = await stateOf(url)
  const kept: string[] = []
  const enough = Promise.withResolvers<void>()
  const sent = lines.slice(0, 12).map(async ({ id }) => {
    const where = `${url.origin}${STUDIO.CLIPS}${id}?level=-20&peak=-6`
    const { status } = await fetch(where, { method: 'PUT', headers: tokenOf(url), body: sound })
    if (status !== 200) throw new Error(`${id}: ${status}`)
    kept.push(id)
    if (kept.length === answers) enough.resolve()
  })
  const all = Promise.allSettled(sent)
  await enough.promise
  await studio?.kill()
  await all

  const pack = await readVoicePack(dir)
  if (!pack.ok) throw new Error(pack.error.code)
  // What the speaker was told is kept is there; one more may be, whose answer did not arrive.
  const listed = Object.keys(pack.value.clips)
  expect(listed).toEqual(expect.arrayContaining(kept))
  expect(listed.length).toBeLessThanOrEqual(kept.length + 1)
  expect((await checkClips(dir, pack.value)).wrong).toEqual(new Map())

  // The next start goes on, and clears away what was being written.
  const { lines: again } = await stateOf(await begin())
  const recorded = again.filter((line) => line.recorded).map(({ id }) => id)
  expect(recorded.toSorted()).toEqual(listed.toSorted())
  expect(await studio?.close()).toBe(0)
  const files = await readdir(dir, { recursive: true })
  expect(files.filter((file) => file.endsWith('.tmp'))).toEqual([])
  expect(files.filter((file) => file.endsWith('.opus'))).toHaveLength(listed.length)
})
