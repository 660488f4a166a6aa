import type { FullDate, IdCard } from '../domain/id-card.ts'
import type { Procedure } from './definition.ts'
import { resolveValues } from './engine.ts'
import { nothingKnown, type Known } from './known.ts'
import { pathsThrough, usualPath, type Coverage } from './paths.ts'

/** An invented citizen before the kiosk, and the card of somebody else that they may have along. */
export interface Somebody {
  readonly who: string
  readonly known: Known
  readonly other: IdCard
}

const woman: IdCard = {
  number: '083190000000',
  oldNumber: null,
  name: 'Nguyễn Thị Ví Dụ',
  birth: { year: 1990, month: 3, day: 5 },
  sex: 'female',
  address: 'Ấp Mẫu, Xã Thử',
  issued: { year: 2022, month: 1, day: 1 },
  extra: [],
  warnings: [],
}
const man: IdCard = {
  ...woman,
  number: '083085000000',
  name: "K'Thử Ví Dụ",
  sex: 'male',
  birth: { year: 1985, month: 7, day: 1 },
  issued: { year: 2025, month: 2, day: 3 },
}

/** Everybody who tries a form out: each of them meets what the others never do. */
export function everybody(procedure: Procedure, today: FullDate): Somebody[] {
  const nobody = nothingKnown(today)
  const minor = { ...woman, birth: { year: today.year - 16, month: 1, day: 1 } }
  const chip = { ethnicity: 'Xtiêng', origin: 'Xã Thử', father: 'Lê Mẫu', mother: 'Trần Mẫu' }
  const known: Known = { ...nobody, card: woman }
  const before = usualPath(procedure, known, man)
  const earlier = resolveValues(procedure, known, before.answers)
  return [
    { who: 'a woman with her card', known, other: man },
    { who: 'a man with card and chip', known: { ...nobody, card: man, chip }, other: woman },
    { who: 'a minor', known: { ...nobody, card: minor }, other: man },
    { who: 'somebody without a card', known: nobody, other: woman },
    { who: 'who files it once more', known: { ...known, earlier }, other: man },
  ]
}

/** The ways of everybody through one form, and what none of them ever meets. */
export function coverageOf(
  procedure: Procedure,
  today: FullDate,
): Coverage & { readonly each: readonly (Somebody & Coverage)[] } {
  const each = everybody(procedure, today).map((somebody) =>
    Object.assign({}, somebody, pathsThrough(procedure, somebody.known, somebody.other)),
  )
  const reached = [...new Set(each.flatMap((one) => one.reached))]
  const missed = each[0]?.missed.filter((goal) => !reached.includes(goal)) ?? []
  return { each, paths: each.flatMap(({ paths }) => paths), reached, missed }
}
