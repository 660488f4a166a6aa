import type { CardReaderState } from '../../../shared/contract/devices.ts'
import { err, unreachable, type Result } from '../../../shared/domain/result.ts'
import type { Timers } from '../../timers.ts'
import type { Random } from './chip-access.ts'
import type { ChipProblem } from './conversation.ts'
import type { AccessKey } from './protocol/pace.ts'
import type { Revocation, Trust } from './protocol/revocation-list.ts'
import { readChip, type ChipReading, type ReadChipPorts } from './read-chip.ts'
import type { CardTransport, ConnectProblem, Presence } from './transport.ts'

/** Why a reading gave nothing: what the chip did, or what kept the reader from asking it. */
export type CardReadProblem =
  | ChipProblem
  /** No card lies on it, or the reader cannot work at all. */
  | { readonly code: 'not-ready'; readonly state: Exclude<CardReaderState['state'], 'reading'> }
  /** A reading is under way. */
  | { readonly code: 'busy' }
  /** Another program holds the card. */
  | { readonly code: 'in-use' }
  /** The card does not answer at all: laid badly, two on top of each other, or broken. */
  | { readonly code: 'mute' }

/** A reader of ID card chips that is looked after. */
export interface CardReader {
  state(): CardReaderState
  /** Called after every change of state; returns how to stop. */
  subscribe(listener: (state: CardReaderState) => void): () => void
  /**
   * Reads the card that lies on it with the first of the keys that opens it; a few seconds. The
   * signal ends it at the next answer. `face`: the holder's picture is wanted too.
   */
  read(
    keys: readonly AccessKey[],
    signal: AbortSignal,
    face?: 'face',
  ): Promise<Result<ChipReading, CardReadProblem>>
  close(): Promise<void>
}

export interface CardReaderOptions {
  /** Null: the profile names no reader. */
  readonly transport: CardTransport | null
  /** Whom the deployment believes; asked for at each reading. */
  readonly trust: () => Promise<Trust>
  readonly timers: Timers
  readonly random: Random
  /** ms since 1970, for the validity of certificates. */
  readonly now: () => number
  /** Lines for the technician. They never carry what was read. */
  readonly log: (line: string) => void
}

/** Starts to watch the reader at once. */
export function createCardReader(options: CardReaderOptions): CardReader {
  const { transport, trust, timers, random, now, log } = options
  const listeners = new Set<(state: CardReaderState) => void>()
  let presence: Presence = { state: 'no-service' }
  let reading = false
  let revocation: Revocation = 'not-checked'
  let state: CardReaderState = { state: transport ? 'no-service' : 'not-configured' }

  function settle() {
    const next: CardReaderState = reading ? { state: 'reading' } : { state: stateOf(presence) }
    if (next.state === state.state) return
    state = next
    log(`card reader: ${state.state}`)
    for (const listener of listeners) listener(state)
  }

  /** Said once, and again when it has changed: who keeps the trust store is to bring a list. */
  function noteRevocation(found: Revocation) {
    if (found === 'not-checked' || found === revocation) return
    revocation = found
    if (found === 'no-list')
      log('card reader: no revocation list of the authority that signs cards')
    if (found === 'outdated') log('card reader: the revocation list is out of date')
  }

  transport?.watch((seen) => {
    presence = seen
    settle()
  })

  async function attempt(
    from: CardTransport,
    keys: readonly AccessKey[],
    how: Pick<ReadChipPorts, 'signal' | 'face' | 'withoutChipAuthentication'>,
  ): Promise<Result<ChipReading, CardReadProblem>> {
    const [connected, believed] = await Promise.all([from.connect(), trust()])
    if (!connected.ok) return err(problemOf(connected.error))
    const channel = connected.value
    try {
      return await readChip(channel, keys, { timers, random, trust: believed, now, ...how })
    } finally {
      await channel.close()
    }
  }

  async function readTwice(
    from: CardTransport,
    keys: readonly AccessKey[],
    how: Pick<ReadChipPorts, 'signal' | 'face'>,
  ): Promise<Result<ChipReading, CardReadProblem>> {
    const first = await attempt(from, keys, { ...how, withoutChipAuthentication: false })
    if (first.ok || first.error.code !== 'protocol') return first
    // A disturbed field loses the protected channel; the chip's proof may break it, too.
    const { step } = first.error
    if (step !== 'secure-messaging' && step !== 'chip-authentication') return first
    const withoutChipAuthentication = step === 'chip-authentication'
    return attempt(from, keys, { ...how, withoutChipAuthentication })
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async read(keys, signal, face) {
      if (reading) return err({ code: 'busy' })
      const before = transport ? stateOf(presence) : 'not-configured'
      if (!transport || before !== 'card') return err({ code: 'not-ready', state: before })
      reading = true
      settle()
      const began = timers.now()
      try {
        const outcome = await readTwice(transport, keys, { signal, face: face === 'face' })
        const ms = Math.round(timers.now() - began)
        if (outcome.ok) noteRevocation(outcome.value.authenticity.revocation)
        log(`card reader: ${outcome.ok ? 'read' : describe(outcome.error)} after ${ms} ms`)
        return outcome
      } finally {
        reading = false
        settle()
      }
    },
    async close() {
      listeners.clear()
      await transport?.close()
    },
  }
}

function stateOf({ state }: Presence): Exclude<CardReaderState['state'], 'reading'> {
  return state === 'empty' ? 'ready' : state
}

function problemOf(problem: ConnectProblem): CardReadProblem {
  switch (problem) {
    case 'no-card':
      return { code: 'card-removed' }
    case 'in-use':
      return { code: 'in-use' }
    case 'mute':
      return { code: 'mute' }
    case 'timeout':
      return { code: 'timeout' }
    case 'failed':
      return { code: 'protocol', step: 'answer', sw: null }
    default:
      return unreachable(problem)
  }
}

/** Without anything of the card: its codes alone. */
function describe(problem: CardReadProblem): string {
  if (problem.code !== 'protocol') return problem.code
  return `protocol ${problem.step} ${problem.sw?.toString(16) ?? ''}`.trimEnd()
}
