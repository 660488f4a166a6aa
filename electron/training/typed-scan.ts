import type { Page } from 'playwright-core'
import { inventedCitizens } from './citizens.ts'

/** Keys of a US keyboard for the marks of a card's code; what stands on Shift has it named. */
const MARKS: Readonly<Record<string, string>> = {
  '|': 'Shift+Backslash',
  ' ': 'Space',
  ',': 'Comma',
  "'": 'Quote',
  '/': 'Slash',
  '-': 'Minus',
  '.': 'Period',
}

/**
 * The keys that a scanner presses which types as a keyboard does: a letter that the US keyboard
 * lacks has none, and is lost.
 */
export function keysOf(payload: string): string[] {
  return [...payload.normalize('NFC')].flatMap((character) => {
    if (/^[0-9]$/.test(character)) return [`Digit${character}`]
    if (/^[a-z]$/.test(character)) return [`Key${character.toUpperCase()}`]
    if (/^[A-Z]$/.test(character)) return [`Shift+Key${character}`]
    const mark = Object.hasOwn(MARKS, character) ? MARKS[character] : undefined
    return mark === undefined ? [] : [mark]
  })
}

/** Holds an invented citizen's card under a scanner that types into the page, and ends by Enter. */
export async function typeCard(page: Page, id: string): Promise<void> {
  const citizen = inventedCitizens.find((one) => one.id === id)
  if (citizen === undefined) throw new Error(`nobody is ${id}`)
  for (const key of [...keysOf(citizen.payload), 'Enter']) await page.keyboard.press(key)
}
