import type { Phrase } from '../../shared/domain/phrase.ts'

/** Which phrase an element on the screen shows. */
const marked = new WeakMap<Element, Phrase>()

/** A ref for an element with `data-say`: what is shown there can be said. */
export const saysHere = (phrase: Phrase) => (element: Element | null) => {
  if (element !== null) marked.set(element, phrase)
}

/** The phrase of an element with `data-say`. */
export const phraseAt = (element: Element): Phrase | undefined => marked.get(element)
