import { fold } from '../../../shared/domain/vietnamese.ts'
import { checkDigit, type MrzKey } from '../../devices/card-readers/protocol/index.ts'

/** An invented person as an ID card's chip knows them. The number ends in 000000. */
export interface Holder {
  readonly number: string
  readonly name: string
  /** ISO dates. */
  readonly birth: string
  readonly issued: string
  /** Null: the card never ends. */
  readonly expiry: string | null
  readonly sex: 'male' | 'female'
  readonly ethnicity: string
  readonly religion: string
  readonly origin: string
  readonly residence: string
  readonly father: string
  readonly mother: string
}

/** What the printed zone of the holder's card opens the chip with. */
export function zoneKey({ number, birth, expiry }: Holder): MrzKey {
  return {
    documentNumber: number.slice(3),
    birth: short(birth),
    expiry: expiry === null ? '991231' : short(expiry),
  }
}

/** The access number that this deployment of invented cards uses: the last six digits. */
export function accessNumber({ number }: Holder): string {
  return number.slice(6)
}

/** yyMMdd */
const short = (iso: string) => iso.slice(2).replaceAll('-', '')

/** Three lines of thirty, as TD1 of ICAO 9303-5 has them. */
export function zoneOf(holder: Holder): string {
  const { documentNumber, birth, expiry } = zoneKey(holder)
  const withDigit = (field: string) => field + checkDigit(field)
  const first = `IDVNM${withDigit(documentNumber)}${holder.number}`.padEnd(30, '<')
  const sex = holder.sex === 'male' ? 'M' : 'F'
  const second = `${withDigit(birth)}${sex}${withDigit(expiry)}VNM`.padEnd(29, '<')
  const composite = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29)
  const [surname = '', ...given] = latin(holder.name).split(' ')
  const third = `${surname}<<${given.join('<')}`.slice(0, 30).padEnd(30, '<')
  return [first, second + checkDigit(composite), third].join('\n')
}

/** Without tone marks, in capitals. */
function latin(name: string): string {
  return fold(name)
    .toUpperCase()
    .replace(/[^A-Z ]/g, '')
}
