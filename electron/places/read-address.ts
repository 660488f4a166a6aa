import { fold } from '../../shared/domain/vietnamese.ts'
import type { Gazetteer, NamedFormer, NamedProvince } from './gazetteer.ts'
import {
  kindBefore,
  meant,
  nameOf,
  placeWords,
  type PlaceName,
  type PlaceWord,
} from './place-words.ts'
import { formerWords, type Commune, type Province } from './units.ts'

/** A place in a commune of today, by the codes of the statistics office; `detail` lies below it ("Thôn 3"). */
export interface UnitAddress {
  readonly province: string
  readonly commune: string
  readonly detail: string
}

/**
 * What an address says, read from its end: province, perhaps the old district, commune, the rest.
 * `former`: the unit of before 1/7/2025 that it names, in words, else null. The citizen confirms what
 * that became, because of a commune that was split the table mostly knows the larger part alone.
 */
export type AddressReading =
  | { state: 'found'; address: UnitAddress; former: string | null }
  /** Several communes may be meant; `detail` is what lies below each. */
  | { state: 'several'; communes: readonly Commune[]; detail: string; former: string | null }
  /** The commune is not on the list; `rest` is all that stands before the province. */
  | { state: 'province'; province: Province; rest: string }
  | { state: 'unknown' }

/** Words in the longest name of a unit ("Xã Chân Mây - Lăng Cô" has four). */
const MAX_NAME_WORDS = 6

/** What may stand before the name of a unit of each tier. */
const COMMUNE = ['xa', 'phuong', 'thi tran', 'dac khu']
const DISTRICT = ['quan', 'huyen', 'thi xa', 'thanh pho']
const PROVINCE = ['tinh', 'thanh pho']

/** A name that stands at the end of the words that are left. */
interface Ending extends PlaceName {
  /** Index of its first word, kind included. */
  readonly start: number
}

/** The names of one tier that may end before a word, the longest first. */
type Endings = (before: number, kinds: readonly string[]) => readonly Ending[]

/** One way to understand the text. */
interface Meaning {
  readonly communes: readonly Commune[]
  readonly start: number
  readonly former: string | null
}

/** Reads an address as a card or a person writes it. Never guesses: what is not named is not found. */
export function readAddress(gazetteer: Gazetteer, text: string): AddressReading {
  const raw = text.normalize('NFC')
  const words = tonesThatTell(raw, placeWords(raw))
  const end = withoutCountry(words)
  const inParts = words.some(({ first }, index) => first && index > 0 && index < end)
  const endings: Endings = (before, kinds) =>
    endingsOf(words, before, inParts).filter(({ kind }) => kind === '' || kinds.includes(kind))
  const before = (start: number) =>
    raw.slice(0, words[start]?.at ?? raw.length).replace(/[\s,;.–-]+$/u, '')

  let closest: { readonly named: NamedProvince; readonly start: number } | null = null
  for (const ending of endings(end, PROVINCE)) {
    const provinces = gazetteer.provincesByKey.get(ending.key)
    if (provinces === undefined) continue
    const named = meant(provinces, { ...ending, kind: '' })
    const meaning = communeBefore(gazetteer, named, ending.start, endings)
    if (meaning !== null) return toReading(meaning, before(meaning.start))
    const [first] = named
    if (first !== undefined) closest ??= { named: first, start: ending.start }
  }
  if (closest === null) return { state: 'unknown' }
  return { state: 'province', province: closest.named.province, rest: before(closest.start) }
}

function toReading({ communes, former }: Meaning, detail: string): AddressReading {
  const [commune, ...others] = [...new Set(communes)]
  if (commune === undefined) return { state: 'unknown' }
  if (others.length > 0) {
    return { state: 'several', communes: [commune, ...others], detail, former }
  }
  const { province, code } = commune
  return { state: 'found', address: { province, commune: code, detail }, former }
}

/**
 * The commune before a province. Its kind, if written, settles it; else three tiers go before two,
 * and both are asked about where both fit.
 */
