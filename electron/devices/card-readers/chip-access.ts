import { stop, type Conversation } from './conversation.ts'
import { SW } from './protocol/apdu.ts'
import { startBac } from './protocol/bac.ts'
import { scalarRandomBytes } from './protocol/curves.ts'
import { APPLICATION, CARD_ACCESS_ID } from './protocol/data-groups.ts'
import { DER, oidBytes } from './protocol/der.ts'
import { passwordReference, startPace, type AccessKey } from './protocol/pace.ts'
import { openSecureChannel } from './protocol/secure-messaging.ts'
import { readSecurityInfos, type PaceOffer } from './protocol/security-infos.ts'
import { decoded, find, only, readAll, tlv } from './protocol/tlv.ts'

/** How the chip was opened. */
export type OpenedBy = 'pace-can' | 'pace-mrz' | 'bac'

/** Random bytes from the machine. */
export type Random = (bytes: number) => Uint8Array

const MASTER_FILE = Buffer.from([0x3f, 0x00])

/**
 * Opens the chip with the first key that fits: PACE where EF.CardAccess offers it, else BAC. The
 * application is selected afterwards.
 */
export async function openChip(
  talk: Conversation,
  keys: readonly AccessKey[],
  random: Random,
): Promise<OpenedBy> {
  const { offer, isUnknown } = await findOffer(talk)
  if (offer) {
    const opened = await openByPace(talk, offer, keys, random)
    if (opened === 'wrong-key') stop({ code: 'wrong-key' })
    if (opened !== 'refused') {
      const sw = await selectApplication(talk)
      if (sw !== SW.OK) stop({ code: 'protocol', step: 'application', sw })
      return opened
    }
  }
  // Not here: any card that is none of ours, whatever status word it says that with.
  if ((await selectApplication(talk)) !== SW.OK) stop({ code: 'not-an-id-card' })
  return openByBac(talk, keys, random, isUnknown)
}

async function selectApplication(talk: Conversation): Promise<number> {
  const command = { cla: 0, ins: 0xa4, p1: 4, p2: 0x0c, data: APPLICATION }
  return (await talk.send(command)).sw
}

/**
 * The PACE that both sides speak, AES before 3DES; null where the chip offers none. `isUnknown`: it
 * offers only others, as integrated mapping.
 */
async function findOffer(
  talk: Conversation,
): Promise<{ offer: PaceOffer | null; isUnknown: boolean }> {
  let file = await talk.readFile(CARD_ACCESS_ID, DER.SET)
  if (file.state !== 'read') {
    // Some chips want the master file first, others know no such command: no matter what it says.
    await talk.send({ cla: 0, ins: 0xa4, p1: 0, p2: 0x0c, data: MASTER_FILE })
    file = await talk.readFile(CARD_ACCESS_ID, DER.SET)
  }
  const infos = file.state === 'read' ? readSecurityInfos(file.bytes) : null
  const offers = infos?.pace ?? []
  const offer = offers.find(({ cipher }) => cipher.name !== '3des') ?? offers[0] ?? null
  return { offer, isUnknown: offer === null && (infos?.offersPace ?? false) }
}

/** `refused`: this chip does not go through with it; BAC may open it. */
async function openByPace(
  talk: Conversation,
  offer: PaceOffer,
  keys: readonly AccessKey[],
  random: Random,
): Promise<Exclude<OpenedBy, 'bac'> | 'wrong-key' | 'refused'> {
  for (const access of keys) {
    const outcome = await tryPace(talk, offer, access, random, keys.length > 1)
    if (outcome === 'refused') return 'refused'
    if (outcome === 'opened') return access.kind === 'can' ? 'pace-can' : 'pace-mrz'
  }
  return 'wrong-key'
}

