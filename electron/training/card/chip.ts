import {
  APPLICATION,
  bacKeys,
  bacSession,
  CARD_ACCESS_ID,
  ciphers,
  decodeCommand,
  decoded,
  find,
  mapGenerator,
  oidBytes,
  only,
  pad,
  paceToken,
  passwordKey,
  pointOf,
  readAll,
  same,
  scalarOf,
  scalarRandomBytes,
  sharedX,
  SW,
  tlv,
  toBigInt,
  type AccessKey,
  type ChipAuthenticationOffer,
  type Command,
  type MrzKey,
  type PaceOffer,
  type Response,
} from '../../devices/card-readers/protocol/index.ts'
import { openCardSide, type CardSide } from './card-side.ts'

/** What is on an invented chip, and what it insists on. */
export interface ChipContents {
  /** The application's files by id. */
  readonly files: ReadonlyMap<number, Uint8Array>
  /** EF.CardAccess; null: the chip knows BAC only. */
  readonly cardAccess: Uint8Array | null
  readonly pace: readonly PaceOffer[]
  readonly zone: MrzKey
  readonly can: string
  /** A chip of PACE alone answers 6982 to the challenge of BAC. */
  readonly bac: boolean
  /** Wrong keys of PACE that it takes before it takes none; null: it does not count. */
  readonly tries: number | null
  /** Private key of chip authentication, with the offer that DG14 makes of it. */
  readonly agreement: { readonly offer: ChipAuthenticationOffer; readonly scalar: bigint } | null
  /** Signs the challenge of active authentication; null: 6D00. */
  readonly sign: ((challenge: Uint8Array) => Uint8Array) | null
  /** Ids of files that want terminal authentication. */
  readonly denied: readonly number[]
  /** Many cards know no SELECT of the master file. */
  readonly masterFile: boolean
}

/** A chip as bytes: a command in, an answer out. */
export interface Chip {
  answer(command: Uint8Array): Uint8Array
  /** Power goes off and on. */
  reset(): void
}

/** How far a run of PACE has come. */
interface PaceRun {
  readonly offer: PaceOffer
  readonly access: AccessKey
  nonce: bigint
  generator: ReturnType<typeof mapGenerator>
  ours: Uint8Array
  finish: ((token: Uint8Array) => Uint8Array | null) | null
}

const status = (sw: number): Response => ({ data: new Uint8Array(), sw })
const WRONG_LENGTH = 0x6700
const SM_WRONG = 0x6988
const CONDITIONS = 0x6985
const WRONG_DATA = 0x6a80
const UNKNOWN_INS = 0x6d00

