import { err, ok, type Result } from '../../../../shared/domain/result.ts'

/** A command of ISO/IEC 7816-4 with short lengths, which every reader and card can carry. */
export interface Command {
  readonly cla: number
  readonly ins: number
  readonly p1: number
  readonly p2: number
  /** At most 255 bytes. */
  readonly data?: Uint8Array
  /** Bytes expected, 1 to 256; none where left out. */
  readonly le?: number
}

/** What a card answered: data and the status word, such as `0x9000`. */
export interface Response {
  readonly data: Uint8Array
  readonly sw: number
}

/** Status words that decide something here. */
export const SW = {
  OK: 0x9000,
  /** Fewer bytes than asked for: the file ends. */
  END_OF_FILE: 0x6282,
  WRONG_KEY: 0x6300,
  /** One more wrong key, and the chip takes none. */
  LAST_TRY: 0x63c1,
  SECURITY_NOT_SATISFIED: 0x6982,
  BLOCKED: 0x6983,
  FILE_NOT_FOUND: 0x6a82,
} as const

/** Short answers: 256 bytes of data and the status word. */
const ANSWER_MAX_BYTES = 258

export function encodeCommand({ cla, ins, p1, p2, data, le }: Command): Uint8Array {
  if ((data?.length ?? 0) > 255) throw new Error('a short command takes 255 bytes of data')
  return Buffer.concat([
    Buffer.from([cla, ins, p1, p2]),
    ...(data && data.length > 0 ? [Buffer.from([data.length]), data] : []),
    ...(le === undefined ? [] : [Buffer.from([le % 256])]),
  ])
}

/** Reads a short command; null if the bytes are none. The card's side of `encodeCommand`. */
export function decodeCommand(bytes: Uint8Array): Command | null {
  const [cla, ins, p1, p2, lc] = bytes
  if (cla === undefined || ins === undefined || p1 === undefined || p2 === undefined) return null
  const header = { cla, ins, p1, p2 }
  if (lc === undefined) return header
  if (bytes.length === 5) return { ...header, le: lc || 256 }
  const data = bytes.subarray(5, 5 + lc)
  const le = bytes[5 + lc]
  if (lc === 0 || data.length < lc || bytes.length > 6 + lc) return null
  return le === undefined ? { ...header, data } : { ...header, data, le: le || 256 }
}

/** `answer-too-short`: not even a status word. `answer-too-long`: more than a short command allows. */
export type AnswerProblem = 'answer-too-short' | 'answer-too-long'

export function decodeResponse(bytes: Uint8Array): Result<Response, AnswerProblem> {
  const [sw1, sw2] = bytes.subarray(-2)
  if (sw1 === undefined || sw2 === undefined) return err('answer-too-short')
  if (bytes.length > ANSWER_MAX_BYTES) return err('answer-too-long')
  return ok({ data: bytes.subarray(0, -2), sw: sw1 * 256 + sw2 })
}
