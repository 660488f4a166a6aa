import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { readOutbox, type Submission } from '../outbox/index.ts'
import { kioskFiles } from '../settings/index.ts'
import { openStoreForReading } from '../store/index.ts'
import { typeCard, walk, type Hall, type Journey, type Step } from '../training/index.ts'
import type { CommandContext, Run } from './command.ts'
import { rehearseProcedures } from './rehearse-procedures.ts'
import { onStage, type Stage } from './stage.ts'

/** The rehearsed procedure: the shortest of those that end with a dossier. */
const PROCEDURE = { group: 'civil-status', code: '1.004873' }
const ANSWERS = {
  'requester.relation': 'self',
  'subject.ethnicity': 'kinh',
  'marital.status': 'never',
  'purpose.kind': 'property',
}
const CITIZEN = 'father'
/** What a scanner that types loses of the card. */
const WRITTEN = { name: 'Nguyễn Văn Ví Dụ', address: 'ấp mẫu' }
const TYPED_CARD_ATTEMPTS = 5

/** Waits of the rehearsal. */
const TIMES = {
  /** The A4 tray gets its sheet a moment after the screen has the dossier code. */
  RECEIPT_MS: 15_000,
  LOOK_AGAIN_MS: 100,
  /** A card that was typed is on the screen at once, or was not heard. */
  TYPED_CARD_MS: 3_000,
} as const

/** What the citizen holds in their hands after a filing: names, and files with absolute paths. */
interface Filed {
  readonly filing: string | null
  readonly dossierCode: string | null
  readonly slip: string | null
  readonly ticket: string | null
  readonly receiptPdf: string | null
}
const NOTHING: Filed = {
  filing: null,
  dossierCode: null,
  slip: null,
  ticket: null,
  receiptPdf: null,
}

/** How a citizen may be known: by the card's code, by its chip too, or by a scanner that types. */
type Way = 'qr' | 'chip' | 'wedge'

/** What `rehearse --json` prints: the filing made online, and beside it the one made offline. */
interface Report extends Filed {
  readonly ok: boolean
  /** The ways that were walked to the end. */
  readonly identified: readonly Way[]
  readonly steps: readonly Step[]
  readonly offline: Filed
  /** Of the first filing, from the first screen to the dossier code. */
  readonly taps: number
  readonly charactersTyped: number
}

/**
 * `rehearse`: walks the whole journey through the real page in a headless browser against the
 * sandbox, first online, then with the portal cut off and brought back; at the end it lays a card on
 * the reader of chips, and shows one to a scanner that types. Exit 0 when everything that was
 * promised came out, 1 when not, 2 when it could not be tried. With `--procedure CODE|all` it walks
 * those procedures instead.
 */
export const rehearse: Run = async (context) => {
  if (context.procedure !== null) return rehearseProcedures(context, context.procedure)
  return onStage(context, async (stage) => {
    const report = await walkThrough(stage, context.complain)
    tell(context, report)
    return report.ok ? 0 : 1
  })
}

