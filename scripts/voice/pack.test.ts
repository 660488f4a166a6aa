import { beforeAll, describe, expect, it } from 'vitest'
import { checkClips, clipId, lookAtVoice } from '../../electron/voice/index.ts'
import { CLIP_LIMITS } from '../../shared/speech/index.ts'
import type { VoicePack } from '../../shared/speech/schema.ts'
import { englishInventory, inventory, type Sayable } from './inventory.ts'
import { english, textsOf, vietnamese } from './languages.ts'

describe.each([vietnamese, english])(
  'the voice of $name (mend it with `npm run voice`)',
  (language) => {
    let pack: VoicePack = { version: 1, language: '', name: '', texts: null, clips: {} }
    let sayable: ReadonlyMap<string, Sayable> = new Map()

    beforeAll(async () => {
      const texts = await textsOf(language)
      sayable = await (texts === null ? inventory() : englishInventory(texts.texts))
      const read = await lookAtVoice(language.dir)
      if (!read.ok) throw new Error(`no voice pack: ${read.error.code}`)
      pack = read.value
    })

    it('says everything that can be said', () => {
      const missing = [...sayable].filter(([text]) => !(clipId(text) in pack.clips))
      expect(missing.map(([text, { where }]) => `${where}: ${text}`)).toEqual([])
    })
    it('has no clip that nothing says any more', () => {
      const ids = new Set([...sayable.keys()].map(clipId))
      const stale = Object.entries(pack.clips).filter(([id]) => !ids.has(id))
      expect(stale.map(([, { text }]) => text)).toEqual([])
    })
    it('has whole, audible clips of one loudness, each of its own text, and no other file', async () => {
      const { wrong, strays } = await checkClips(language.dir, pack)
      const named = [...wrong].map(([id, problem]) => `${pack.clips[id]?.text}: ${problem}`)
      expect(named).toEqual([])
      expect(strays).toEqual([])
    })
    it('fits its size', () => {
      const bytes = Object.values(pack.clips).reduce((sum, clip) => sum + clip.bytes, 0)
      expect(bytes).toBeLessThanOrEqual(CLIP_LIMITS.PACK_BYTES)
    })
  },
)