function communeBefore(
  gazetteer: Gazetteer,
  provinces: readonly NamedProvince[],
  end: number,
  endings: Endings,
): Meaning | null {
  const today = provinces
    .filter(({ former }) => former === null)
    .flatMap(({ province }) => ofToday(gazetteer, province, end, endings))
  const settled = today.find(({ kind }) => kind !== '')
  if (settled) return settled
  const old = provinces.flatMap(({ former }) => (former === null ? [] : [former]))
  const then = old.flatMap((province) => inDistricts(gazetteer, province, end, endings))
  // "Phường 3, Gò Vấp" is no place in the phường of that name.
  const plain = today.find(({ start }) => !endings(start, COMMUNE).some(({ kind }) => kind))
  const [first] = then
  if (first) {
    const communes = [...then, ...(plain ? [plain] : [])].flatMap((each) => each.communes)
    return { ...first, communes }
  }
  if (plain) return plain
  const [bare] = old.flatMap((province) => withoutDistrict(gazetteer, province, end, endings))
  return bare ?? null
}

function ofToday(
  gazetteer: Gazetteer,
  province: Province,
  end: number,
  endings: Endings,
): (Meaning & { readonly kind: string })[] {
  return endings(end, COMMUNE).flatMap((ending) => {
    const named = gazetteer.communesByKey.get(province.code)?.get(ending.key) ?? []
    const communes = meant(named, ending).map(({ commune }) => commune)
    const { start, kind } = ending
    return communes.length === 0 ? [] : [{ communes, start, kind, former: null }]
  })
}

/** Commune and district of one of the old provinces. */
function inDistricts(
  gazetteer: Gazetteer,
  province: string,
  end: number,
  endings: Endings,
): Meaning[] {
  for (const ending of endings(end, DISTRICT)) {
    const named = gazetteer.districtsByKey.get(province)?.get(ending.key) ?? []
    const found = meant(named, ending).flatMap((district): Meaning[] => {
      if (district.became.length > 0) {
        const former = `${district.name}, ${province}`
        return [{ communes: district.became, start: ending.start, former }]
      }
      return endings(ending.start, COMMUNE)
        .flatMap((each): Meaning[] => {
          const communes = meant(district.communes.get(each.key) ?? [], each)
          return meaningOf(communes, each.start)
        })
        .slice(0, 1)
    })
    if (found.length > 0) return found
  }
  return []
}

function meaningOf(old: readonly NamedFormer[], start: number): Meaning[] {
  const [first] = old
  if (first === undefined) return []
  const communes = old.flatMap(({ became }) => became)
  return [{ communes, start, former: formerWords(first.former) }]
}

/** A commune of an old province whose district is left out: every one of that name. */
function withoutDistrict(
  gazetteer: Gazetteer,
  province: string,
  end: number,
  endings: Endings,
): Meaning[] {
  return endings(end, COMMUNE).flatMap((ending) => {
    const named = gazetteer.formerByKey.get(province)?.get(ending.key) ?? []
    const shadowed = ending.kind === '' && endings(ending.start, COMMUNE).some(({ kind }) => kind)
    return shadowed ? [] : meaningOf(meant(named, ending), ending.start)
  })
}

/**
 * The names that may end before a word, the longest first. In a text with commas a name begins after
 * a comma or after its kind; a mere number is a name after its kind alone ("phường 3").
 */
function endingsOf(words: readonly PlaceWord[], end: number, inParts: boolean): Ending[] {
  const found: Ending[] = []
  for (let from = end - 1; from >= Math.max(0, end - MAX_NAME_WORDS); from -= 1) {
    const inside = words.slice(from, end)
    const { kind, start } = kindBefore(words, from, Math.max(0, from - 2))
    const name = nameOf(kind, inside)
    const number = /^\d+$/u.test(name.key)
    const begins = words[from]?.first === true
    if (kind !== '' && !begins) found.push({ ...name, start })
    else if (!number && (begins || !inParts)) found.push({ ...name, kind: '', start: from })
    if (begins) break
  }
  return found.toReversed()
}

/** Where nobody wrote any tone, "Thanh An" may be Thạnh An as well. */
function tonesThatTell(raw: string, words: PlaceWord[]): PlaceWord[] {
  if (fold(raw) !== raw.toLowerCase()) return words
  return words.map(({ plain, at, first }) => ({ plain, toned: '', at, first }))
}

function withoutCountry(words: readonly PlaceWord[]): number {
  const last = words.slice(-2).map(({ plain }) => plain)
  return last.join(' ') === 'viet nam' ? words.length - 2 : words.length
}
