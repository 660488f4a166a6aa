import {
  decoded,
  decryptBody,
  find,
  increment,
  macOf,
  malformed,
  pad,
  readAll,
  same,
  SM,
  tlv,
  type Command,
  type Response,
  type SessionKeys,
} from '../../devices/card-readers/protocol/index.ts'

/** The card's end of a protected channel. */
export interface CardSide {
  /** The command inside the protection; null if it does not fit. */
  unwrap(command: Command): Command | null
  /** `ins`: of the command that it answers; an odd one has its own form of cryptogram. */
  wrap(response: Response, ins: number): Response
}

export function openCardSide(keys: SessionKeys, counter?: Uint8Array): CardSide {
  const { cipher, encryption } = keys
  const ssc = Buffer.from(counter ?? new Uint8Array(cipher.block))
  return {
    unwrap({ cla, ins, p1, p2, data = new Uint8Array() }) {
      increment(ssc)
      return decoded(() => {
        const objects = readAll(data)
        const mac = find(objects, SM.MAC) ?? malformed()
        const body = Buffer.concat(objects.filter((each) => each !== mac).map(({ raw }) => raw))
        const header = pad(Buffer.from([cla, ins, p1, p2]), cipher.block)
        if (!same(macOf(keys, ssc, header, body), mac.value)) malformed()
        const le = find(objects, SM.LE)?.value[0]
        const plain = decryptBody(keys, ssc, data)
        return {
          cla: cla & 0xf0,
          ins,
          p1,
          p2,
          ...(plain.length > 0 ? { data: plain } : {}),
          ...(le === undefined ? {} : { le: le || 256 }),
        }
      })
    },
    wrap({ data, sw }, ins) {
      increment(ssc)
      const objects: Uint8Array[] = []
      if (data.length > 0) {
        const secret = cipher.encrypt(
          encryption,
          cipher.iv(encryption, ssc),
          pad(data, cipher.block),
        )
        objects.push(
          ins % 2 === 1
            ? tlv(SM.PLAIN_CRYPTOGRAM, secret)
            : tlv(SM.CRYPTOGRAM, Uint8Array.of(1), secret),
        )
      }
      objects.push(tlv(SM.STATUS, Buffer.from([sw >> 8, sw & 0xff])))
      const body = Buffer.concat(objects)
      return { data: Buffer.concat([body, tlv(SM.MAC, macOf(keys, ssc, body))]), sw: 0x9000 }
    },
  }
}