/** An ID card's chip: BAC, PACE, secure messaging, chip and active authentication; short Le only. */
export function createChip(contents: ChipContents, random: (bytes: number) => Uint8Array): Chip {
  let side: CardSide | null = null
  let inApplication = false
  let file: Uint8Array | null = null
  let challenge: Uint8Array | null = null
  let pace: PaceRun | null = null
  let agreeing = false
  /** What goes into force after the answer that is under way. */
  let nextSide: CardSide | null = null
  let rest: Uint8Array = new Uint8Array()
  /** Not given back when the power goes. */
  let triesLeft = contents.tries ?? Number.POSITIVE_INFINITY

  function reset() {
    side = null
    nextSide = null
    inApplication = false
    file = null
    challenge = null
    pace = null
    agreeing = false
    rest = new Uint8Array()
  }

  function answer(bytes: Uint8Array): Uint8Array {
    const command = decodeCommand(bytes)
    if (!command) return encode(status(WRONG_LENGTH))
    if (command.ins === 0xc0) return encodeFirst(rest, SW.OK)
    const response = (command.cla & 0x0c) === 0x0c ? protectedAnswer(command) : plainAnswer(command)
    return encodeFirst(response.data, response.sw)
  }

  function plainAnswer(command: Command): Response {
    // A plain command ends the protected channel (ICAO 9303-11, 9.8.1).
    side = null
    const response = handle(command)
    enterNext()
    return response
  }

  function protectedAnswer(command: Command): Response {
    const inner = side?.unwrap(command) ?? null
    if (!side || !inner) {
      side = null
      return status(SM_WRONG)
    }
    const wrapped = side.wrap(handle(inner), inner.ins)
    enterNext()
    return wrapped
  }

  function enterNext() {
    if (nextSide) side = nextSide
    nextSide = null
  }

  /** What is longer than 256 bytes waits for GET RESPONSE. */
  function encodeFirst(data: Uint8Array, sw: number): Uint8Array {
    const now = data.subarray(0, 256)
    rest = data.subarray(256)
    const more = rest.length > 0 ? 0x6100 + Math.min(rest.length, 255) : sw
    return encode({ data: now, sw: more })
  }

  function handle(command: Command): Response {
    switch (command.ins) {
      case 0xa4:
        return select(command)
      case 0xb0:
        return readBinary(command)
      case 0xb1:
        return readFar(command)
      case 0x84:
        if (!inApplication || !contents.bac) return status(SW.SECURITY_NOT_SATISFIED)
        challenge = random(8)
        return { data: challenge, sw: SW.OK }
      case 0x82:
        return mutualAuthenticate(command)
      case 0x22:
        return manageSecurity(command)
      case 0x86:
        return generalAuthenticate(command)
      case 0x88:
        if (!side) return status(SW.SECURITY_NOT_SATISFIED)
        if (!contents.sign || !command.data) return status(UNKNOWN_INS)
        return { data: contents.sign(command.data), sw: SW.OK }
      default:
        return status(UNKNOWN_INS)
    }
  }

  function select({ p1, data = new Uint8Array() }: Command): Response {
    if (p1 === 4) {
      if (!same(data, APPLICATION)) return status(SW.FILE_NOT_FOUND)
      inApplication = true
      file = null
      return status(SW.OK)
    }
    if (p1 === 0) return status(contents.masterFile ? SW.OK : UNKNOWN_INS)
    const id = Number(toBigInt(data))
    if (!inApplication) {
      file = id === CARD_ACCESS_ID ? contents.cardAccess : null
      return status(file ? SW.OK : SW.FILE_NOT_FOUND)
    }
    if (!side || contents.denied.includes(id)) return status(SW.SECURITY_NOT_SATISFIED)
    file = contents.files.get(id) ?? null
    return status(file ? SW.OK : SW.FILE_NOT_FOUND)
  }

  function readBinary({ p1, p2, le = 0 }: Command): Response {
    if (inApplication && !side) return status(SW.SECURITY_NOT_SATISFIED)
    if (!file) return status(0x6986)
    if (p1 > 0x7f) return status(0x6a86)
    const at = p1 * 256 + p2
    if (at >= file.length) return status(0x6b00)
    const data = file.subarray(at, at + le)
    return { data, sw: data.length < le ? SW.END_OF_FILE : SW.OK }
  }

  /** READ BINARY with its offset, and what it gives, in data objects. */
  function readFar({ data: asked = new Uint8Array(), le = 0 }: Command): Response {
    if (inApplication && !side) return status(SW.SECURITY_NOT_SATISFIED)
    if (!file) return status(0x6986)
    const offset = decoded(() => only(asked, 0x54))
    if (!offset) return status(WRONG_DATA)
    const at = Number(toBigInt(offset))
    if (at >= file.length) return status(0x6b00)
    // Tag and length are part of what was asked for.
    const wanted = le - (le < 0x82 ? 2 : 3)
    const data = file.subarray(at, at + wanted)
    return { data: tlv(0x53, data), sw: data.length < wanted ? SW.END_OF_FILE : SW.OK }
  }

  function mutualAuthenticate({ data }: Command): Response {
    const asked = challenge
    challenge = null
    if (!asked || data?.length !== 40) return status(CONDITIONS)
    const { encryption, mac } = bacKeys(contents.zone)
    const cipher = ciphers['3des']
    const iv = new Uint8Array(8)
    const secret = data.subarray(0, 32)
    if (!same(cipher.mac(mac, pad(secret, 8)), data.subarray(32))) return status(SW.WRONG_KEY)
    const plain = cipher.decrypt(encryption, iv, secret)
    const [readerNonce, echo, readerKey] = [
      plain.subarray(0, 8),
      plain.subarray(8, 16),
      plain.subarray(16),
    ]
    if (!same(echo, asked)) return status(SW.WRONG_KEY)
    const cardKey = random(16)
    const nonces = Buffer.concat([readerNonce, asked])
    const { keys, counter } = bacSession(readerKey, cardKey, nonces)
    nextSide = openCardSide(keys, counter)
    const reply = cipher.encrypt(encryption, iv, Buffer.concat([asked, readerNonce, cardKey]))
    return { data: Buffer.concat([reply, cipher.mac(mac, pad(reply, 8))]), sw: SW.OK }
  }

  function manageSecurity({ p1, p2, data = new Uint8Array() }: Command): Response {
    const objects = decoded(() => readAll(data)) ?? []
    const oid = find(objects, 0x80)?.value
    if (p1 === 0xc1 && p2 === 0xa4) {
      const parameterId = find(objects, 0x84)?.value[0]
      const offer = contents.pace.find(
        (each) => oid && same(oidBytes(each.oid), oid) && each.parameterId === parameterId,
      )
      const password = find(objects, 0x83)?.value[0]
      if (triesLeft === 0) return status(SW.BLOCKED)
      if (!offer || (password !== 1 && password !== 2)) return status(WRONG_DATA)
      const access: AccessKey =
        password === 2 ? { kind: 'can', can: contents.can } : { kind: 'mrz', ...contents.zone }
      pace = { offer, access, nonce: 0n, generator: null, ours: new Uint8Array(), finish: null }
      return status(counted(SW.OK))
    }
    if (!side || !contents.agreement || p1 !== 0x41) return status(WRONG_DATA)
    const { offer } = contents.agreement
    if (p2 === 0xa4) {
      agreeing = oid !== undefined && same(oidBytes(offer.oid), oid)
      return status(agreeing ? SW.OK : WRONG_DATA)
    }
    const readerKey = find(objects, 0x91)?.value
    return p2 === 0xa6 && readerKey && agree(readerKey) ? status(SW.OK) : status(WRONG_DATA)
  }

  /** Chip authentication: the new channel begins after this answer. */
  function agree(readerKey: Uint8Array): boolean {
    if (!contents.agreement) return false
    const { offer, scalar } = contents.agreement
    const point = pointOf(offer.key.curve, readerKey)
    if (!point) return false
    const secret = sharedX(point.multiply(scalar), offer.key.curve)
    const { cipher } = offer
    nextSide = openCardSide({
      cipher,
      encryption: cipher.derive(secret, 1),
      mac: cipher.derive(secret, 2),
    })
    return true
  }

  function generalAuthenticate({ data = new Uint8Array() }: Command): Response {
    const objects = decoded(() => readAll(only(data, 0x7c))) ?? []
    const dynamic = (tag: number, value: Uint8Array): Response => ({
      data: tlv(0x7c, tlv(tag, value)),
      sw: SW.OK,
    })
    const own = find(objects, 0x80)
    if (own && agreeing) {
      agreeing = false
      return agree(own.value) ? { data: tlv(0x7c), sw: SW.OK } : status(WRONG_DATA)
    }
    if (!pace) return status(CONDITIONS)
    const [object] = objects
    if (!object) return dynamic(0x80, paceNonce(pace))
    const reply = paceStep(pace, object.tag, object.value)
    if (reply) return dynamic(object.tag + 1, reply)
    pace = null
    if (object.tag !== 0x85) return status(WRONG_DATA)
    triesLeft -= 1
    return status(triesLeft === 0 ? SW.BLOCKED : counted(SW.WRONG_KEY))
  }

  /** With the tries that are left, once some were wrong. */
  function counted(sw: number): number {
    return contents.tries === null || triesLeft === contents.tries ? sw : 0x63c0 + triesLeft
  }

  function paceNonce(run: PaceRun): Uint8Array {
    const { cipher } = run.offer
    const nonce = random(16)
    run.nonce = toBigInt(nonce)
    return cipher.encrypt(passwordKey(run.access, cipher), new Uint8Array(cipher.block), nonce)
  }

  function paceStep(run: PaceRun, tag: number, value: Uint8Array): Uint8Array | null {
    const { curve, cipher, oid } = run.offer
    if (tag === 0x85) {
      const token = run.finish?.(value) ?? null
      if (token) {
        pace = null
        triesLeft = contents.tries ?? Number.POSITIVE_INFINITY
      }
      return token
    }
    const theirs = pointOf(curve, value)
    if (!theirs) return null
    const scalar = scalarOf(curve, random(scalarRandomBytes(curve)))
    if (tag === 0x81) {
      run.generator = mapGenerator(run.nonce, curve.BASE, theirs.multiply(scalar), curve.Fn.ORDER)
      return curve.BASE.multiply(scalar).toBytes(false)
    }
    if (tag !== 0x83 || !run.generator) return null
    run.ours = run.generator.multiply(scalar).toBytes(false)
    const secret = sharedX(theirs.multiply(scalar), curve)
    const keys = { cipher, encryption: cipher.derive(secret, 1), mac: cipher.derive(secret, 2) }
    run.finish = (token) => {
      if (!same(paceToken(keys, oid, run.ours), token)) return null
      nextSide = openCardSide(keys)
      return paceToken(keys, oid, value)
    }
    return run.ours
  }

  return { answer, reset }
}

function encode({ data, sw }: Response): Uint8Array {
  return Buffer.concat([data, Buffer.from([sw >> 8, sw & 0xff])])
}

/** Any other contactless card, such as a bank card: it knows none of our files. */
export function createForeignCard(): Chip {
  return {
    answer: (bytes) => encode(status(bytes[1] === 0xa4 ? SW.FILE_NOT_FOUND : UNKNOWN_INS)),
    reset: () => {},
  }
}
