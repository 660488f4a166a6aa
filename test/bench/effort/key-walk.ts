import { digitRows, letterRows, ownLetters } from '../../../renderer/ui/keyboard/layouts.ts'

/** How many presses of up, down, select and back the on-screen keyboard takes. */

const TONES = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323']
const APOSTROPHE = '’'
/** Keys of the upper rows beside letters and tones: "no tone"; Telex and VNI. */
const NO_TONE = ['no-tone']
const WAYS = ['telex', 'vni']
const LAST = ['page', 'capitals', 'order', 'space', 'left', 'right', 'delete']
const TURN = 'digits'

const SELECT = 1
const BACK = 1

/** Rows of the keyboard from above, each key by its letter or name (`text-keyboard.tsx`). */
function rowsOf(hasDigits: boolean, onDigits: boolean): readonly (readonly string[])[] {
  const letters = onDigits ? digitRows : letterRows.alphabet
  return [
    [...TONES, ...NO_TONE],
    [...ownLetters, ...WAYS],
    ...letters.map((row) => Array.from(row)),
    hasDigits ? [TURN, ...LAST] : LAST,
  ]
}

/** A key where it stands; `below` is the row in which one stands once it is pressed. */
interface Place {
  readonly row: number
  readonly key: number
  readonly count: number
  readonly below: number
}

/** The keys of a text in order: finished letters, their tone behind them, the page turned for digits. */
function placesOf(text: string, hasDigits: boolean): readonly Place[] {
  let onDigits = false
  const place = (wanted: string): Place => {
    const rows = rowsOf(hasDigits, onDigits)
    const row = rows.findIndex((keys) => keys.includes(wanted))
    const keys = rows[row]
    if (keys === undefined) throw new Error(`the keyboard has no ${wanted}`)
    if (wanted === TURN) onDigits = !onDigits
    // The page of digits has a row less.
    const below = wanted === TURN ? rowsOf(hasDigits, onDigits).length - 1 : row
    return { row, key: keys.indexOf(wanted), count: keys.length, below }
  }
  return [...text.normalize('NFC').toLowerCase()].flatMap((letter) => {
    if (letter === ' ') return [place('space')]
    const isDigit = digitRows.some((row) => row.includes(letter))
    const turn = isDigit === onDigits ? [] : [place(TURN)]
    const marks = [...letter.normalize('NFD')]
    const tones = marks.filter((mark) => TONES.includes(mark))
    const base = marks.filter((mark) => !TONES.includes(mark))
    const key = base.join('').normalize('NFC')
    return turn.concat(place(key === "'" ? APOSTROPHE : key), tones.map(place))
  })
}

/** Where one stands after a text: which row, and what was pressed until then. */
export interface Written {
  readonly presses: number
  /** Rows below the first one. */
  readonly row: number
}

/**
 * Writes a text: down to the first row, which stands `above` stops below the title, then the shorter
 * way from row to row and from key to key.
 */
export function walkKeys(text: string, above: number, hasDigits: boolean): Written {
  const places = placesOf(text, hasDigits)
  const presses = places.map((to, at) => {
    const from = places[at - 1]
    if (from?.below === to.row) return around(from.key, to.key, to.count) + SELECT
    // Out of the row where one stands, past others, into the one that is wanted.
    const toRow = from === undefined ? above + to.row : BACK + Math.abs(to.row - from.below)
    return toRow + SELECT + around(0, to.key, to.count) + SELECT
  })
  return { presses: presses.reduce((all, one) => all + one, 0), row: places.at(-1)?.below ?? 0 }
}

function around(from: number, to: number, count: number): number {
  const on = Math.abs(to - from)
  return Math.min(on, count - on)
}
