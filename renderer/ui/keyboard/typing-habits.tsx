import { createContext, use, useMemo, useState, type ReactNode } from 'react'
import type { LetterOrder } from './layouts.ts'
import type { TypingWay } from './typing-ways.ts'

/** How a citizen likes to type: kept from screen to screen, and for this visit only. */
export interface Habits {
  readonly order: LetterOrder
  readonly way: TypingWay
}

/** For who knows no keyboard: letters as in school, and nothing to learn. */
const firstHabits: Habits = { order: 'alphabet', way: 'direct' }

interface HeldHabits {
  readonly habits: Habits
  readonly change: (to: Habits) => void
}

const HabitsContext = createContext<HeldHabits | null>(null)

/** Holds the habits of one visit; mounted anew, it knows nothing of the last one. */
export function TypingHabits({ children }: { readonly children: ReactNode }) {
  const [habits, change] = useState(firstHabits)
  const held = useMemo(() => ({ habits, change }), [habits])
  return <HabitsContext value={held}>{children}</HabitsContext>
}

/** The habits of this visit, and how to change them. */
export function useHabits(): HeldHabits {
  const held = use(HabitsContext)
  if (held === null) throw new Error('no visit around this keyboard')
  return held
}
