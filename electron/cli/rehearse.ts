import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { readOutbox, type Submission } from '../outbox/index.ts'
import { kioskFiles } from '../settings/index.ts'
import { findBrowser } from '../shell/browser.ts'
import { openStoreForReading } from '../store/index.ts'
import { openHall, walk, type Hall, type Journey } from '../training/index.ts'
import type { Command } from './command.ts'

/** The rehearsed procedure: the shortest of those that end with a dossier. */
const PROCEDURE = { group: 'civil-status', code: '1.004873' }
const ANSWERS = {
  'requester.relation': 'self',
  'subject.ethnicity': 'kinh',
  'marital.status': 'never',
  'purpose.kind': 'property',
  'purpose.copies': '2',
  'contact.phone': null,
}
const CITIZEN = 'father'

interface Filed {
  readonly filing: string
  readonly dossierCode: string | null
  readonly slip: string | null
  readonly ticket: string | null
  readonly receiptPdf: string | null
}

/**
 * `rehearse`: walks the whole journey through the real page in a headless browser against the
 * sandbox, first online, then with the portal cut off and brought back. Exit 0 when everything
 * that was promised came out, 1 when not, 2 when it could not be tried.
 */
export const rehearse: Command = async ({ json, dataDir, print, complain }) => {
  const executablePath = findBrowser()
  if (executablePath === null) {
    complain('no browser: install Chromium (apt-get install chromium)')
    return 2
  }
  const dir = join(dataDir, 'rehearsal')
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const programs = fileURLToPath(new URL('.', import.meta.url))
  const hall = await openHall({ programs, dataDir: dir, stderr: 'ignore' })
  if (!hall.ok) {
    complain(
      `the kiosk did not start: run npm start -- --headless --data-dir ${dir} and read its lines`,
    )
    return 2
  }
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({
    executablePath,
    args: ['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    chromiumSandbox: process.getuid?.() !== 0,
  })
  try {
    const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
    const journey = walk(page)
    await journey.step('open the page', () => page.goto(hall.value.url))

    await file(journey, hall.value, 'online')
    await journey.step('online: the portal accepts', () => journey.waitFor('done.title-accepted'))
    const online = await outcome(page, hall.value, dir, 0)
    const { taps, characters } = { taps: journey.taps(), characters: journey.charactersTyped() }
    await journey.goOn()

    await hall.value.world.setPortal('cut')
    await file(journey, hall.value, 'offline')
    await journey.step('offline: the kiosk keeps it', () =>
      journey.waitFor('done.title-away', 'done.title-held'),
    )
    await page.locator('[data-say="paper.printed"]').waitFor()
    await hall.value.world.setPortal('up')
    await journey.step('offline: the line is back', () => journey.waitFor('done.title-accepted'))
    const offline = await outcome(page, hall.value, dir, 1)
    await journey.goOn()

    const { accepted } = await hall.value.world.state()
    const complete = (filed: Filed) => Object.values(filed).every((part) => part !== null)
    const report = {
      ok: accepted === 2 && complete(online) && complete(offline),
      steps: journey.steps,
      ...online,
      offline,
      taps,
      charactersTyped: characters,
    }
    if (json) print(JSON.stringify(report))
    else {
      for (const { name, ms } of report.steps) print(`${String(ms).padStart(6)} ms  ${name}`)
      for (const [name, value] of Object.entries({
        ...online,
        taps,
        charactersTyped: characters,
      })) {
        print(`${name}: ${value}`)
      }
      print(report.ok ? 'ready' : 'NOT ready: something that was promised did not come out')
    }
    return report.ok ? 0 : 1
  } catch (error) {
    // Playwright explains itself over many lines; the first names what was waited for.
    complain(
      `the rehearsal stopped: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`,
    )
    if (json) print(JSON.stringify({ ok: false, steps: [] }))
    return 1
  } finally {
    await browser.close()
    await hall.value.close()
  }
}

async function file(journey: Journey, hall: Hall, name: string): Promise<void> {
  await journey.step(`${name}: card`, () => journey.identify(() => hall.world.scan(CITIZEN)))
  await journey.step(`${name}: choose`, () => journey.choose(PROCEDURE.group, PROCEDURE.code))
  await journey.step(`${name}: questions`, async () => {
    await journey.goOn()
    await journey.answerAll(ANSWERS)
  })
  await journey.step(`${name}: check and declare`, async () => {
    await journey.goOn()
    await journey.waitFor('declare.title')
    await journey.goOn()
    await journey.waitFor('done.*')
  })
}

/** What the citizen holds in their hands after the filing number `index` (0, 1). */
async function outcome(page: Page, hall: Hall, dir: string, index: number): Promise<Filed> {
  await page.locator('[data-say="paper.printed"]').waitFor()
  const submission = await lastSubmission(dir)
  const { prints } = await hall.world.state()
  const sheets = prints.filter((name) => name.endsWith('.png'))
  const receipts = prints.filter((name) => name.endsWith('.pdf'))
  const path = (name: string | undefined) =>
    name === undefined ? null : join(hall.printsDir, name)
  return {
    filing: submission?.clientRef ?? '',
    dossierCode: submission?.dossierCode ?? null,
    slip: path(sheets[index * 2]),
    ticket: path(sheets[index * 2 + 1]),
    receiptPdf: path(receipts[index]),
  }
}

async function lastSubmission(dir: string): Promise<Submission | undefined> {
  const store = await openStoreForReading(kioskFiles(dir).store)
  if (!store.ok) return undefined
  try {
    return readOutbox(store.value.db, '').list().at(-1)
  } finally {
    store.value.close()
  }
}
