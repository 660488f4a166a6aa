import { topScreen } from '../speech/on-screen.ts'
import type { Place } from './walk.ts'

/** One place of the line: an element that takes the focus, with the keys that it holds. */
export interface Stop {
  readonly element: HTMLElement
  readonly keys: readonly HTMLElement[]
}

/** What can be pressed or written in. */
const CONTROL = 'button, input, textarea, select, a[href]'
/** What is only read, block by block. */
const TEXT = 'h1, main .hint, main .sheet, main .state'
const ROW = '.keys__row, .digits'
/** Who walks comes to every part of a long list by itself. */
const PASSED = '.shelf__keys, [aria-hidden="true"]'

const isThere = (element: HTMLElement): boolean =>
  element.closest(PASSED) === null &&
  !element.matches(':disabled') &&
  element.checkVisibility({ visibilityProperty: true })

/**
 * The line of the screen that lies on top, in DOM order, which is the order of the eye, from the title
 * round to what stands above it.
 */
export function stopsOf(page: Document): readonly Stop[] {
  const top = topScreen(page)
  if (top === null) return []
  const found = [...top.root.querySelectorAll<HTMLElement>([CONTROL, TEXT, ROW].join(', '))]
  const line = found.filter(isThere).filter(isOwnStop).map(stopAt)
  const title = line.findIndex(({ element }) => element === top.heading)
  return title === -1 ? line : [...line.slice(title), ...line.slice(0, title)]
}

/** A text within a control, or within another text, is read with it; a key belongs to its row. */
function isOwnStop(element: HTMLElement): boolean {
  if (element.matches(ROW)) return true
  if (element.matches(CONTROL)) return !isWithin(element, ROW)
  return !isWithin(element, `${CONTROL}, label, ${TEXT}`) && wordsIn(element).length > 0
}

const isWithin = (element: Element, around: string): boolean => element.matches(`:is(${around}) *`)

/** The marked words of an element, without those of controls that it holds. */
export function wordsIn(element: HTMLElement): readonly Element[] {
  return [...element.querySelectorAll('[data-say]')].filter((word) => {
    const control = word.closest(`${CONTROL}, label`)
    const own = control === null || control === element || control.contains(element)
    return own && word.closest('[aria-hidden="true"]') === null && word.checkVisibility()
  })
}

function stopAt(element: HTMLElement): Stop {
  const keys = element.matches(ROW) ? element.querySelectorAll<HTMLElement>(CONTROL) : []
  return { element, keys: [...keys].filter(isThere) }
}

/** Where the focus is on this line; null beside it. */
export function placeOf(line: readonly Stop[], focused: Element | null): Place | null {
  for (const [stop, { element, keys }] of line.entries()) {
    if (element === focused) return { stop, key: null }
    const key = keys.findIndex((one) => one === focused)
    if (key !== -1) return { stop, key }
  }
  return null
}

/** The element of a place. */
export function elementAt(line: readonly Stop[], { stop, key }: Place): HTMLElement | undefined {
  return key === null ? line[stop]?.element : line[stop]?.keys[key]
}
