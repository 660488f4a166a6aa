import { join } from 'node:path'
import type { FullDate } from '../../shared/domain/id-card.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import {
  buildForm,
  coverageOf,
  eachNear,
  nothingKnown,
  versionsOf,
  type Procedure,
} from '../../shared/forms/index.ts'
import { readBuiltIn } from '../catalogue/index.ts'
import { resourcesDir } from '../resources-dir.ts'
import { systemTimers } from '../timers.ts'
import { patientHand, usualWay, walk, type Journey, type UsualWay } from '../training/index.ts'
import type { CommandContext, ExitCode } from './command.ts'
import { onStage, type Stage } from './stage.ts'

/** What came of one procedure: one line of `rehearse --procedure CODE|all --json`. */
interface Rehearsed {
  readonly code: string
  readonly ok: boolean
  /** Ways through the form that together meet every choice, box, paper and stop. */
  readonly ways: number
  /** Those that ended as the form says, in the engine that page and core share; no screen is drawn. */
  readonly walked: number
  /** Of those, the ones that end at a stop of the form and are refused when they are sent. */
  readonly refused: number
  /** Choices, boxes, papers and stops that no way meets. */
  readonly missed: readonly string[]
  /** The usual way, on the real page: filed with the sandbox portal, slip printed. */
  readonly filed: boolean
  readonly dossierCode: string | null
  readonly slip: string | null
  readonly taps: number
  readonly charactersTyped: number
  readonly ms: number
}

/**
 * Walks procedures: the usual way of each on the real page, to a filing and its slip, and every branch
 * in the engine. Exit 1 where something was not reached or not filed, 2 where there is no such
 * procedure or no kiosk to try it on.
 */
export async function rehearseProcedures(
  context: CommandContext,
  which: string,
): Promise<ExitCode> {
  const { complain } = context
  const pack = await readBuiltIn(join(resourcesDir(), 'procedures'))
  if (!pack.ok) {
    complain('the procedures do not load: kiosk form check says why')
    return 2
  }
  // A version that is still to come cannot be chosen on the page: `form coverage` walks its ways.
  const current = eachNear(versionsOf(pack.value.procedures), localDate(Date.now()))
  const wanted = current.filter(({ code }) => which === 'all' || code === which)
  if (wanted.length === 0) {
    complain(`no procedure ${which}: name the code of a built-in one, or all`)
    return 2
  }
  return onStage(context, async (stage) => {
    let exit: ExitCode = 0
    const { hall, page } = stage
    const hold = patientHand((citizen) => hall.world.scan(citizen), systemTimers)
    await page.goto(hall.url)
    for (const procedure of wanted) {
      const rehearsed = await rehearseOne(stage, hold, procedure, complain)
      tell(context, rehearsed)
      if (!rehearsed.ok) exit = 1
    }
    return exit
  })
}

async function rehearseOne(
  stage: Stage,
  hold: Hold,
  procedure: Procedure,
  complain: (line: string) => void,
): Promise<Rehearsed> {
  const began = performance.now()
  const today = localDate(Date.now())
  const branches = walkBranches(procedure, today)
  const journey = walk(stage.page)
  const way = usualWay(procedure, today)
  let filed = NOTHING
  if (way === null) complain(`${procedure.code}: no invented citizen comes to its end`)
  else {
    try {
      filed = await fileOnPage(stage, hold, journey, procedure, way)
    } catch (error) {
      const line = error instanceof Error ? error.message.split('\n')[0] : 'unknown'
      const screen = await journey.screen().catch(() => 'no screen')
      complain(`${procedure.code}: stopped at ${screen}: ${line}`)
      await startAnew(stage, journey)
    }
  }
  const { ways, walked, missed } = branches
  return {
    code: procedure.code,
    ok: walked === ways && missed.length === 0 && filed.dossierCode !== null,
    ...branches,
    filed: filed.dossierCode !== null && filed.slip !== null,
    ...filed,
    taps: journey.taps(),
    charactersTyped: journey.charactersTyped(),
    ms: Math.round(performance.now() - began),
  }
}

