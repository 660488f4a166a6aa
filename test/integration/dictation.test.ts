import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { kioskFiles } from '../../electron/settings/index.ts'
import { DICTATION } from '../../shared/domain/dictation.ts'
import { toPcm16 } from '../../shared/speech/index.ts'
import { agree } from '../fixtures/file-dossier.ts'
import { hearing } from '../fixtures/hear.ts'
import { startInService, type KioskInService } from '../fixtures/kiosk-in-service.ts'
import { openPage, type PageClient } from '../fixtures/page-client.ts'
import { putProfile } from '../fixtures/real-profile.ts'
import { runCli } from '../fixtures/run-cli.ts'

/** Dictation over the page's own wire: a built kiosk, and a program behind real pipes. */

const PIN = '204681'
const WORDS = 'Thôn Mẫu Dictated'
let at: KioskInService
let page: PageClient

beforeAll(async () => {
  at = await startInService({ dictation: hearing(WORDS) })
  page = await openPage(await at.kiosk.url)
})
afterAll(async () => {
  page.close()
  await at.close()
})

const tone = (seconds: number, loudness = 0.3) =>
  toPcm16(
    Float32Array.from(
      { length: DICTATION.RATE * seconds },
      (_, sample) => loudness * Math.sin((2 * Math.PI * 330 * sample) / DICTATION.RATE),
    ),
  )
const base64 = (pcm16: Uint8Array) => Buffer.from(pcm16).toString('base64')
const dictate = (pcm16 = tone(1)) => page.client.staff.dictate({ sound: base64(pcm16) })
const assist = (tool: 'work' | 'step-out') =>
  page.client.staff.assist({ commandId: randomUUID(), tool })
const staff = (...words: string[]) =>
  runCli(['staff', ...words, '--data-dir', at.dataDir], { stdin: `${PIN}\n` })

async function unlock(): Promise<void> {
  await page.act({ type: 'call-help' })
  await page.client.citizen.unlock.ask({ commandId: randomUUID(), open: true })
  const order = { commandId: randomUUID(), assistant: '02', pin: PIN }
  expect(await page.client.citizen.unlock.try(order)).toEqual({ outcome: 'unlocked' })
}

/** Every file that the kiosk keeps, as bytes; the words of the program stand in its profile. */
async function kept(): Promise<Buffer> {
  const files = await readdir(at.dataDir, { recursive: true, withFileTypes: true })
  const bytes = files
    .filter((file) => file.isFile() && file.name !== 'profile.json')
    .map((file) => readFile(join(file.parentPath, file.name)))
  return Buffer.concat(await Promise.all(bytes))
}

it('is an assistant’s alone, where words are written, and leaves only its kind in the journal', async () => {
  expect(await staff('add', '02')).toMatchObject({ code: 0, complaints: [] })
  await expect(dictate()).rejects.toMatchObject({ code: 'FORBIDDEN' })

  await page.act({ type: 'start' })
  await agree(page)
  await page.see(({ devices }) => devices.scanner.state === 'ready')
  await at.world.scan('father')
  await page.screen('confirm')
  await unlock()
  const notHere = { ok: false, why: 'not-here' }
  // Nothing is written on this screen; and on the next one nobody works yet.
  await assist('work')
  expect(await dictate()).toEqual(notHere)
  await page.act({ type: 'confirm-card' })
  await page.screen('choose')
  expect(await dictate()).toEqual(notHere)

  await assist('work')
  const { assistance } = await page.see(
    ({ assistance: { role } }) => role.state === 'unlocked' && role.working,
  )
  expect(assistance.role).toMatchObject({ tools: expect.arrayContaining(['dictate']) })
  expect(await dictate()).toEqual({ ok: true, text: WORDS })
  expect(await dictate(tone(1, 0))).toEqual({ ok: false, why: 'nothing' })
  expect(await dictate(tone(15))).toEqual({ ok: true, text: WORDS })
  // More than may be said, half a sample, and what is no sound.
  const tooLong = new Uint8Array(tone(15).length + 3)
  for (const sound of [base64(tooLong), base64(new Uint8Array(3)), '', 'âm']) {
    await expect(page.client.staff.dictate({ sound })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    })
  }

  // Nobody listens any more to what was begun.
  const begun = dictate()
  await assist('step-out')
  expect(await begun).toEqual({ ok: false, why: 'stopped' })
  await expect(dictate()).rejects.toMatchObject({ code: 'FORBIDDEN' })

  const journal = await staff('journal', '--limit', '100')
  expect(journal.stdout.match(/helped:\S+/g)).toEqual(['helped:went-on', 'helped:dictated'])
  const everything = `${journal.stdout} ${at.kiosk.said.join(' ')} ${(await kept()).toString('latin1')}`
  const sound = tone(1)
  const traces = [
    WORDS,
    Buffer.from(WORDS).toString('latin1'),
    Buffer.from(sound.subarray(100, 400)).toString('latin1'),
    base64(sound).slice(100, 400),
  ]
  for (const trace of traces) expect(everything.includes(trace)).toBe(false)
})

it('is a technician’s matter where its program is not there', async () => {
  const missing = { program: ['/opt/hear/hear-vi'] as [string] }
  const profile: unknown = JSON.parse(await readFile(kioskFiles(at.dataDir).profile, 'utf8'))
  const dir = join(at.dir, 'other')
  await putProfile(dir, { ...Object(profile), dictation: missing })
  const checked = await runCli(['check', '--json', '--data-dir', dir])
  expect(JSON.parse(checked.stdout)).toMatchObject({
    findings: expect.arrayContaining([expect.objectContaining({ code: 'no-dictation' })]),
  })
  await putProfile(dir, { ...Object(profile), dictation: { program: ['hear-vi'] } })
  const wrong = await runCli(['check', '--data-dir', dir])
  expect(wrong).toMatchObject({ code: 2 })
  expect(wrong.complaints.join()).toContain('profile invalid at dictation.program.0')
})
