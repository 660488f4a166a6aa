import { converse, stop, type Conversation } from './conversation.ts'
import { verifyActiveAuthentication } from './protocol/active-authentication.ts'
import { SW } from './protocol/apdu.ts'
import { chipAuthentication } from './protocol/chip-authentication.ts'
import { scalarRandomBytes } from './protocol/curves.ts'
import { FILES } from './protocol/data-groups.ts'
import type { Authenticity } from './protocol/passive-authentication.ts'
import type { PublicKey } from './protocol/public-key.ts'
import { openSecureChannel } from './protocol/secure-messaging.ts'
import type { SecurityInfos } from './protocol/security-infos.ts'
import type { Random } from './chip-access.ts'

/**
 * `absent`: the card has no key for it. `refused`: it has one and does not use it. `not-tried`: it
 * is signed that there is a key, and the chip does not give it, or it is of a kind unknown here.
 */
export type ChipProof = 'passed' | 'failed' | 'refused' | 'not-tried' | 'absent'

/** Whether the chip is no copy, two ways; a card has one of them, both, or none. */
export interface ChipProofs {
  readonly chip: ChipProof
  readonly active: ChipProof
}

/**
 * What the signature is worth once the chip had to prove that it is no copy. Whatever is signed can
 * be copied: a card that has a key for the proof is authentic only where it has used it.
 */
export function judgeProofs(authenticity: Authenticity, proofs: ChipProofs): Authenticity {
  if (authenticity.verdict === 'failed') return authenticity
  if (proofs.active === 'failed') return { ...authenticity, verdict: 'failed', reason: 'copy' }
  const all = [proofs.chip, proofs.active]
  if (authenticity.verdict === 'not-attempted') return authenticity
  if (all.includes('passed') || all.every((proof) => proof === 'absent')) return authenticity
  return { ...authenticity, verdict: 'not-attempted', reason: 'copy-not-excluded' }
}

/**
 * Chip authentication: the channel goes on under keys that only the true chip can have. `signed`:
 * whether DG14 is among the signed groups.
 */
export async function proveByAgreement(
  talk: Conversation,
  infos: SecurityInfos | null,
  signed: boolean,
  random: Random,
): Promise<ChipProof> {
  const offers = infos?.chipAuthentication ?? []
  const offer = offers.find(({ cipher }) => cipher.name !== '3des') ?? offers[0]
  if (!offer) return (infos?.offersChipAuthentication ?? signed) ? 'not-tried' : 'absent'
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

/**
 * Active authentication: the chip signs a challenge of eight bytes. `signed`: whether DG15 is among
 * the signed groups.
 */
export async function proveBySignature(
  talk: Conversation,
  key: PublicKey | null,
  infos: SecurityInfos | null,
  signed: boolean,
  random: Random,
): Promise<ChipProof> {
  if (!key) return signed ? 'not-tried' : 'absent'
  const challenge = random(8)
  const command = { cla: 0, ins: 0x88, p1: 0, p2: 0, data: challenge, le: 256 }
  const { data, sw } = await talk.send(command)
  if (sw !== SW.OK) return 'refused'
  const hash = infos?.activeAuthenticationHash ?? null
  return verifyActiveAuthentication(key, challenge, data, hash) ? 'passed' : 'failed'
}
