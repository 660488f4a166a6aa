import { createHash } from 'node:crypto'
import type {
  PortalAdapter,
  Receipt,
  SendOutcome,
  StatusOutcome,
} from '../../../electron/portal/index.ts'
import { nobody } from '../kiosk.ts'
import type { Random } from '../random.ts'
import { createSimulatedUploads } from './uploads.ts'

/** How bad the network and the portal are, each in [0, 1]. */
export type Climate = {
  readonly unreached: number
  readonly dropBefore: number
  readonly dropAfter: number
  readonly errorBefore: number
  readonly errorAfter: number
  readonly loginPage: number
  readonly cutReceipt: number
  readonly processing: number
  readonly busy: number
  /** Answers that take longer than the kiosk may live. */
  readonly slow: number
  readonly healthLost: number
  /** Papers that are lost at the portal before their filing comes. */
  readonly paperLost: number
}

type Hooks = {
  readonly random: Random
  readonly clock: { now(): number }
  /** The simulated network's timers: they outlive the kiosk. */
  readonly after: (delayMs: number, run: () => void) => void
  /** A dossier has come into being. */
  readonly onDossier: (clientRef: string) => void
  readonly onViolation: (sentence: string) => void
}

/** How many dossiers one reference may get before something is wrong. */
type Kept = { readonly sha256: string; readonly receipt: Receipt; dossiers: number }

/**
 * A portal in memory that fails by lot. It outlives the kiosks that talk to it; each kiosk gets
 * a `connection` of its own, which falls silent when that kiosk dies.
 */
export function createSimulatedPortal(climate: Climate, replaySafe: boolean, hooks: Hooks) {
  const { random, clock, after, onDossier, onViolation } = hooks
  const kept = new Map<string, Kept>()
  const uploads = createSimulatedUploads(onViolation)
  let fair = false

  const lot = (of: keyof Climate): boolean => !fair && random.chance(climate[of])

  function take(clientRef: string, bytes: Uint8Array): Receipt {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const known = kept.get(clientRef)
    if (known !== undefined) {
      if (known.sha256 !== sha256) onViolation(`I2: ${clientRef} came again with other bytes`)
      // A portal without replay makes another dossier of it.
      if (!replaySafe) known.dossiers += 1
      if (known.dossiers > 1) onViolation(`I2: ${clientRef} is a dossier twice`)
      return known.receipt
    }
    const receipt: Receipt = {
      clientRef,
      dossierCode: `H19.99-20261121-${String(kept.size + 1).padStart(7, '0')}`,
      receivedAt: new Date(clock.now()).toISOString(),
      bodySha256: sha256,
      attachments: [...uploads.listed(bytes)],
      keyId: 'simulated',
      signature: Buffer.alloc(64).toString('base64'),
    }
    kept.set(clientRef, { sha256, receipt, dossiers: 1 })
    onDossier(clientRef)
    return receipt
  }

  function answer(clientRef: string, bytes: Uint8Array): SendOutcome {
    if (lot('unreached')) return { kind: 'not-sent', cause: 'ECONNREFUSED' }
    if (lot('dropBefore')) return { kind: 'in-doubt', cause: 'ECONNRESET', answered: false }
    if (lot('loginPage')) return { kind: 'not-the-portal', cause: 'no-marker-200' }
    if (lot('busy')) return { kind: 'wait', ms: random.between(1000, 3_600_000), scope: 'portal' }
    if (lot('errorBefore')) return { kind: 'in-doubt', cause: 'http-500', answered: true }
    const known = kept.has(clientRef)
    if (!known) {
      const papers = uploads.listed(bytes)
      if (papers.length > 0 && lot('paperLost')) uploads.lose(clientRef, papers)
      const attachments = uploads.missing(clientRef, papers)
      if (attachments.length > 0) {
        return { kind: 'refused', problem: 'attachment-mismatch', errors: [], attachments }
      }
    }
    const receipt = take(clientRef, bytes)
    if (lot('dropAfter')) return { kind: 'in-doubt', cause: 'ECONNRESET', answered: false }
    if (lot('errorAfter')) return { kind: 'in-doubt', cause: 'http-500', answered: true }
    if (lot('cutReceipt')) return { kind: 'in-doubt', cause: 'garbled-json', answered: true }
    if (replaySafe && lot('processing')) return { kind: 'wait', ms: 5000, scope: 'filing' }
    return { kind: 'accepted', receipt, replayed: known }
  }

  function statusOf(clientRef: string): StatusOutcome {
    if (lot('dropBefore')) return { kind: 'unknown', cause: 'ECONNRESET' }
    const found = kept.get(clientRef)
    return found === undefined ? { kind: 'absent' } : { kind: 'accepted', receipt: found.receipt }
  }

  /** An adapter for one life of the kiosk; after `alive` says no, nothing comes through it. */
  function connection(alive: () => boolean): PortalAdapter {
    const arrive = <T>(value: T): Promise<T> =>
      new Promise((resolve) => {
        const come = (): void => {
          if (alive()) resolve(value)
        }
        after(lot('slow') ? random.between(5000, 60_000) : random.between(1, 300), come)
      })
    return {
      ...nobody,
      capabilities: {
        ...nobody.capabilities,
        replaySafe,
        statusByRef: replaySafe,
        resumableUpload: true,
      },
      send: (clientRef, bytes) => arrive(answer(clientRef, bytes)),
      status: (clientRef) => arrive(statusOf(clientRef)),
      statusOf: (filings) =>
        arrive(new Map(filings.map(({ clientRef }) => [clientRef, statusOf(clientRef)]))),
      upload: (paper) => uploads.upload(paper, { bad: lot, arrive }),
      withdraw: () => arrive({ kind: 'unknown', cause: 'ECONNRESET' }),
      health: () =>
        lot('healthLost')
          ? arrive({ kind: 'away', cause: 'ECONNREFUSED' })
          : arrive({ kind: 'reachable' }),
    }
  }

  return {
    connection,
    /** From now on nothing fails. */
    clearUp: () => void (fair = true),
    has: (clientRef: string): boolean => kept.has(clientRef),
    dossiers: () => [...kept.values()].map(({ receipt }) => receipt),
  }
}
