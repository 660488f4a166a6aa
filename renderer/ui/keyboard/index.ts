/** On-screen keys: a Vietnamese keyboard and a digit pad, each with what holds its box's text. */
export { DigitPad } from './digit-pad.tsx'
export { useDigitEntry, type DigitEntry } from './digit-entry.ts'
export { personalNumberFormat, phoneFormat, type DigitFormat } from './digits.ts'
export { useSaidInto, type SaidInto } from './said-into.ts'
export { useTextEntry, type TextEntry } from './text-entry.ts'
export { TextKeyboard } from './text-keyboard.tsx'
export { TypingHabits } from './typing-habits.tsx'
