import type { FullDate } from './id-card.ts'

/**
 * Vietnam has one time zone, UTC+7, without daylight saving since 1975; a kiosk's own zone
 * setting is not trusted.
 */
const OFFSET_MS = 7 * 3_600_000

/** The calendar day in Vietnam at an instant (ms since the epoch). */
export function localDate(nowMs: number): FullDate {
  const shifted = new Date(nowMs + OFFSET_MS)
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
  }
}

/** The clock in Vietnam at an instant. */
export function localClock(nowMs: number): { hour: number; minute: number } {
  const shifted = new Date(nowMs + OFFSET_MS)
  return { hour: shifted.getUTCHours(), minute: shifted.getUTCMinutes() }
}

/** Milliseconds since midnight in Vietnam at an instant. */
export function localTimeMs(nowMs: number): number {
  const dayMs = 86_400_000
  return (((nowMs + OFFSET_MS) % dayMs) + dayMs) % dayMs
}

/** The instant at which a day in Vietnam is `timeMs` old. */
export function instantOf({ year, month, day }: FullDate, timeMs: number): number {
  return Date.UTC(year, month - 1, day) - OFFSET_MS + timeMs
}

/** `yyyy-mm-dd` */
export function isoDate(date: FullDate): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${date.year}-${two(date.month)}-${two(date.day)}`
}
