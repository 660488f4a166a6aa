import type { Result } from '../../../shared/domain/result.ts'
import { judgeProofs, proveByAgreement, proveBySignature, type ChipProofs } from './chip-proofs.ts'
import { openChip, type OpenedBy, type Random } from './chip-access.ts'
import {
  converse,
  openConversation,
  stop,
  type ChipProblem,
  type Conversation,
  type FileOutcome,
} from './conversation.ts'
import type { Timers } from '../../timers.ts'
import {
  FILES,
  readCom,
  readDg1,
  readDg13,
  readDg15,
  readDg2,
  type Dg13,
  type Face,
  type FileName,
} from './protocol/data-groups.ts'
import type { Mrz } from './protocol/mrz.ts'
import type { AccessKey } from './protocol/pace.ts'
import { authenticate, type Authenticity } from './protocol/passive-authentication.ts'
import type { Trust } from './protocol/revocation-list.ts'
import { readDg14 } from './protocol/security-infos.ts'
import { readSod } from './protocol/sod.ts'
import type { CardChannel } from './transport.ts'

/**
 * `absent`: the card has no such file. `unreadable`: it is there and makes no sense here.
 * `not-asked`: nobody wanted it.
 */
export type GroupState = 'read' | 'not-asked' | FileOutcome['state']

/** What a chip holds. Personal data throughout: for this session only, never stored, never logged. */
export interface ChipReading {
  readonly openedBy: OpenedBy
  /** DG1, check digits right. */
  readonly mrz: Mrz
  /** DG13; null where the card has none or hides it. Compare with `mrz` before use. */
  readonly details: Dg13 | null
  /** DG2, where it was asked for; to be shown once to the officer. */
  readonly face: Face | null
  readonly groups: Readonly<Record<FileName, GroupState>>
  /** With regard to the proofs. */
  readonly authenticity: Authenticity
  readonly proofs: ChipProofs
  /** ms: in the card and on the way to it, and outside of that. */
  readonly spent: {
    readonly exchangeMs: number
    readonly outsideMs: number
    readonly commands: number
  }
}

/** What a reading needs besides the card. */
export interface ReadChipPorts {
  readonly timers: Timers
  readonly random: Random
  /** Whom the deployment believes. */
  readonly trust: Trust
  /** ms since 1970 */
  readonly now: () => number
  readonly signal: AbortSignal
  /** Whether the holder's picture is wanted. */
  readonly face: boolean
  /** Left out after a card whose chip authentication broke the channel. */
  readonly withoutChipAuthentication: boolean
}

/** Reads an ID card's chip with the first of the keys that opens it. */
export function readChip(
  channel: CardChannel,
  keys: readonly AccessKey[],
  ports: ReadChipPorts,
): Promise<Result<ChipReading, ChipProblem>> {
  return converse(async () => {
    const { timers, random, trust, now, signal } = ports
    const began = timers.now()
    const talk = openConversation(channel, timers, signal)
    const openedBy = await openChip(talk, keys, random)
    const files = await openFiles(talk)

    const infos = await files.take('dg14', readDg14)
    const chip = ports.withoutChipAuthentication
      ? 'failed'
      : await proveByAgreement(talk, infos, files.isSigned('dg14'), random)
    const key = await files.take('dg15', readDg15)
    const active = await proveBySignature(talk, key, infos, files.isSigned('dg15'), random)
    const mrz = await files.take('dg1', readDg1)
    if (!mrz) stop({ code: 'protocol', step: 'dg1', sw: null })
    const details = await files.take('dg13', readDg13)
    const face = ports.face ? await files.take('dg2', readDg2) : files.leave('dg2')

    const proofs = { chip, active }
    const signature = authenticate(files.sod, files.dataGroups(), trust, now())
    const authenticity = judgeProofs(signature, proofs)
    const { exchangeMs, commands } = talk.spent()
    const outsideMs = timers.now() - began - exchangeMs
    return {
      openedBy,
      mrz,
      details,
      face,
      groups: files.states(),
      authenticity,
      proofs,
      spent: { exchangeMs, outsideMs, commands },
    }
  })
}

/** Reads files one by one and keeps what became of each. */
async function openFiles(talk: Conversation) {
  const states: Record<FileName, GroupState> = {
    com: 'absent',
    dg1: 'absent',
    dg2: 'absent',
    dg13: 'absent',
    dg14: 'absent',
    dg15: 'absent',
    sod: 'absent',
  }
  const groups = new Map<number, Uint8Array>()
  const numberOf = (name: FileName) => FILES[name].id & 0xff

  let listed: readonly number[] | null = null
  let sod: Uint8Array | null = null
  let signed: ReadonlyMap<number, Uint8Array> = new Map()

  /** EF.COM is not signed: what a copy leaves out there is missed all the same. */
  const isSigned = (name: FileName) => signed.has(numberOf(name))

  /** The file decoded; null where it is missing, or not what it should be. */
  async function take<T>(
    name: FileName,
    decode: (file: Uint8Array) => T | null,
  ): Promise<T | null> {
    const { id, tag } = FILES[name]
    const isGroup = name.startsWith('dg')
    if (isGroup && listed && !listed.includes(tag) && !isSigned(name)) return null
    const file = await talk.readFile(id, tag)
    states[name] = file.state
    if (file.state !== 'read') return null
    // Its hash is compared even where its contents are not understood.
    if (isGroup) groups.set(numberOf(name), file.bytes)
    const value = decode(file.bytes)
    if (value === null) states[name] = 'unreadable'
    return value
  }

  listed = await take('com', readCom)
  sod = await take('sod', (file) => file)
  signed = (sod && readSod(sod)?.groupHashes) ?? new Map()
  /** Not read: seconds of the citizen's time, and nobody's business. */
  function leave(name: FileName): null {
    states[name] = 'not-asked'
    return null
  }

  return { take, leave, isSigned, sod, states: () => states, dataGroups: () => groups }
}
