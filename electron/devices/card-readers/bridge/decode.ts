import { err, ok, unreachable, type Result } from '../../../../shared/domain/result.ts'
import { BRIDGE_LIMITS } from './limits.ts'
import type { ReaderBridgeSettings } from '../../../settings/index.ts'

type Fields = ReaderBridgeSettings['fields']
type Dates = ReaderBridgeSettings['dates']

/** Why a message is no message of the service that the profile describes. */
export type BridgeRefusal = 'too-long' | 'not-json' | 'not-an-object'

/** A card as the service tells of it. */
export interface BridgeReading {
  /** As the card's own QR code would say it, so that one parser judges both. */
  readonly text: string
  /** Parts that were not there or are no such thing; the parser will refuse the card. */
  readonly lacking: readonly (keyof Fields)[]
}

/**
 * Reads one message: a card, or null for a message about something else, which has nothing where
 * the number belongs.
 */
export function decodeMessage(
  message: string,
  { fields, dates }: Pick<ReaderBridgeSettings, 'fields' | 'dates'>,
): Result<BridgeReading | null, BridgeRefusal> {
  if (message.length > BRIDGE_LIMITS.MESSAGE_BYTES) return err('too-long')
  // An answer without content: no card lies on the reader.
  if (message.trim() === '') return ok(null)
  let json: unknown
  try {
    json = JSON.parse(message)
  } catch {
    return err('not-json')
  }
  if (json === null) return ok(null)
  if (typeof json !== 'object') return err('not-an-object')
  const at = (place: string | undefined) => (place === undefined ? '' : valueAt(json, place))
  const number = at(fields.number)
  if (number === '') return ok(null)
  const parts: Record<keyof Fields, string> = {
    number: /^\d{12}$/.test(number) ? number : '',
    oldNumber: at(fields.oldNumber),
    name: at(fields.name),
    birth: digitsOf(at(fields.birth), dates),
    sex: sexOf(at(fields.sex)),
    address: at(fields.address),
    issued: digitsOf(at(fields.issued), dates),
  }
  const { oldNumber, name, birth, sex, address, issued } = parts
  const text = [parts.number, oldNumber, name, birth, sex, address, issued].join('|')
  const needed = ['number', 'name', 'birth', 'sex', 'address', 'issued'] as const
  return ok({ text, lacking: needed.filter((part) => parts[part] === '') })
}

/** The text at a place, '' where there is none. The separator of a card's fields becomes a space. */
function valueAt(json: object, place: string): string {
  let here: unknown = json
  for (const name of place.split('.')) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return ''
    here = Reflect.get(here, name)
  }
  if (typeof here === 'number') return Number.isFinite(here) ? String(here) : ''
  if (typeof here !== 'string' || here.length > BRIDGE_LIMITS.VALUE_LENGTH) return ''
  return here
    .toWellFormed()
    .normalize('NFC')
    .replace(/[|\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** A date as the card's QR code writes it, ddMMyyyy, or the year alone; '' for anything else. */
function digitsOf(text: string, dates: Dates): string {
  if (/^\d{4}$/.test(text)) return text
  // Some services add a time of day, which means nothing here.
  const day = text.replace(/[T ]\d{2}:\d{2}.*$/, '')
  switch (dates) {
    case 'dd/MM/yyyy':
      return /^\d{2}\/\d{2}\/\d{4}$/.test(day) ? day.replaceAll('/', '') : ''
    case 'dd-MM-yyyy':
      return /^\d{2}-\d{2}-\d{4}$/.test(day) ? day.replaceAll('-', '') : ''
    case 'ddMMyyyy':
      return /^\d{8}$/.test(day) ? day : ''
    case 'yyyy-MM-dd':
      return /^\d{4}-\d{2}-\d{2}$/.test(day) ? day.split('-').reverse().join('') : ''
    case 'yyyyMMdd':
      return day.replace(/^(\d{4})(\d{2})(\d{2})$|^.*$/s, '$3$2$1')
    default:
      return unreachable(dates)
  }
}

/** As the card says it. */
function sexOf(text: string): string {
  if (/^(?:nam|male|m)$/i.test(text)) return 'Nam'
  return /^(?:nữ|nu|female|f)$/i.test(text) ? 'Nữ' : ''
}
