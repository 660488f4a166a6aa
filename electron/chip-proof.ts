import {
  unsaidPartSchema,
  type IdCard,
  type PartialDate,
  type Population,
  type UnsaidPart,
} from '../shared/domain/id-card.ts'
import { unreachable } from '../shared/domain/result.ts'
import { fold } from '../shared/domain/vietnamese.ts'
import type { AccessRefusal } from '../shared/contract/index.ts'
import {
  keyFromCan,
  keysFromQr,
  type AccessKey,
  type CardReader,
  type CardReadProblem,
  type ChipReading,
} from './devices/card-readers/index.ts'
import { parseCode } from './identity/index.ts'
import type { AccessAnswer, ChipAnswer, ChipPort } from './session/index.ts'
import type { Timers } from './timers.ts'

/** A slow card takes some ten seconds; nobody is kept longer than this before a card. */
export const CHIP_PROOF_MS = 20_000

/**
 * The chip of a scanned card: read with keys made from the code that was scanned, and compared with
 * it. Of what it holds only the answer gets out of here; all that no form asks for is let go with
 * the reading.
 */
export function createChipProof(reader: CardReader, timers: Timers): ChipPort {
  async function readInTime(keys: readonly AccessKey[], signal: AbortSignal) {
    const late = new AbortController()
    const cancel = timers.after(CHIP_PROOF_MS, () => late.abort())
    const outcome = await reader.read(keys, AbortSignal.any([signal, late.signal]))
    cancel()
    return outcome
  }

  return {
    lies() {
      const { state } = reader.state()
      return state === 'card' || state === 'reading'
    },
    async read(card, signal) {
      const outcome = await readInTime(keysFromQr(card), signal)
      return outcome.ok
        ? compare(card, outcome.value)
        : { state: 'not-read', why: whyNot(outcome.error) }
    },
    async open(digits, card, signal) {
      const key = keyFromCan(digits)
      if (key === null) return { state: 'refused', why: 'wrong' }
      const outcome = await readInTime([key], signal)
      if (!outcome.ok) return { state: 'refused', why: whyShut(outcome.error) }
      if (card === null) return holderOf(outcome.value)
      const answer = compare(card, outcome.value)
      return answer.state === 'not-read' ? { state: 'refused', why: 'unreadable' } : answer
    },
  }
}

/** Whether the chip is the scanned card's own, and what it adds. */
export function compare(card: IdCard, reading: ChipReading): ChipAnswer {
  const { mrz, details, authenticity } = reading
  const same =
    mrz.documentNumber === card.number.slice(3) &&
    [mrz.optional, details?.number ?? ''].every((number) => ['', card.number].includes(number)) &&
    (mrz.sex === 'unspecified' || mrz.sex === card.sex) &&
    (details?.sex ?? card.sex) === card.sex &&
    bearsBirth(card, reading) &&
    bearsName(card, reading)
  if (!same) return { state: 'differs' }
  const { verdict } = authenticity
  // A chip that hides its details, or does not say whose they are, has said its zone alone.
  const believed = verdict !== 'failed' && details?.number === card.number ? details : null
  const { name = null, residence: address = null } = believed ?? {}
  const population = believed && populationOf(believed)
  const oldNumber = population?.oldNumber ?? null
  const said: Readonly<Record<UnsaidPart, boolean>> = {
    name: name !== null,
    address: address !== null,
    oldNumber: card.oldNumber === null || oldNumber !== null,
    issued: (['year', 'month', 'day'] as const).every(
      (part) => card.issued[part] === believed?.issued?.[part],
    ),
  }
  return {
    state: 'read',
    verdict,
    name,
    address,
    oldNumber,
    unsaid: unsaidPartSchema.options.filter((part) => !said[part]),
    population,
  }
}

/**
 * Whose card it is by the chip alone: by its signed details, which must fit its zone. Judged by the
 * one parser of cards, as if the code on the card had said it.
 */
