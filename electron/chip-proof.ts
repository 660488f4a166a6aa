import type { IdCard } from '../shared/domain/id-card.ts'
import { unreachable } from '../shared/domain/result.ts'
import { fold } from '../shared/domain/vietnamese.ts'
import {
  keysFromQr,
  type CardReader,
  type CardReadProblem,
  type ChipReading,
} from './devices/card-readers/index.ts'
import type { ChipAnswer, ChipPort } from './session/index.ts'
import type { Timers } from './timers.ts'

/** A slow card takes some ten seconds; nobody is kept longer than this before a card. */
export const CHIP_PROOF_MS = 20_000

/**
 * The chip of a scanned card: read with keys made from the code that was scanned, and compared with
 * it. Of what it holds only the answer gets out of here; the face, and all that no form asks for,
 * is let go with the reading.
 */
export function createChipProof(reader: CardReader, timers: Timers): ChipPort {
  return {
    lies() {
      const { state } = reader.state()
      return state === 'card' || state === 'reading'
    },
    async read(card, signal) {
      const late = new AbortController()
      const cancel = timers.after(CHIP_PROOF_MS, () => late.abort())
      const keys = keysFromQr(card)
      const outcome =
        keys.length === 0 ? null : await reader.read(keys, AbortSignal.any([signal, late.signal]))
      cancel()
      if (outcome === null) return { state: 'not-read', why: 'unreadable' }
      return outcome.ok
        ? compare(card, outcome.value)
        : { state: 'not-read', why: whyNot(outcome.error) }
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
  const believed = verdict !== 'failed' && details?.number === card.number ? details : null
  const address = believed?.residence ?? null
  const oldNumber = /^\d{9}$/.exec(believed?.oldNumber ?? '')?.[0] ?? null
  // What a chip that can be read leaves out, nobody has compared.
  const silent =
    details !== null && (address === null || (card.oldNumber !== null && oldNumber === null))
  return {
    state: 'read',
    verdict: verdict === 'verified' && silent ? 'not-attempted' : verdict,
    name: believed?.name ?? null,
    address,
    oldNumber,
  }
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
