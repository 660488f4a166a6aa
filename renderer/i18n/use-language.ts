import { useLayoutEffect, useState } from 'react'
import type { View } from '../../shared/contract/index.ts'
import { readTexts, SOURCE, VOICE_PATH, type Translation } from '../../shared/speech/index.ts'
import { loadPart } from '../load.ts'
import { standIn, textLanguage, type Language } from './language.ts'

/**
 * Lets the page stand in the language that the citizen chose, once its texts are there; until then it
 * stays as it was. The language goes with the visit.
 */
export function useLanguage({ kiosk, display }: View): void {
  const chosen = kiosk.languages.find(({ tag }) => tag === display.language)
  const tag = chosen?.tag
  const hasTexts = chosen?.texts ?? false
  const [, redraw] = useState<Language | null>(null)
  useLayoutEffect(() => {
    const stand = (next: Language | null) => {
      standIn(next)
      document.documentElement.lang = textLanguage()
      redraw(next)
    }
    if (tag === undefined || tag === SOURCE) return stand(null)
    if (!hasTexts) return stand({ tag, texts: new Map() })
    return loadPart(
      () => fetchTexts(tag),
      (texts) => stand({ tag, texts }),
    )
  }, [tag, hasTexts])
}

async function fetchTexts(tag: string): Promise<ReadonlyMap<string, Translation>> {
  const answer = await fetch(`.${VOICE_PATH}${tag}/texts.json`)
  if (!answer.ok) throw new Error(`no texts: ${answer.status}`)
  return readTexts(await answer.json())
}
