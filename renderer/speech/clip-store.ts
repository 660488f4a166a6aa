import { clipPath, VOICE_PATH } from '../../shared/speech/index.ts'
import { SPEECH_LIMITS } from './limits.ts'
import type { Samples } from './sound.ts'
import { timeStretch } from './time-stretch.ts'

/** The clips of a few voices, decoded when they are wanted and kept as long as there is room. */
export interface ClipStore {
  has(lang: string, text: string): boolean
  /** Its sound at a speed; null where the file cannot be had. */
  load(lang: string, text: string, speed: number): Promise<Samples | null>
  /** The sound where it is decoded already. */
  ready(lang: string, text: string, speed: number): Samples | undefined
  /** Bytes of decoded sound that are kept. */
  bytes(): number
  /** Forgets all sound: the next citizen's memory holds nothing of what was said to this one. */
  clear(): void
}

/** Reads the ids of `pack.json` by text. The core has checked the pack before it says that it speaks. */
export function readIndex(pack: unknown): ReadonlyMap<string, string> {
  const index = new Map<string, string>()
  if (typeof pack !== 'object' || pack === null || !('clips' in pack)) return index
  const { clips } = pack
  if (typeof clips !== 'object' || clips === null) return index
  for (const [id, clip] of Object.entries(clips)) {
    const text: unknown =
      typeof clip === 'object' && clip !== null ? Reflect.get(clip, 'text') : undefined
    if (typeof text === 'string') index.set(text, id)
  }
  return index
}

/** Fetches a pack's list; null where it cannot be had. */
export async function fetchIndex(language: string): Promise<ReadonlyMap<string, string> | null> {
  try {
    const answer = await fetch(`.${VOICE_PATH}${language}/pack.json`)
    return answer.ok ? readIndex(await answer.json()) : null
  } catch {
    return null
  }
}

/** `indexes`: of each voice, by its language, the ids of its clips by text. */
export function createClipStore(
  indexes: ReadonlyMap<string, ReadonlyMap<string, string>>,
  decode: (file: ArrayBuffer) => Promise<Samples>,
): ClipStore {
  const kept = new Map<string, Samples>()
  const loading = new Map<string, Promise<Samples | null>>()
  let bytes = 0

  const keep = (name: string, samples: Samples) => {
    kept.set(name, samples)
    bytes += samples.byteLength
    for (const [oldest, sound] of kept) {
      if (bytes <= SPEECH_LIMITS.CACHE_BYTES || oldest === name) break
      kept.delete(oldest)
      bytes -= sound.byteLength
    }
  }
  const idOf = (lang: string, text: string) => indexes.get(lang)?.get(text)
  const nameOf = (lang: string, id: string, speed: number) => `${lang}/${id}@${speed}`
  const find = (name: string) => {
    const found = kept.get(name)
    if (found !== undefined) {
      // Last used, last dropped.
      kept.delete(name)
      kept.set(name, found)
    }
    return found
  }

  async function fetchSound(lang: string, id: string, speed: number): Promise<Samples | null> {
    try {
      const answer = await fetch(`.${VOICE_PATH}${lang}/${clipPath(id)}`)
      if (!answer.ok) return null
      const samples = await decode(await answer.arrayBuffer())
      return timeStretch(samples, SPEECH_LIMITS.SAMPLE_RATE, speed)
    } catch {
      return null
    }
  }

  return {
    has: (lang, text) => idOf(lang, text) !== undefined,
    ready(lang, text, speed) {
      const id = idOf(lang, text)
      return id === undefined ? undefined : find(nameOf(lang, id, speed))
    },
    async load(lang, text, speed) {
      const id = idOf(lang, text)
      if (id === undefined) return null
      const name = nameOf(lang, id, speed)
      const found = find(name)
      if (found !== undefined) return found
      const begun = loading.get(name)
      if (begun !== undefined) return begun
      const sound = fetchSound(lang, id, speed)
      loading.set(name, sound)
      const samples = await sound
      // Cleared meanwhile: it is played, and not kept.
      if (loading.delete(name) && samples !== null) keep(name, samples)
      return samples
    },
    bytes: () => bytes,
    clear() {
      kept.clear()
      loading.clear()
      bytes = 0
    },
  }
}
