import type { EnteredValue } from '../../shared/forms/answer-value.ts'
import type { AnswerSession } from './answer.tsx'
import type { PlaceSuggestion, ProvinceName } from '../../shared/contract/index.ts'

type Address = Extract<EnteredValue, { readonly text: string }>
export type Commune = Extract<PlaceSuggestion, { kind: 'commune' }>

/** The small steps to an address, on the one screen of its question. */
export type AddressStep =
  /** An address stands already, from before. */
  | { readonly at: 'kept'; readonly address: Address }
  /** Here, elsewhere, or as an old paper has it. */
  | { readonly at: 'where' }
  /** By words, within a province or anywhere. */
  | { readonly at: 'pick'; readonly province: ProvinceName | null }
  /** House, street, hamlet. */
  | { readonly at: 'detail'; readonly commune: Commune }
  | { readonly at: 'free' }

/** The steps so far, the newest last; "back" takes one away, and the first leaves the question. */
export type AddressWay = readonly [AddressStep, ...AddressStep[]]

/** The step on the screen. */
export const stepOf = (way: AddressWay): AddressStep => way.at(-1) ?? way[0]

/** Where the question begins: with what was answered before, if anything. */
export function beginAddress(value: AnswerSession['value']): AddressWay {
  if (typeof value === 'object' && value !== null && 'text' in value) {
    return [{ at: 'kept', address: value }]
  }
  if (typeof value === 'string' && value !== '') return [{ at: 'kept', address: { text: value } }]
  return [{ at: 'where' }]
}

/** One step back; null where that leaves the question. */
export function stepBack(way: AddressWay): AddressWay | null {
  const [first, ...rest] = way
  return rest.length === 0 ? null : [first, ...rest.slice(0, -1)]
}

/** Takes a line of the list: a province leads to its communes, a commune to what lies below it. */
export function takePlace(way: AddressWay, place: PlaceSuggestion): AddressWay {
  if (place.kind === 'province') {
    const { code, name } = place
    return [...way, { at: 'pick', province: { code, name } }]
  }
  return [...way, { at: 'detail', commune: place }]
}

/** "Thôn 3, Xã Đăk Ơ, Thành phố Đồng Nai": from below upwards, as forms write it. */
export function addressOf({ code, name, province }: Commune, detail: string): Address {
  const parts = [detail.trim().normalize('NFC'), name, province.name]
  return { text: parts.filter((part) => part !== '').join(', '), commune: code }
}