/** Holds the card of an invented citizen under the scanner. */
type Hold = (citizen: string) => Promise<void>

const NOTHING: Pick<Rehearsed, 'dossierCode' | 'slip'> = { dossierCode: null, slip: null }

/** Every way of everybody through the form; a way counts when it ends as the form says it does. */
function walkBranches(
  procedure: Procedure,
  today: FullDate,
): Pick<Rehearsed, 'ways' | 'walked' | 'refused' | 'missed'> {
  const { each, missed } = coverageOf(procedure, today)
  const ends = each.flatMap(({ known, paths }) =>
    paths.map(({ answers, stop }) => {
      const built = buildForm(procedure, known, answers)
      // The portal looks at it again, and has no card of anybody but the applicant.
      const alone = { ...nothingKnown(today), card: known.card }
      const taken = built.ok && buildForm(procedure, alone, built.value).ok
      return { stopped: stop !== null, refused: !taken }
    }),
  )
  return {
    ways: ends.length,
    walked: ends.filter(({ stopped, refused }) => stopped === refused).length,
    refused: ends.filter(({ stopped, refused }) => stopped && refused).length,
    missed,
  }
}

async function fileOnPage(
  { hall, page }: Stage,
  hold: Hold,
  journey: Journey,
  procedure: Procedure,
  { citizen, answers }: UsualWay,
): Promise<Pick<Rehearsed, 'dossierCode' | 'slip'>> {
  const before = (await hall.world.state()).prints
  await journey.identify(() => hold(citizen))
  await journey.choose(procedure.group, procedure.code)
  await journey.goOn()
  for (const { key, answer, scan } of answers) {
    const wordsOf = procedure.form.fields.find((field) => field.key === key)?.wordsOf ?? key
    const question = `procedure.${procedure.code}.question.${wordsOf}`
    await journey.waitFor(question)
    if (scan !== null) {
      await hall.world.scanText(scan)
      await page.locator('[data-say="second-card.yes"]').waitFor()
    }
    await journey.answer(answer)
  }
  // What is left are the papers, which are captured.
  await journey.waitFor('papers.*', 'review.title')
  await journey.answerAll({})
  await journey.declare()
  await journey.waitFor('done.title-accepted')
  const dossierCode = await page.locator('.dossier').textContent()
  await page.locator('[data-say="paper.printed"]').waitFor()
  const { prints } = await hall.world.state()
  const slip = prints.find((name) => name.endsWith('.png') && !before.includes(name)) ?? null
  await journey.goOn()
  await journey.waitFor('attract.title')
  return { dossierCode, slip: slip === null ? null : join(hall.printsDir, slip) }
}

/** Leaves a visit that got stuck, so that the next procedure begins on the first screen. */
async function startAnew({ page }: Stage, journey: Journey): Promise<void> {
  const screen = await journey.screen().catch(() => '')
  const way = screen.startsWith('done.') ? '.action .btn--go' : '[data-say="frame.finish"]'
  await page
    .locator(way)
    .first()
    .click()
    .then(() => journey.waitFor('attract.title', 'leave.title'))
    // Nothing that was answered here is worth a day.
    .then(async () => ((await journey.screen()) === 'leave.title' ? journey.goOn() : undefined))
    .then(() => journey.waitFor('attract.title'))
    .catch(() => {})
}

function tell({ json, print }: CommandContext, one: Rehearsed): void {
  if (json) return print(JSON.stringify(one))
  const { code, ok, ways, walked, refused, missed, filed, taps } = one
  print(
    `${ok ? 'ok  ' : 'MISS'} ${code}  ${walked} of ${ways} ways, ${refused} to a stop; ${filed ? `filed with ${taps} taps` : 'NOT filed'}`,
  )
  for (const goal of missed) print(`      never: ${goal}`)
}
