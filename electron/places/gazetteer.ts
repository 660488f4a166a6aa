import { fold } from '../../shared/domain/vietnamese.ts'
import { placeName, type PlaceName } from './place-words.ts'
import type { Commune, FormerCommune, FormerUnits, Province, Units } from './units.ts'

/** A province of today, or one that became part of it. */
export interface NamedProvince extends PlaceName {
  readonly province: Province
  /** Its name then; null for the one of today. */
  readonly former: string | null
}
export interface NamedCommune extends PlaceName {
  readonly commune: Commune
}
export interface NamedFormer extends PlaceName {
  readonly former: FormerCommune
  readonly became: readonly Commune[]
}
export interface NamedDistrict extends PlaceName {
  readonly name: string
  readonly communes: ReadonlyMap<string, readonly NamedFormer[]>
  /** What an island district without communes became. */
  readonly became: readonly Commune[]
}

/** All units by the key of their names. */
export interface Gazetteer {
  readonly provinces: ReadonlyMap<string, Province>
  readonly provincesByKey: ReadonlyMap<string, readonly NamedProvince[]>
  readonly communesByCode: ReadonlyMap<string, Commune>
  /** By code of the province. */
  readonly communes: ReadonlyMap<string, readonly NamedCommune[]>
  readonly communesByKey: ReadonlyMap<string, ReadonlyMap<string, readonly NamedCommune[]>>
  readonly former: readonly NamedFormer[]
  /** Old communes and districts, by the name of their province then. */
  readonly formerByKey: ReadonlyMap<string, ReadonlyMap<string, readonly NamedFormer[]>>
  readonly districtsByKey: ReadonlyMap<string, ReadonlyMap<string, readonly NamedDistrict[]>>
}

/** What cards and people call a province beside its name on the old list. */
const OTHER_NAMES: readonly (readonly [name: string, province: string])[] = [
  ['Sài Gòn', 'Thành phố Hồ Chí Minh'],
  ['TPHCM', 'Thành phố Hồ Chí Minh'],
  ['HCM', 'Thành phố Hồ Chí Minh'],
  ['HN', 'Thành phố Hà Nội'],
  ['Hà Tây', 'Thành phố Hà Nội'],
  ['Thừa Thiên Huế', 'Thành phố Huế'],
  ['TT Huế', 'Thành phố Huế'],
  ['BRVT', 'Tỉnh Bà Rịa - Vũng Tàu'],
  ['Đắc Lắc', 'Tỉnh Đắk Lắk'],
  ['Đắc Nông', 'Tỉnh Đắk Nông'],
]

export function createGazetteer(units: Units, old: FormerUnits): Gazetteer {
  const provinces = new Map(units.provinces.map((each) => [each.code, each]))
  const byCode = new Map(units.communes.map((each) => [each.code, each]))
  const province = (code: string): Province => {
    const found = provinces.get(code)
    if (found === undefined) throw new Error(`no province ${code}`)
    return found
  }
  const taken = ({ became }: FormerCommune): Commune[] =>
    became.map((code) => {
      const found = byCode.get(code)
      if (found === undefined) throw new Error(`no commune ${code}`)
      return found
    })
  const today = units.provinces.map((each): NamedProvince => {
    return named(each.name, { province: each, former: null })
  })
  const then = [...old.provinces].map(([name, code]): NamedProvince => {
    return named(name, { province: province(code), former: name })
  })
  const others = OTHER_NAMES.flatMap(([name, called]) => {
    const meant = then.filter(({ former }) => former === called)
    const keys = new Set(meant.map(({ key }) => key))
    const key = fold(name).replaceAll(' ', '')
    return [...today.filter((each) => keys.has(each.key)), ...meant].map(({ province, former }) =>
      named(name, { province, former, key }),
    )
  })
  const names = [...today, ...then, ...others]
  const communes = Map.groupBy(
    units.communes.map((commune): NamedCommune => named(commune.name, { commune })),
    ({ commune }) => commune.province,
  )
  const former = old.communes.map((each): NamedFormer => {
    return named(each.name, { former: each, became: taken(each) })
  })
  const formerByProvince = Map.groupBy(former, (each) => each.former.province)
  return {
    provinces,
    provincesByKey: byKey(names),
    communesByCode: byCode,
    communes,
    communesByKey: mapValues(communes, byKey),
    former: former.filter(({ key }) => key !== ''),
    formerByKey: mapValues(formerByProvince, byKey),
    districtsByKey: mapValues(formerByProvince, (each) => byKey(districts(each))),
  }
}

function districts(communes: readonly NamedFormer[]): NamedDistrict[] {
  return [...Map.groupBy(communes, ({ former }) => former.district)].map(([name, inside]) =>
    named(name, {
      name,
      communes: byKey(inside.filter(({ key }) => key !== '')),
      became: inside.filter(({ key }) => key === '').flatMap(({ became }) => became),
    }),
  )
}

function named<T>(name: string, rest: T): PlaceName & T {
  return { ...placeName(name), ...rest }
}

function byKey<T extends PlaceName>(named: readonly T[]): Map<string, T[]> {
  return Map.groupBy(named, ({ key }) => key)
}

function mapValues<V, W>(
  map: ReadonlyMap<string, V>,
  change: (value: V) => W,
): ReadonlyMap<string, W> {
  return new Map([...map].map(([key, value]) => [key, change(value)]))
}
