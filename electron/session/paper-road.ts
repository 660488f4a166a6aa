import { components, resolveValues, type Procedure } from '../../shared/forms/index.ts'
import { knownIn } from './known.ts'
import { SESSION_LIMITS } from './limits.ts'
import type { Visit, VisitPaper } from './visit.ts'

/**
 * The citizen's way through the papers whose pictures go with the filing. Pure, as `road.ts` is
 * for the questions. Which papers are due may change with an answer; what was captured of one that
 * is not due any more is kept and not filed.
 */

type Component = Procedure['components'][number]

const untouched: VisitPaper = { pages: [], settled: 'open' }

/** The papers that are to be captured, in order. */
export function papersDue(procedure: Procedure, visit: Visit): readonly Component[] {
  const known = knownIn(visit)
  const values = resolveValues(procedure, known, visit.answers)
  return components(procedure, { values, today: known.today }).filter(
    ({ handling }) => handling === 'scan',
  )
}

/** What a visit has of one paper. */
export function paperOf(visit: Visit, component: string): VisitPaper {
  return visit.papers[component] ?? untouched
}

/** The first paper that is neither captured nor left for the counter; null when all are settled. */
export function nextPaper(procedure: Procedure, visit: Visit): string | null {
  const open = papersDue(procedure, visit).find(
    ({ code }) => paperOf(visit, code).settled === 'open',
  )
  return open?.code ?? null
}

/** The paper before the one on the screen; null when it is the first. */
export function previousPaper(procedure: Procedure, visit: Visit): string | null {
  const due = papersDue(procedure, visit)
  return due[due.findIndex(({ code }) => code === visit.paperAt) - 1]?.code ?? null
}

/** How many more pages may be captured of the paper on the screen; of another paper none. */
export function roomForPages(visit: Visit, component: string): number {
  if (visit.paperAt !== component) return 0
  return SESSION_LIMITS.PAGES_MAX - paperOf(visit, component).pages.length
}

/** Whether one more page may be captured of the paper on the screen. */
export function takesPage(visit: Visit, component: string): boolean {
  return roomForPages(visit, component) > 0
}

/** A page was captured and lies sealed. */
export function addPage(visit: Visit, component: string, id: string): Visit {
  const { pages } = paperOf(visit, component)
  return withPaper(visit, component, { pages: [...pages, { id, turns: 0 }], settled: 'open' })
}

/** Turns a page of the paper on the screen by a quarter. */
export function turnPage(visit: Visit, id: string): Visit {
  if (visit.paperAt === null) return visit
  const paper = paperOf(visit, visit.paperAt)
  const pages = paper.pages.map((page) =>
    page.id === id ? { id, turns: (page.turns + 1) % 4 } : page,
  )
  return withPaper(visit, visit.paperAt, { ...paper, pages })
}

/** Throws a page of the paper on the screen away. */
export function dropPage(visit: Visit, id: string): Visit {
  if (visit.paperAt === null) return visit
  const pages = paperOf(visit, visit.paperAt).pages.filter((page) => page.id !== id)
  return withPaper(visit, visit.paperAt, { pages, settled: 'open' })
}

/** Ends with the paper on the screen and goes on to the next open one, or to the check page. */
export function settlePaper(
  procedure: Procedure,
  visit: Visit,
  settled: 'scanned' | 'at-counter',
): Visit {
  if (visit.paperAt === null) return visit
  const pages = settled === 'scanned' ? paperOf(visit, visit.paperAt).pages : []
  const done = withPaper(visit, visit.paperAt, { pages, settled })
  const next = nextPaper(procedure, done)
  return { ...done, paperAt: next, changing: done.changing && next !== null }
}

/** Every page that a visit holds, filed or not. */
export function pagesOf(visit: Visit): readonly string[] {
  return Object.values(visit.papers).flatMap(({ pages }) => pages.map(({ id }) => id))
}

function withPaper(visit: Visit, component: string, paper: VisitPaper): Visit {
  return { ...visit, papers: { ...visit.papers, [component]: paper } }
}
