/** A text in another language: one, or one for a single thing and one for several. */
export type Translation = string | { readonly one: string; readonly other: string }

/** The texts of a pack by the Vietnamese. The core has checked them; what is no text is left out. */
export function readTexts(json: unknown): ReadonlyMap<string, Translation> {
  const texts = new Map<string, Translation>()
  if (typeof json !== 'object' || json === null) return texts
  for (const [source, text] of Object.entries(json)) {
    if (typeof text === 'string') texts.set(source, text)
    else if (isPlural(text)) texts.set(source, text)
  }
  return texts
}

const isPlural = (value: unknown): value is Exclude<Translation, string> =>
  typeof value === 'object' &&
  value !== null &&
  'one' in value &&
  'other' in value &&
  typeof value.one === 'string' &&
  typeof value.other === 'string'

/** The one or two forms of a translation. */
export const formsOf = (translation: Translation): readonly string[] =>
  typeof translation === 'string' ? [translation] : [translation.one, translation.other]
