import {
  PLACE_SUGGESTIONS_MAX,
  type ListedProvince,
  type PlaceQuestion,
  type PlaceSuggestion,
} from '../../shared/contract/index.ts'
import { oneSlip } from './one-slip.ts'
import type { Gazetteer } from './gazetteer.ts'
import { placeName, type PlaceName } from './place-words.ts'
import { readAddress } from './read-address.ts'
import { formerWords, type Commune } from './units.ts'

/** Where a kiosk stands: its own province and commune come first. */
export interface Home {
  /** Code of the province; null where the profile names none of the list. */
  readonly province: string | null
  readonly commune: string | null
}

/** A suggestion, the lower the better. */
interface Ranked {
  readonly suggestion: PlaceSuggestion
  readonly rank: number
}

/** How well a name fits, and what adds to it. */
const RANK = {
  same: 0,
  firstWords: 0.4,
  begins: 1,
  laterWord: 2,
  slip: 3,
  inDistrict: 4,
  otherKind: 0.5,
  otherTones: 0.25,
  former: 0.6,
}

/** A slip is forgiven in names from this long on: shorter ones are too alike. */
const SLIP_MIN_LETTERS = 4

const compare = new Intl.Collator('vi', { numeric: true }).compare

/** All provinces by name, the kiosk's own first. */
export function provincesInOrder(gazetteer: Gazetteer, home: Home): ListedProvince[] {
  return [...gazetteer.provinces.values()]
    .map(({ code, name }) => {
      const own = code === home.province
      return { code, name, own, commune: own ? ownCommune(gazetteer, home) : null }
    })
    .toSorted((a, b) => Number(b.own) - Number(a.own) || compare(bare(a.name), bare(b.name)))
}

function ownCommune(gazetteer: Gazetteer, { commune }: Home): ListedProvince['commune'] {
  const found = commune === null ? undefined : gazetteer.communesByCode.get(commune)
  return found === undefined ? null : { code: found.code, name: found.name }
}

/**
 * Provinces and communes that the words may mean, without tones, with a slip of the finger, by old
 * names too. Without words: the communes of the province, or the provinces.
 */
export function suggestPlaces(
  gazetteer: Gazetteer,
  home: Home,
  { words, province }: PlaceQuestion,
): PlaceSuggestion[] {
  const typed = placeName(words)
  if (typed.key === '') return first(everything(gazetteer, province, home), home)
  const read = readWhole(gazetteer, words, province)
  return first(
    [
      ...read,
      ...provincesLike(gazetteer, typed, province),
      ...communesLike(gazetteer, typed, province),
      ...communesOfDistrict(gazetteer, typed, province),
    ],
    home,
  )
}

function everything(gazetteer: Gazetteer, province: string | undefined, home: Home): Ranked[] {
  if (province === undefined) {
    return provincesInOrder(gazetteer, home).map(({ code, name }, rank) => ({
      rank,
      suggestion: { kind: 'province', code, name, former: null },
    }))
  }
  const communes = gazetteer.communes.get(province) ?? []
  return communes.map(({ commune }) => ({ rank: 0, suggestion: named(gazetteer, commune, null) }))
}

/** The words may be a whole address, with province or, within one, without. */
function readWhole(gazetteer: Gazetteer, words: string, province: string | undefined): Ranked[] {
  const name = province === undefined ? undefined : gazetteer.provinces.get(province)?.name
  const texts = name === undefined ? [words] : [words, `${words}, ${name}`]
  return texts.flatMap((text) => {
    const read = readAddress(gazetteer, text)
    if (read.state !== 'found' && read.state !== 'several') return []
    const codes =
      read.state === 'found' ? [read.address.commune] : read.communes.map(({ code }) => code)
    return codes
      .flatMap((code) => gazetteer.communesByCode.get(code) ?? [])
      .filter((commune) => province === undefined || commune.province === province)
      .map((commune) => ({
        rank: RANK.same,
        suggestion: named(gazetteer, commune, read.former),
      }))
  })
}

function provincesLike(
  gazetteer: Gazetteer,
  typed: PlaceName,
  within: string | undefined,
): Ranked[] {
  if (within !== undefined) return []
  return [...gazetteer.provincesByKey.values()].flat().flatMap((each): Ranked[] => {
    const { province, former } = each
    const own = initials(each) === typed.key ? RANK.begins : fit(each, typed)
    if (own === null) return []
    const isNow = former === null || bare(former) === bare(province.name)
    return [
      {
        rank: own + (isNow ? 0 : RANK.former),
        suggestion: { kind: 'province', ...province, former: isNow ? null : former },
      },
    ]
  })
}