async function tryPace(
  talk: Conversation,
  offer: PaceOffer,
  access: AccessKey,
  random: Random,
  isGuess: boolean,
): Promise<'opened' | 'wrong-key' | 'refused'> {
  const set = await talk.send({
    cla: 0,
    ins: 0x22,
    p1: 0xc1,
    p2: 0xa4,
    data: Buffer.concat([
      tlv(0x80, oidBytes(offer.oid)),
      tlv(0x83, Uint8Array.of(passwordReference[access.kind])),
      tlv(0x84, Uint8Array.of(offer.parameterId)),
    ]),
  })
  if (set.sw === SW.BLOCKED) stop({ code: 'blocked' })
  // The last try is not for guessing: it is left to whoever knows the key.
  if (set.sw === SW.LAST_TRY && isGuess) return 'wrong-key'
  // 63Cx: the chip counts tries and still takes one.
  if (set.sw !== SW.OK && set.sw >> 4 !== 0x63c) return 'refused'

  const pace = startPace(offer, access, {
    mapping: random(scalarRandomBytes(offer.curve)),
    agreement: random(scalarRandomBytes(offer.curve)),
  })
  const nonce = await authenticate(talk, null, 0x80)
  const mapping = nonce && pace.mapping(nonce)
  const chipMapping = mapping && (await authenticate(talk, tlv(0x81, mapping), 0x82))
  const agreement = chipMapping && pace.agreement(chipMapping)
  const chipAgreement = agreement && (await authenticate(talk, tlv(0x83, agreement), 0x84))
  const token = chipAgreement && pace.token(chipAgreement)
  if (!token) return 'refused'
  const last = await authenticateLast(talk, tlv(0x85, token))
  if (last === 'wrong-key') return last
  const session = last && pace.finish(last)
  if (!session) stop({ code: 'protocol', step: 'pace', sw: null })
  talk.secure(openSecureChannel(session))
  return 'opened'
}

/** One step in the chain of GENERAL AUTHENTICATE; null where the chip does not go along. */
async function authenticate(
  talk: Conversation,
  object: Uint8Array | null,
  wanted: number,
): Promise<Uint8Array | null> {
  const data = tlv(0x7c, ...(object ? [object] : []))
  const { data: answer, sw } = await talk.send({
    cla: 0x10,
    ins: 0x86,
    p1: 0,
    p2: 0,
    data,
    le: 256,
  })
  return sw === SW.OK ? dynamicData(answer, wanted) : null
}

async function authenticateLast(
  talk: Conversation,
  object: Uint8Array,
): Promise<Uint8Array | 'wrong-key' | null> {
  const data = tlv(0x7c, object)
  const { data: answer, sw } = await talk.send({ cla: 0, ins: 0x86, p1: 0, p2: 0, data, le: 256 })
  if (sw === SW.BLOCKED) stop({ code: 'blocked' })
  if (sw === SW.OK) return dynamicData(answer, 0x86)
  return sw >> 8 === 0x63 ? 'wrong-key' : null
}

function dynamicData(answer: Uint8Array, wanted: number): Uint8Array | null {
  return decoded(() => find(readAll(only(answer, 0x7c)), wanted)?.value ?? null)
}

async function openByBac(
  talk: Conversation,
  keys: readonly AccessKey[],
  random: Random,
  isUnknownOtherwise: boolean,
): Promise<'bac'> {
  const zones = keys.filter((key) => key.kind === 'mrz')
  if (zones.length === 0) stop({ code: 'needs-mrz' })
  for (const [turn, zone] of zones.entries()) {
    // A chip that has refused a key wants its application selected anew.
    if (turn > 0) await selectApplication(talk)
    const challenge = await talk.send({ cla: 0, ins: 0x84, p1: 0, p2: 0, le: 8 })
    if (challenge.sw !== SW.OK && isUnknownOtherwise) stop({ code: 'unsupported' })
    if (challenge.sw !== SW.OK || challenge.data.length !== 8) {
      stop({ code: 'protocol', step: 'bac', sw: challenge.sw })
    }
    const bac = startBac(zone, { nonce: random(8), key: random(16) })
    const data = bac.request(challenge.data)
    const answer = await talk.send({ cla: 0, ins: 0x82, p1: 0, p2: 0, data, le: 40 })
    if (answer.sw === SW.BLOCKED) stop({ code: 'blocked' })
    if (answer.sw !== SW.OK) continue
    const session = bac.finish(answer.data)
    if (!session) stop({ code: 'protocol', step: 'bac', sw: answer.sw })
    talk.secure(openSecureChannel(session.keys, session.counter))
    return 'bac'
  }
  return stop({ code: 'wrong-key' })
}
