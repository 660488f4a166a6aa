import type { FullDate } from '../domain/id-card.ts'
import { isoDate } from '../domain/local-time.ts'
import type { Procedure } from './definition.ts'
import { isInForce } from './in-force.ts'

/**
 * A form ends and another takes its place: the two are versions of one procedure, side by side. A
 * version is known by the procedure's code and the first day on which it is in force. Days are
 * `yyyy-mm-dd`, in Vietnam.
 */

/** The versions of each procedure by its code, the oldest first; no two of a code share a day. */
export type Versions = ReadonlyMap<string, readonly Procedure[]>

export function versionsOf(procedures: readonly Procedure[]): Versions {
  return Map.groupBy(procedures.toSorted(byFirstDay), ({ code }) => code)
}

/** The one version that is in force on this day. */
export function versionOn(
  versions: Versions,
  code: string | null,
  day: FullDate | null,
): Procedure | undefined {
  if (code === null || day === null) return undefined
  return versions.get(code)?.find((one) => isInForce(one, day))
}

/**
 * That day's version; where none is in force the last that was, else the first that will be. For
 * what is said of a procedure, never for filing it.
 */
export function versionNear(
  versions: Versions,
  code: string,
  day: FullDate,
): Procedure | undefined {
  const all = versions.get(code)
  return all?.findLast(({ form }) => form.validFrom <= isoDate(day)) ?? all?.[0]
}

/** Every procedure that is in force on this day, each once. */
export function eachOn(versions: Versions, day: FullDate): Procedure[] {
  return [...versions.keys()].flatMap((code) => versionOn(versions, code, day) ?? [])
}

/** Every procedure, each once, as `versionNear` has it. */
export function eachNear(versions: Versions, day: FullDate): Procedure[] {
  return [...versions.keys()].flatMap((code) => versionNear(versions, code, day) ?? [])
}

/** Versions of one procedure that are in force on the same day: which of them holds nobody knows. */
export interface Overlap {
  readonly earlier: Procedure
  readonly later: Procedure
}

/** Days between two versions of a procedure on which nobody can file it; both count. */
export interface Gap {
  readonly code: string
  readonly from: string
  readonly to: string
}

export function overlapsIn(procedures: readonly Procedure[]): Overlap[] {
  return neighbours(procedures).filter(
    ({ earlier, later }) => later.form.validFrom <= lastDay(earlier),
  )
}

export function gapsIn(procedures: readonly Procedure[]): Gap[] {
  return neighbours(procedures)
    .filter(({ earlier, later }) => lastDay(earlier) < later.form.validFrom)
    .map(({ earlier, later }) => ({
      code: later.code,
      from: shifted(lastDay(earlier), 1),
      to: shifted(later.form.validFrom, -1),
    }))
    .filter(({ from, to }) => from <= to)
}

/** The last versions of procedures that end on this day (`yyyy-mm-dd`) or before: nothing follows. */
export function endingBy(procedures: readonly Procedure[], day: string): Procedure[] {
  return [...versionsOf(procedures).values()].flatMap((all) => {
    const [last] = all.toSorted((a, b) => (lastDay(a) < lastDay(b) ? 1 : -1))
    return last !== undefined && lastDay(last) <= day ? [last] : []
  })
}

/**
 * Two sets of versions in one, in which the second has the last word: where one of its own is in
 * force when another begins, that other is left out; where one of its own begins later, the other
 * ends the day before, for good.
 */
export function overriding(
  versions: readonly Procedure[],
  own: readonly Procedure[],
): readonly Procedure[] {
  const byCode = versionsOf(own)
  const kept = versions.flatMap((version): Procedure[] => {
    const { form } = version
    const first = byCode
      .get(version.code)
      ?.find((one) => one.form.validFrom <= lastDay(version) && form.validFrom <= lastDay(one))
    if (first === undefined) return [version]
    if (first.form.validFrom <= form.validFrom) return []
    return [{ ...version, form: { ...form, validTo: shifted(first.form.validFrom, -1) } }]
  })
  return [...kept, ...own].toSorted(byFirstDay)
}

/** Each version with the one of its procedure that lasts longest of those before it. */
function neighbours(procedures: readonly Procedure[]): Overlap[] {
  return [...versionsOf(procedures).values()].flatMap((all) => {
    let [earlier] = all
    return all.slice(1).flatMap((later) => {
      if (earlier === undefined) return []
      const pair = { earlier, later }
      if (lastDay(later) > lastDay(earlier)) earlier = later
      return [pair]
    })
  })
}

const NEVER = '9999-12-31'
const lastDay = ({ form }: Procedure): string => form.validTo ?? NEVER

function byFirstDay(a: Procedure, b: Procedure): number {
  if (a.code !== b.code) return a.code < b.code ? -1 : 1
  if (a.form.validFrom === b.form.validFrom) return 0
  return a.form.validFrom < b.form.validFrom ? -1 : 1
}

const DAY_MS = 86_400_000

function shifted(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10)
}
