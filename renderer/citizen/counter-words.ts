import type { Phrase } from '../../shared/domain/phrase.ts'
import { aloud } from '../../shared/speech/index.ts'
import { words } from '../i18n/t.ts'

/** A profile may number its counters or name them; only a number needs the word "quầy". */
const isNumber = (counter: string) => /^\d/.test(counter)

/** A counter on its own: "Quầy 2". */
export const counterName = (counter: string): Phrase =>
  isNumber(counter) ? words('counter.name', { counter: aloud(counter) }) : named(counter)

/** A counter in a sentence: "quầy 2"; one with a name keeps it. */
export const counterInLine = (counter: string): Phrase =>
  isNumber(counter) ? words('counter.in-line', { counter: aloud(counter) }) : named(counter)

const named = (counter: string): Phrase => ({ key: 'counter.own', text: counter })