function communesLike(
  gazetteer: Gazetteer,
  typed: PlaceName,
  within: string | undefined,
): Ranked[] {
  const today =
    within === undefined
      ? [...gazetteer.communes.values()].flat()
      : (gazetteer.communes.get(within) ?? [])
  const found = today.flatMap((each): Ranked[] => {
    const rank = fit(each, typed)
    return rank === null ? [] : [{ rank, suggestion: named(gazetteer, each.commune, null) }]
  })
  const old = gazetteer.former.flatMap((each): Ranked[] => {
    const became = each.became.filter(({ province }) => within === undefined || province === within)
    const rank = became.length === 0 ? null : fit(each, typed)
    if (rank === null) return []
    const former = formerWords(each.former)
    return became.map((commune) => ({
      rank: rank + RANK.former,
      suggestion: named(gazetteer, commune, former),
    }))
  })
  return [...found, ...old]
}

/**
 * Communes by the district that they were in: "Phú Sơn Bù Đăng", without the comma and the province
 * that would make an address of it; all of them where only the district was typed.
 */
function communesOfDistrict(
  gazetteer: Gazetteer,
  typed: PlaceName,
  within: string | undefined,
): Ranked[] {
  return typed.words.flatMap((_, from) => {
    const district = placeName(plain(typed.words.slice(from)))
    const commune = plain(typed.words.slice(0, from)).replaceAll(' ', '')
    return [...gazetteer.districtsByKey.values()]
      .flatMap((districts) => districts.get(district.key) ?? [])
      .flatMap(({ communes }) =>
        from === 0 ? Array.from(communes.values()).flat() : (communes.get(commune) ?? []),
      )
      .flatMap(({ former, became }) =>
        became
          .filter(({ province }) => within === undefined || province === within)
          .map((one) => ({
            rank: from === 0 ? RANK.inDistrict : RANK.former,
            suggestion: named(gazetteer, one, formerWords(former)),
          })),
      )
  })
}

const plain = (words: PlaceName['words']): string => words.map((word) => word.plain).join(' ')

/** How well a name fits what was typed; null where it does not. */
function fit(name: PlaceName, typed: PlaceName): number | null {
  const how = fitOfKey(name, typed.key)
  if (how === null) return null
  const kind = typed.kind === '' || typed.kind === name.kind ? 0 : RANK.otherKind
  const tones = name.toned.startsWith(typed.toned) ? 0 : RANK.otherTones
  return how + kind + tones
}

function fitOfKey({ key, words }: PlaceName, typed: string): number | null {
  if (key === typed) return RANK.same
  // "Phường 1" is not the beginning of "Phường 11".
  if (/^\d+$/u.test(typed)) return null
  const heads = words.map((_, index) =>
    words
      .slice(0, index)
      .map(({ plain }) => plain)
      .join(''),
  )
  if (heads.includes(typed)) return RANK.firstWords
  if (key.startsWith(typed)) return RANK.begins
  const tails = words.map((_, index) =>
    words
      .slice(index)
      .map(({ plain }) => plain)
      .join(''),
  )
  if (tails.some((tail) => tail.startsWith(typed))) return RANK.laterWord
  if (typed.length < SLIP_MIN_LETTERS) return null
  return oneSlip(key, typed) || oneSlip(key.slice(0, typed.length), typed) ? RANK.slip : null
}

/** The best of them, each place once, the own province first among equals. */
function first(ranked: readonly Ranked[], home: Home): PlaceSuggestion[] {
  const distance = ({ suggestion }: Ranked) => {
    if (suggestion.code === home.commune) return 0
    const province = suggestion.kind === 'province' ? suggestion.code : suggestion.province.code
    return province === home.province ? 1 : 2
  }
  const sorted = ranked.toSorted(
    (a, b) =>
      a.rank - b.rank ||
      distance(a) - distance(b) ||
      compare(bare(a.suggestion.name), bare(b.suggestion.name)),
  )
  const once = new Map<string, PlaceSuggestion>()
  for (const { suggestion } of sorted) {
    if (!once.has(suggestion.code)) once.set(suggestion.code, suggestion)
    if (once.size === PLACE_SUGGESTIONS_MAX) break
  }
  return [...once.values()]
}

function named(gazetteer: Gazetteer, commune: Commune, former: string | null): PlaceSuggestion {
  const { code, name } = commune
  const province = gazetteer.provinces.get(commune.province)
  if (province === undefined) throw new Error(`no province ${commune.province}`)
  return { kind: 'commune', code, name, province, former }
}

const bare = (name: string): string => name.replace(/^(?:Tỉnh|Thành phố|Phường|Xã|Đặc khu) /u, '')

const initials = ({ words }: PlaceName): string => words.map(({ plain }) => plain[0] ?? '').join('')
