import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ListedProvince, PlaceQuestion, PlaceSuggestion } from '../../shared/contract/index.ts'
import { createGazetteer, type Gazetteer } from './gazetteer.ts'
import { placeName } from './place-words.ts'
import { readAddress } from './read-address.ts'
import { provincesInOrder, suggestPlaces, type Home } from './suggest.ts'
import { decodeFormer, decodeUnits } from './units.ts'
import type { Log } from '../log.ts'
import type { Timers } from '../timers.ts'

/** Provinces and communes, of today and of before 1/7/2025. */
export interface Places {
  /** All provinces, the kiosk's own first. */
  provinces(): ListedProvince[]
  suggest(question: PlaceQuestion): PlaceSuggestion[]
}

/** `home`: commune and province by name, as the profile has them. */
export function createPlaces(
  gazetteer: Gazetteer,
  home: { readonly name: string; readonly province: string },
): Places {
  const own = homeOf(gazetteer, home)
  return {
    provinces: () => provincesInOrder(gazetteer, own),
    suggest: (question) => suggestPlaces(gazetteer, own, question),
  }
}

/** The start is over by then, and no citizen has come to a question of where they live. */
const WARM_UP_MS = 10_000

/** The same for the page, which asks while the lists may still be on their way. */
export interface OpenPlaces {
  provinces(): Promise<ListedProvince[]>
  suggest(question: PlaceQuestion): Promise<PlaceSuggestion[]>
  close(): void
}

/**
 * The lists are read once the page is up, or when somebody asks. Where they cannot be read there are
 * no suggestions, and the citizen writes.
 */
export function openPlaces(
  dir: string,
  home: { readonly name: string; readonly province: string },
  timers: Pick<Timers, 'after'>,
  log: Log,
): OpenPlaces {
  let loading: Promise<Places> | null = null
  const load = async (): Promise<Places> => {
    try {
      return createPlaces(await loadGazetteer(dir), home)
    } catch (cause) {
      log('places-unreadable', { reason: cause instanceof Error ? cause.name : 'unknown' })
      const nothing = createGazetteer(decodeUnits(''), decodeFormer(''))
      return createPlaces(nothing, home)
    }
  }
  const places = () => (loading ??= load())
  const cancelWarmUp = timers.after(WARM_UP_MS, () => void places())
  return {
    provinces: async () => (await places()).provinces(),
    suggest: async (question) => (await places()).suggest(question),
    close: cancelWarmUp,
  }
}

/** Reads the lists of `resources/places`. They are shipped: one that does not decode is a bug. */
export async function loadGazetteer(dir: string): Promise<Gazetteer> {
  const [units, former] = await Promise.all(
    ['units.txt', 'former.txt'].map((name) => readFile(join(dir, name), 'utf8')),
  )
  return createGazetteer(decodeUnits(units ?? ''), decodeFormer(former ?? ''))
}

function homeOf(
  gazetteer: Gazetteer,
  { name, province }: { readonly name: string; readonly province: string },
): Home {
  const read = readAddress(gazetteer, `${name}, ${province}`)
  if (read.state === 'found' && read.former === null) {
    return { province: read.address.province, commune: read.address.commune }
  }
  const known = gazetteer.provincesByKey.get(placeName(province).key)
  return { province: known?.[0]?.province.code ?? null, commune: null }
}
