import type { AssistanceView, StripTool } from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { Assistant } from './book.ts'
import type { OpenCall } from './calls.ts'
import { STAFF_LIMITS } from './limits.ts'
import type { Door } from './tries.ts'

/** A page's connection, by its identity alone: the role belongs to the one that unlocked. */
export type PageOf = object

/** How a page stands to the staff. Times are ms since the epoch. */
export type Role =
  | { readonly state: 'locked' }
  | {
      readonly state: 'asking'
      readonly page: PageOf
      readonly sinceMs: number
      readonly refused: 'pin' | 'card' | null
    }
  | {
      readonly state: 'unlocked'
      readonly page: PageOf
      readonly by: Assistant
      /** Last touch that was the assistant's. */
      readonly touchedAtMs: number
      /** The screen on which the assistant works for the citizen, and since when. */
      readonly working: { readonly screen: string; readonly sinceMs: number } | null
    }

/** Why the role ended, as the journal has it. */
export type Ending =
  | 'stepped-out'
  | 'role-fell-back'
  | 'visit-ended'
  | 'page-gone'
  | 'another-asked'
  | 'removed'

/** Over, or from a clock that was ahead of this one. */
const isOver = (fromMs: number, forMs: number, nowMs: number) =>
  nowMs - fromMs >= forMs || nowMs < fromMs

/** Whether nobody has come for so long that the screen says what else one can do. */
export const isLong = ({ sinceMs }: OpenCall, nowMs: number) =>
  isOver(sinceMs, STAFF_LIMITS.CALL_LONG_MS, nowMs)

/** Whether the role, or the screen that unlocks, is over. */
export function hasFallen(role: Role, nowMs: number): boolean {
  switch (role.state) {
    case 'locked':
      return false
    case 'asking':
      return isOver(role.sinceMs, STAFF_LIMITS.ASKING_MS, nowMs)
    case 'unlocked':
      return isOver(role.touchedAtMs, STAFF_LIMITS.ROLE_MS, nowMs)
    default:
      return unreachable(role)
  }
}

const isEnding = (touchedAtMs: number, nowMs: number) =>
  isOver(touchedAtMs, STAFF_LIMITS.ROLE_MS - STAFF_LIMITS.ROLE_ENDING_MS, nowMs)

/** The role after a touch of the page: the assistant's own only while one works on this screen. */
export function afterPageTouch(role: Role, nowMs: number): Role {
  if (role.state !== 'unlocked' || role.working === null) return role
  const isMine = !isOver(role.working.sinceMs, STAFF_LIMITS.WORK_MS, nowMs)
  return isMine ? { ...role, touchedAtMs: nowMs } : role
}

/** When something changes by itself, ms since the epoch; null: never. */
export function nextDeadline(
  role: Role,
  call: OpenCall | null,
  door: () => Door,
  nowMs: number,
): number | null {
  const deadlines: number[] = []
  if (call !== null && !isLong(call, nowMs)) {
    deadlines.push(call.sinceMs + STAFF_LIMITS.CALL_LONG_MS)
  }
  if (role.state === 'asking') {
    deadlines.push(role.sinceMs + STAFF_LIMITS.ASKING_MS)
    const shut = door()
    if (shut.state === 'wait') deadlines.push(nowMs + shut.forMs)
  }
  if (role.state === 'unlocked') {
    const falls = role.touchedAtMs + STAFF_LIMITS.ROLE_MS
    const isLast = isEnding(role.touchedAtMs, nowMs)
    deadlines.push(isLast ? falls : falls - STAFF_LIMITS.ROLE_ENDING_MS)
  }
  return deadlines.length === 0 ? null : Math.min(...deadlines)
}

/** What the page is told of it. */
export function roleView(
  role: Role,
  door: () => Door,
  tools: () => StripTool[],
  nowMs: number,
): AssistanceView['role'] {
  switch (role.state) {
    case 'locked':
      return { state: 'locked' }
    case 'asking': {
      const shut = door()
      return {
        state: 'asking',
        door:
          shut.state === 'wait'
            ? { state: 'wait', seconds: Math.ceil(shut.forMs / 1000) }
            : { state: shut.state },
        refused: role.refused,
      }
    }
    case 'unlocked':
      return {
        state: 'unlocked',
        assistant: role.by.id,
        counter: role.by.counter,
        working: role.working !== null,
        ending: isEnding(role.touchedAtMs, nowMs),
        tools: tools(),
      }
    default:
      return unreachable(role)
  }
}
