import { mkdtempSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { walk } from '../../electron/training/index.ts'
import { writeWav } from '../../scripts/voice/wav.ts'
import { hearing } from '../fixtures/hear.ts'
import { startInService } from '../fixtures/kiosk-in-service.ts'
import { plans } from '../fixtures/plans.ts'
import { addAssistant, staff, unlock } from './assistant.ts'
import { openKioskBrowser } from './kiosk-browser.ts'

/**
 * An assistant speaks, and the words stand in the box: Chromium's fake microphone, the switches and
 * the permission of our browser shell, and a program that looks at the sound it is given.
 */
const CODE = '1.001193'
const question = (key: string) => `procedure.${CODE}.question.${key}`

const dir = mkdtempSync(join(tmpdir(), 'kiosk-dictation-'))
test.afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))

const RATE = 48_000
const microphone = join(dir, 'microphone.wav')
const samples = Float32Array.from(
  { length: RATE },
  (_, at) => 0.3 * Math.sin((2 * Math.PI * 330 * at) / RATE),
)
writeFileSync(microphone, writeWav({ rate: RATE, samples }))

test('an assistant dictates a name: it stands in the box, is mended, and is sent by “Tiếp tục”', async () => {
  const at = await startInService({ dictation: hearing('nguyễn văn an') })
  const url = await at.kiosk.url
  const fake = [
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-audio-capture=${microphone}`,
  ]
  const context = await openKioskBrowser(dir, url, fake, true)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.addInitScript(() => {
    window.said = []
    addEventListener('kiosk:said', (event) => {
      if (event instanceof CustomEvent) window.said.push(event.detail)
    })
  })
  const saidKeys = () => page.evaluate(() => window.said.map(({ key }) => key))
  const journey = walk(page)
  await addAssistant(at.dataDir)
  await page.goto(url)
  await journey.identify(() => at.world.scan('father'))
  await journey.choose('civil-status', CODE)
  await journey.goOn()
  for (const [key, value] of Object.entries(plans[CODE]?.answers ?? {})) {
    await journey.waitFor(question(key))
    if (key === 'child.name') break
    await journey.answer(value)
  }

  // Only who works for the citizen dictates.
  await unlock(page, journey)
  await journey.waitFor(question('child.name'))
  const dictate = page.locator('[data-tool="dictate"]')
  await expect(dictate).toHaveCount(0)
  // Whoever listens hears what was written for them, and nothing while somebody speaks.
  await page.locator('[data-voice-key="on"]').click()
  await expect.poll(saidKeys).toContain(question('child.name'))
  await page.locator('[data-tool="work"]').click()
  await dictate.click()
  const panel = page.locator('.staff__dictate')
  await expect(panel).toHaveAttribute('data-dictating', 'listening')
  await expect(panel).toContainText('Đang nghe')
  const loudness = () => page.locator('meter').evaluate((one: HTMLMeterElement) => one.value)
  await expect.poll(loudness).toBeGreaterThan(0.1)

  // Given up: the microphone is closed, and nothing is written.
  const box = page.locator('input#answer')
  await page.locator('[data-tool="dictate-cancel"]').click()
  await expect(panel).toHaveCount(0)
  await expect(box).toHaveValue('')

  await dictate.click()
  await expect.poll(loudness).toBeGreaterThan(0.1)
  // So long that there is something to recognise.
  const saidBefore = await saidKeys()
  const opened = await page.evaluate(() => performance.now())
  await page.waitForFunction((since) => performance.now() - since > 700, opened)
  expect(await saidKeys()).toEqual(saidBefore)
  await page.locator('[data-tool="dictate-done"]').click()
  await expect(box).toHaveValue('Nguyễn Văn An')
  await page.locator('[data-say="staff.dictate.written"]').waitFor()
  await expect.poll(saidKeys).toContain('value.dictated')
  // Nobody has sent it.
  expect(await journey.screen()).toBe(question('child.name'))

  const erase = page.locator('.key', { has: page.locator('[data-say="keyboard.delete"]') })
  await journey.press(erase, 'delete')
  await page.locator('.key', { hasText: /^H$/i }).first().click()
  await expect(box).toHaveValue('Nguyễn Văn Ah')
  await journey.goOn()
  await journey.waitFor(question('child.sex'), 'procedure.*')
  expect(await journey.screen()).not.toBe(question('child.name'))

  const { stdout } = await staff(at.dataDir, ['journal'])
  expect(stdout).toContain('helped:dictated')
  expect(stdout).toContain('helped:answered')
  expect(`${stdout} ${at.kiosk.said.join(' ')}`).not.toMatch(/Nguyễn|Văn An/i)
  expect(complaints).toEqual([])
  await context.close()
  await at.close()
})
