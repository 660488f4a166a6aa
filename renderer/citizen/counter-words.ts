import { t } from '../i18n/t.ts'

/** A profile may number its counters or name them; only a number needs the word "quầy". */
const isNumber = (counter: string) => /^\d/.test(counter)

/** A counter on its own: "Quầy 2". */
export const counterName = (counter: string): string =>
  isNumber(counter) ? t('counter.name', { counter }) : counter

/** A counter in a sentence: "quầy 2"; one with a name keeps it. */
export const counterInLine = (counter: string): string =>
  isNumber(counter) ? t('counter.in-line', { counter }) : counter
