import type { Result } from '../../../shared/domain/result.ts'
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
import { verifyActiveAuthentication } from './protocol/active-authentication.ts'
import { SW } from './protocol/apdu.ts'
import type { Certificate } from './protocol/certificate.ts'
import { chipAuthentication } from './protocol/chip-authentication.ts'
import { scalarRandomBytes } from './protocol/curves.ts'
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
import { openSecureChannel } from './protocol/secure-messaging.ts'
import { readDg14, type SecurityInfos } from './protocol/security-infos.ts'
import type { CardChannel } from './transport.ts'

/** `absent`: the card has no such file. `unreadable`: it is there and makes no sense here. */
export type GroupState = 'read' | FileOutcome['state']

/** `absent`: the card has no key for it. `refused`: it has one and does not use it. */
export type ChipProof = 'passed' | 'failed' | 'refused' | 'absent'

/** What a chip holds. Personal data throughout: for this session only, never stored, never logged. */
export interface ChipReading {
  readonly openedBy: OpenedBy
  /** DG1, check digits right. */
  readonly mrz: Mrz
  /** DG13; null where the card has none or hides it. Compare with `mrz` before use. */
  readonly details: Dg13 | null
  /** DG2; to be shown once to the officer. */
  readonly face: Face | null
  readonly groups: Readonly<Record<FileName, GroupState>>
  readonly authenticity: Authenticity
  /** Whether the chip is no copy, two ways; a card has one of them, or none. */
  readonly proofs: { readonly chip: ChipProof; readonly active: ChipProof }
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
  /** The signing authorities of the deployment. */
  readonly trusted: readonly Certificate[]
  /** ms since 1970 */
  readonly now: () => number
  readonly signal: AbortSignal
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
    const { timers, random, trusted, now, signal } = ports
    const began = timers.now()
    const talk = openConversation(channel, timers, signal)
    const openedBy = await openChip(talk, keys, random)
    const files = await openFiles(talk)

    const infos = await files.take('dg14', readDg14)
    const chip = ports.withoutChipAuthentication
      ? 'failed'
      : await proveByAgreement(talk, infos, random)
    const key = await files.take('dg15', readDg15)
    const active = key ? await proveBySignature(talk, key, infos, random) : 'absent'
    const mrz = await files.take('dg1', readDg1)
    if (!mrz) stop({ code: 'protocol', step: 'dg1', sw: null })
    const details = await files.take('dg13', readDg13)
    const face = await files.take('dg2', readDg2)
    const sod = await files.take('sod', (file) => file)

    const authenticity = authenticate(sod, files.dataGroups(), trusted, now())
    const { exchangeMs, commands } = talk.spent()
    const outsideMs = timers.now() - began - exchangeMs
    return {
      openedBy,
      mrz,
      details,
      face,
      groups: files.states(),
      authenticity,
      proofs: { chip, active },
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
  let listed: readonly number[] | null = null

  /** The file decoded; null where it is missing, or not what it should be. */
  async function take<T>(
    name: FileName,
    decode: (file: Uint8Array) => T | null,
  ): Promise<T | null> {
    const { id, tag } = FILES[name]
    const isGroup = name.startsWith('dg')
    if (isGroup && listed && !listed.includes(tag)) return null
    const file = await talk.readFile(id, tag)
    states[name] = file.state
    if (file.state !== 'read') return null
    // Its hash is compared even where its contents are not understood.
    if (isGroup) groups.set(id & 0xff, file.bytes)
    const value = decode(file.bytes)
    if (value === null) states[name] = 'unreadable'
    return value
  }

  listed = await take('com', readCom)
  return { take, states: () => states, dataGroups: () => groups }
}

/** Chip authentication: the channel goes on under keys that only the true chip can have. */
async function proveByAgreement(
  talk: Conversation,
  infos: SecurityInfos | null,
  random: Random,
): Promise<ChipProof> {
  const offers = infos?.chipAuthentication ?? []
  const offer = offers.find(({ cipher }) => cipher.name !== '3des') ?? offers[0]
  if (!offer) return 'absent'
  const { commands, keys } = chipAuthentication(offer, random(scalarRandomBytes(offer.key.curve)))
  for (const command of commands) {
    if ((await talk.send(command)).sw !== SW.OK) return 'refused'
  }
  talk.secure(openSecureChannel(keys))
  const next = await converse(() => talk.readFile(FILES.com.id, null))
  if (next.ok) return 'passed'
  return stop(
    next.error.code === 'protocol'
      ? { code: 'protocol', step: 'chip-authentication', sw: next.error.sw }
      : next.error,
  )
}

/** Active authentication: the chip signs a challenge of eight bytes. */
async function proveBySignature(
  talk: Conversation,
  key: NonNullable<ReturnType<typeof readDg15>>,
  infos: SecurityInfos | null,
  random: Random,
): Promise<ChipProof> {
  const challenge = random(8)
  const command = { cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le: 256 }
  const { data, sw } = await talk.send(command)
  if (sw !== SW.OK) return 'refused'
  const hash = infos?.activeAuthenticationHash ?? null
  return verifyActiveAuthentication(key, challenge, data, hash) ? 'passed' : 'failed'
}