/** Never throws for what the kiosk does not do: then the report says how far it came. */
async function walkThrough(
  { hall, page, dir }: Stage,
  complain: (line: string) => void,
): Promise<Report> {
  const journey = walk(page)
  let online = NOTHING
  let offline = NOTHING
  const identified: Way[] = []
  let ok = false
  let effort: { taps: number; charactersTyped: number } | null = null
  let at = ''
  const step = (name: string, run: () => Promise<unknown>) => {
    at = name
    return journey.step(name, run)
  }
  const count = () => ({ taps: journey.taps(), charactersTyped: journey.charactersTyped() })
  const leave = async () => {
    await journey.tap(page.locator('[data-say="frame.finish"]'))
    await journey.waitFor('attract.title')
  }
  const file = (name: string) =>
    fileOne(journey, hall, (part, run) => step(`${name}: ${part}`, run))

  try {
    await step('open the page', () => page.goto(hall.url))

    await file('online')
    await step('online: the portal accepts', () => journey.waitFor('done.title-accepted'))
    identified.push('qr')
    effort = count()
    await step('online: the papers come out', async () => {
      online = await outcome(page, hall, dir, 0)
    })
    await journey.goOn()

    await hall.world.setPortal('cut')
    await file('offline')
    await step('offline: the kiosk keeps it', async () => {
      await journey.waitFor('done.title-away', 'done.title-held')
      await page.locator('[data-say="paper.printed"]').waitFor()
    })
    await hall.world.setPortal('up')
    await step('offline: the line is back', () => journey.waitFor('done.title-accepted'))
    await step('offline: the receipt comes out', async () => {
      offline = await outcome(page, hall, dir, 1)
    })
    await journey.goOn()

    await step('chip: the card is proved', async () => {
      await journey.waitFor('attract.title')
      await hall.world.scan(CITIZEN)
      await journey.agree()
      await journey.waitFor('confirm.title')
      await hall.world.setCard('same')
      await page.locator('[data-say="chip.verified"]').waitFor()
      await hall.world.setCard('none')
      await leave()
    })
    identified.push('chip')

    await step('wedge: the card is typed', () => typeUntilHeard(page, journey))
    await step('wedge: the citizen writes what was lost', async () => {
      await journey.answer(WRITTEN.name)
      await journey.waitFor('card-part.address')
      await journey.answer(WRITTEN.address)
      await journey.waitFor('confirm.title')
      await leave()
    })
    identified.push('wedge')

    const { accepted } = await hall.world.state()
    const complete = (filed: Filed) => Object.values(filed).every((part) => part !== null)
    ok = accepted === 2 && complete(online) && complete(offline)
    if (!ok) complain('not ready: something that was promised did not come out')
  } catch (error) {
    const line = error instanceof Error ? error.message.split('\n')[0] : 'unknown'
    complain(`not ready: the rehearsal stopped at "${at}": ${line}`)
  }
  return { ok, identified, steps: journey.steps, ...online, offline, ...(effort ?? count()) }
}

function tell({ json, print }: CommandContext, report: Report): void {
  if (json) return print(JSON.stringify(report))
  const { ok, identified, steps, offline, ...found } = report
  for (const { name, ms } of steps) print(`${String(ms).padStart(6)} ms  ${name}`)
  print(`identified by: ${identified.join(', ') || '-'}`)
  for (const [name, value] of Object.entries(found)) print(`${name}: ${value ?? '-'}`)
  for (const [name, value] of Object.entries(offline)) print(`offline ${name}: ${value ?? '-'}`)
  print(ok ? 'ready' : 'NOT ready')
}

/** A browser that is driven from outside may type too slowly for a scanner when it is busy. */
async function typeUntilHeard(page: Page, journey: Journey): Promise<void> {
  await journey.waitFor('attract.title')
  for (let attempt = 1; ; attempt += 1) {
    await typeCard(page, CITIZEN)
    try {
      await page.locator('[data-say="notice.card-lies"]').waitFor({ timeout: TIMES.TYPED_CARD_MS })
      await journey.agree()
      return await journey.waitFor('card-part.name')
    } catch (error) {
      if (attempt === TYPED_CARD_ATTEMPTS) throw error
    }
  }
}

async function fileOne(
  journey: Journey,
  hall: Hall,
  step: (part: string, run: () => Promise<void>) => Promise<unknown>,
): Promise<void> {
  await step('card', () => journey.identify(() => hall.world.scan(CITIZEN)))
  await step('choose', () => journey.choose(PROCEDURE.group, PROCEDURE.code))
  await step('questions', async () => {
    await journey.goOn()
    await journey.answerAll(ANSWERS)
  })
  await step('check and declare', async () => {
    await journey.declare()
    await journey.waitFor('done.*')
  })
}

/** What the citizen holds in their hands after the filing number `index` (0, 1). */
async function outcome(page: Page, hall: Hall, dir: string, index: number): Promise<Filed> {
  await page.locator('[data-say="paper.printed"]').waitFor()
  const printed = async (ending: string) => {
    const { prints } = await hall.world.state()
    return prints.filter((name) => name.endsWith(ending)).map((name) => join(hall.printsDir, name))
  }
  const patience = performance.now() + TIMES.RECEIPT_MS
  let receipts = await printed('.pdf')
  while (receipts[index] === undefined && performance.now() < patience) {
    await page.waitForTimeout(TIMES.LOOK_AGAIN_MS)
    receipts = await printed('.pdf')
  }
  const sheets = await printed('.png')
  const submission = await lastSubmission(dir)
  return {
    filing: submission?.clientRef ?? null,
    dossierCode: submission?.dossierCode ?? null,
    slip: sheets[index * 2] ?? null,
    ticket: sheets[index * 2 + 1] ?? null,
    receiptPdf: receipts[index] ?? null,
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
