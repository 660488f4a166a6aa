import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { chromium, type Browser, type Page } from 'playwright-core'
import { findBrowser } from '../../electron/shell/browser.ts'
import { openHall, walk, type Hall, type Journey } from '../../electron/training/index.ts'
import { plans } from '../fixtures/plans.ts'
import { qrOf } from '../fixtures/slip-qr.ts'
import { takeFaults } from './faults.ts'
import { takePapers } from './papers.ts'
import { takeQuestions } from './questions.ts'
import { takeStaff } from './staff.ts'

/**
 * `npm run screenshots`: walks a citizen's road through a real kiosk and keeps a picture of every
 * screen in `docs/screens/`, at half size. Takes about three minutes: one of them is waited for.
 */
const root = fileURLToPath(new URL('../..', import.meta.url))
const programs = join(root, 'dist/electron')
const out = join(root, 'docs/screens')
const PORTRAIT = { width: 1080, height: 1920 }
const LANDSCAPE = { width: 1920, height: 1080 }

interface Visit {
  readonly page: Page
  readonly journey: Journey
  readonly hall: Hall
  readonly close: () => Promise<void>
}

async function visit(browser: Browser, viewport = PORTRAIT): Promise<Visit> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-screens-'))
  const hall = await openHall({ programs, dataDir, stderr: 'inherit' })
  if (!hall.ok) throw new Error('the kiosk did not start')
  const page = await browser.newPage({ viewport, deviceScaleFactor: 0.5, locale: 'vi-VN' })
  await page.goto(hall.value.url)
  // The dock of training mode is the last that a page draws.
  await page.locator('.dock').waitFor()
  return {
    page,
    journey: walk(page),
    hall: hall.value,
    async close() {
      await page.close()
      await hall.value.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  // The list of places may be on its way.
  await page.locator('.tiles:empty').waitFor({ state: 'detached' })
  // The pointer's last place must not leave a pressed look in the picture.
  await page.mouse.move(1, 1)
  await page.screenshot({ path: join(out, `${name}.png`), animations: 'disabled' })
  process.stdout.write(`${name}\n`)
}

/** Answers until that question is on the screen. */
async function goTo(journey: Journey, code: string, key: string): Promise<void> {
  const question = `procedure.${code}.question.`
  for (const [asked, value] of Object.entries(plans[code]?.answers ?? {})) {
    await journey.waitFor(question + asked)
    if (asked === key) return
    await journey.answer(value)
  }
}

async function road(browser: Browser): Promise<void> {
  const { page, journey, hall, close } = await visit(browser)
  await journey.waitFor('attract.title')
  await take(page, '01-attract')
  await journey.goOn()
  await journey.waitFor('notice.title')
  await take(page, '27-notice')
  await page.locator('.action .btn:not(.btn--go)').click()
  await journey.waitFor('declined.title')
  await take(page, '28-notice-declined')
  await page.locator('.action .btn:not(.btn--go)').click()
  await journey.agree()
  await page.locator('[data-say="identify.waiting"]').waitFor()
  await take(page, '02-identify')
  await hall.world.scan('vietqr')
  await page.locator('[data-say="identify.problem.vietqr"]').first().waitFor()
  await take(page, '03-identify-other-code')
  await hall.world.scan('father')
  await journey.waitFor('confirm.title')
  await take(page, '04-confirm')
  await journey.goOn()
  await journey.waitFor('choose.title')
  await take(page, '05-choose')
  await page.getByRole('button', { name: 'Gọi người giúp' }).click()
  await journey.waitFor('help.title')
  await take(page, '06-help')
  await journey.goOn()
  await journey.choose('civil-status', '1.001193')
  await take(page, '07-prepare')
  await journey.goOn()
  await goTo(journey, '1.001193', 'requester.relation')
  await page.locator('.tile--choice').first().click()
  await take(page, '08-question-choice')
  await goTo(journey, '1.001193', 'child.name')
  await page.locator('.key', { hasText: /^L$/ }).click()
  await page.locator('.key', { hasText: /^ê$/ }).click()
  await take(page, '09-question-name')
  const erase = page.locator('.key', { has: page.locator('[data-say="keyboard.delete"]') })
  await journey.press(erase, 'delete')
  await journey.press(erase, 'delete')
  await journey.answer('Lê Thị Mẫu')
  await journey.waitFor('procedure.1.001193.question.child.birth')
  await journey.answer('31/02/2026')
  await page.waitForFunction(() => document.title.startsWith('Lỗi'))
  await take(page, '10-question-date-problem')
  await close()
}

/** Papers before the camera of training, with a sheet that is good and one that is not. */
async function papers(browser: Browser): Promise<void> {
  const { page, journey, hall, close } = await visit(browser)
  await journey.identify(() => hall.world.scan('father'))
  await journey.choose('civil-status', '1.001193')
  const lay = async (sheet: string) => {
    await page.locator('.dock__tab').click()
    await page.getByRole('button', { name: sheet, exact: true }).click()
    await page.locator('.dock__tab').click()
  }
  await lay('Lóa')
  await journey.goOn()
  for (const [asked, value] of Object.entries(plans['1.001193']?.answers ?? {})) {
    await journey.waitFor(`procedure.1.001193.question.${asked}`)
    await journey.answer(value)
  }
  await page.locator('.state [data-say="papers.flaw.glare"]').waitFor()
  await take(page, '23-papers-glare')
  await lay('Khay trống')
  await page.locator('.state [data-say="papers.flaw.nothing"]').waitFor()
  await take(page, '24-papers-empty-tray')
  await lay('Giấy ngay ngắn')
  await journey.waitFor('papers.title-look')
  await page.locator('.capture__page').waitFor()
  await take(page, '25-papers-look')
  await journey.goOn()
  await journey.waitFor('review.title')
  await take(page, '26-review-with-papers')
  await close()
}

async function endings(browser: Browser): Promise<void> {
  const { page, journey, hall, close } = await visit(browser)
  const file = async () => {
    await journey.identify(() => hall.world.scan('farmer'))
    await journey.choose('civil-status', '1.004873')
    await journey.goOn()
    await journey.answerAll(plans['1.004873']?.answers ?? {})
  }
  await hall.world.setPortal('cut')
  await file()
  await take(page, '11-review')
  await journey.pledge()
  await take(page, '12-declare')
  await journey.goOn()
  await journey.waitFor('done.title-away')
  await page.locator('[data-say="paper.printed"]').waitFor()
  await take(page, '13-done-held')
  await hall.world.setPortal('up')
  await journey.waitFor('done.title-accepted')
  await take(page, '14-done-accepted')
  await journey.goOn()
  await journey.waitFor('attract.title')
  await hall.world.scanText(await qrOf(join(hall.printsDir, '001.png')))
  await journey.waitFor('look-up.title-sent')
  await take(page, '20-slip-sent')
  const { prints } = await hall.world.state()
  const receipt = prints.find((name) => name.endsWith('.pdf'))
  if (receipt === undefined) throw new Error('no receipt came')
  await takePapers(hall.printsDir, out, receipt)
  await journey.goOn()
  await hall.world.setPaper('out')
  await file()
  await journey.declare()
  await journey.waitFor('done.*')
  await page.getByRole('alert').waitFor({ timeout: 30_000 })
  await take(page, '15-done-no-paper')
  await close()
}

async function displays(browser: Browser): Promise<void> {
  const { page, journey, hall, close } = await visit(browser)
  await journey.identify(() => hall.world.scan('father'))
  await journey.choose('civil-status', '1.004873')
  await journey.goOn()
  await goTo(journey, '1.004873', 'purpose.kind')
  await page.getByRole('button', { name: 'Hạ thấp màn hình' }).click()
  await page.getByRole('button', { name: 'Đưa lên như cũ' }).waitFor()
  await take(page, '16-question-lowered')
  await close()

  const contrast = await visit(browser)
  await contrast.journey.waitFor('attract.title')
  await contrast.page.getByRole('button', { name: 'Tương phản' }).click()
  await contrast.page.locator('html[data-contrast="high"]').waitFor()
  await take(contrast.page, '21-high-contrast')
  await contrast.page.getByRole('button', { name: 'Tương phản' }).click()
  for (const text of ['large', 'larger', 'largest']) {
    await contrast.page.getByRole('button', { name: 'Cỡ chữ' }).click()
    await contrast.page.locator(`html[data-text="${text}"]`).waitFor()
  }
  await take(contrast.page, '22-largest-text')
  await contrast.close()

  const english = await visit(browser)
  await english.journey.waitFor('attract.title')
  await english.page.getByRole('button', { name: 'English' }).click()
  await english.page.locator('html[lang="en"]').waitFor()
  await take(english.page, '29-english')
  await english.journey.identify(() => english.hall.world.scan('grandmother'))
  await take(english.page, '30-english-choose')
  await english.journey.choose('civil-status', '1.004873')
  await english.journey.goOn()
  await goTo(english.journey, '1.004873', 'purpose.kind')
  await take(english.page, '31-english-question')
  await english.close()

  const wide = await visit(browser, LANDSCAPE)
  await wide.journey.identify(() => wide.hall.world.scan('grandmother'))
  await wide.journey.choose('civil-status', '1.004873')
  await wide.journey.goOn()
  await take(wide.page, '17-question-landscape')
  await wide.close()
}

async function idle(browser: Browser): Promise<void> {
  const { page, journey, hall, close } = await visit(browser)
  await journey.identify(() => hall.world.scan('father'))
  await journey.waitFor('choose.title')
  await page.locator('[data-say="idle.title"]').first().waitFor({ timeout: 150_000 })
  await take(page, '18-idle')
  await close()
}

async function outOfService(browser: Browser): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-screens-'))
  const shell = spawn(
    process.execPath,
    [join(programs, 'browser-host.mjs'), '--headless', '--data-dir', dataDir],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const url = await new Promise<string>((resolve) => {
    createInterface({ input: shell.stdout }).on('line', (line) => resolve(line.replace(/^.* /, '')))
  })
  const page = await browser.newPage({ viewport: PORTRAIT, deviceScaleFactor: 0.5 })
  await page.goto(url)
  await page.locator('[data-say="out.title"]').first().waitFor()
  await take(page, '19-out-of-service')
  await page.close()
  shell.kill('SIGTERM')
  await rm(dataDir, { recursive: true, force: true })
}

const executablePath = findBrowser()
if (executablePath === null) throw new Error('no browser: install Chromium')
for (const part of ['faults', 'questions', 'staff'])
  await mkdir(join(out, part), { recursive: true })
const browser = await chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // Dictation opens a microphone.
    '--use-fake-device-for-media-stream',
  ],
})
try {
  await Promise.all([
    idle(browser),
    (async () => {
      await road(browser)
      await papers(browser)
      await endings(browser)
      await displays(browser)
      await outOfService(browser)
      await takeFaults(browser, join(root, 'dist/renderer'), take)
      await takeQuestions(browser, join(root, 'dist/renderer'), take)
      await takeStaff(browser, join(root, 'dist/renderer'), take)
    })(),
  ])
} finally {
  await browser.close()
}