function holderOf(reading: ChipReading): AccessAnswer {
  const { details, authenticity } = reading
  if (authenticity.verdict === 'failed') return { state: 'refused', why: 'failed' }
  if (details === null) return { state: 'refused', why: 'hidden' }
  const { number, name, birth, sex, residence, issued, oldNumber } = details
  const fields = [
    number,
    /^\d{9}$/.exec(oldNumber ?? '')?.[0],
    name,
    birth && digitsOf(birth),
    sex && (sex === 'male' ? 'Nam' : 'Nữ'),
    residence,
    issued && digitsOf(issued),
  ]
  const code = parseCode(fields.map((field) => (field ?? '').replaceAll('|', ' ')).join('|'))
  if (code.kind !== 'id-card') return { state: 'refused', why: 'hidden' }
  const answer = compare(code.card, reading)
  if (answer.state !== 'read') return { state: 'refused', why: 'failed' }
  const { verdict, population } = answer
  return { state: 'holder', card: code.card, verdict, population }
}

/** A date as the card's code writes it: ddMMyyyy, MMyyyy or yyyy. */
function digitsOf({ year, month, day }: PartialDate): string {
  const two = (part: number | undefined) =>
    part === undefined ? '' : String(part).padStart(2, '0')
  return two(day) + two(month) + String(year)
}

/** What the forms may ask for; the rest of the details goes no further. */
function populationOf(details: NonNullable<ChipReading['details']>): Population {
  const { ethnicity, origin, father, mother, spouse } = details
  const oldNumber = /^\d{9}$/.exec(details.oldNumber ?? '')?.[0] ?? null
  return { ethnicity, origin, father, mother, spouse, oldNumber }
}

/** Parts of a date that are not known say nothing. */
function bearsBirth({ birth }: IdCard, { mrz, details }: ChipReading): boolean {
  return (['year', 'month', 'day'] as const).every((part, at) => {
    const [ours, theirs] = [birth[part], details?.birth?.[part]]
    const zone = mrz.birth.slice(2 * at, 2 * at + 2)
    if (ours === undefined) return true
    return (
      (theirs === undefined || theirs === ours) &&
      (zone.includes('<') || Number(zone) === ours % 100)
    )
  })
}

/** Letters of the third line of a zone; a name that fills it may have been cut. */
const ZONE_NAME_MAX = 28

/** A name of which the scanner has lost letters says nothing. */
function bearsName(card: IdCard, { mrz, details }: ChipReading): boolean {
  if (card.unsure?.includes('name')) return true
  const name = details?.name ?? null
  if (name !== null) return lettersOf(name) === lettersOf(card.name)
  const zone = `${mrz.surname} ${mrz.givenNames}`
  return zone.length >= ZONE_NAME_MAX || lettersOf(zone) === lettersOf(card.name)
}

const lettersOf = (name: string) => fold(name).replace(/[^a-z]/g, '')

function whyShut(problem: CardReadProblem): AccessRefusal {
  switch (problem.code) {
    case 'wrong-key':
      return 'wrong'
    case 'needs-mrz':
    case 'unsupported':
      return 'no-number'
    case 'blocked':
      return 'blocked'
    case 'card-removed':
    case 'not-ready':
      return 'removed'
    case 'not-an-id-card':
      return 'no-id-card'
    case 'timeout':
    case 'cancelled':
    case 'protocol':
    case 'busy':
    case 'in-use':
    case 'mute':
      return 'unreadable'
    default:
      return unreachable(problem)
  }
}

function whyNot(problem: CardReadProblem): Extract<ChipAnswer, { state: 'not-read' }>['why'] {
  switch (problem.code) {
    case 'card-removed':
    case 'not-ready':
      return 'removed'
    case 'wrong-key':
      return 'other-card'
    case 'not-an-id-card':
      return 'no-id-card'
    case 'needs-mrz':
    case 'unsupported':
    case 'blocked':
    case 'timeout':
    case 'cancelled':
    case 'protocol':
    case 'busy':
    case 'in-use':
    case 'mute':
      return 'unreadable'
    default:
      return unreachable(problem)
  }
}
