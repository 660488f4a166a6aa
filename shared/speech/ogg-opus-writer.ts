import { OPUS_RATE } from './ogg-opus.ts'

/** One channel of Opus, as an encoder gave it. */
export interface OpusStream {
  readonly packets: readonly {
    readonly bytes: Uint8Array
    /** How much sound it holds, in samples of 48 kHz. */
    readonly samples: number
  }[]
  /** Samples of 48 kHz that a decoder drops at the beginning. */
  readonly preSkip: number
  /** Length of the sound, in samples of 48 kHz; what the last packet holds beyond it is dropped. */
  readonly length: number
}

/** Flags of a page (RFC 3533, 6). */
const FIRST_PAGE = 2
const LAST_PAGE = 4
/** Of a page's table of segments, and of a segment, in bytes. */
const MAX_SEGMENTS = 255
const SEGMENT = 255
/** A clip is one file with one stream; the number only tells streams of a file apart. */
const SERIAL = 1

/** An Ogg file with one Opus stream of one channel (RFC 7845). */
export function writeOggOpus({ packets, preSkip, length }: OpusStream): Uint8Array<ArrayBuffer> {
  const pages = [page(0, FIRST_PAGE, 0, [opusHead(preSkip)]), page(1, 0, 0, [opusTags()])]
  const groups = inPages(packets)
  let samples = 0
  groups.forEach((group, at) => {
    samples += group.reduce((sum, packet) => sum + packet.samples, 0)
    const last = at === groups.length - 1
    // The last position may lie before the end of its packet: so the end is trimmed (RFC 7845, 4.4).
    const position = last ? Math.min(samples, preSkip + length) : samples
    const bytes = group.map((packet) => packet.bytes)
    pages.push(page(at + 2, last ? LAST_PAGE : 0, position, bytes))
  })
  const file = new Uint8Array(pages.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const one of pages) {
    file.set(one, at)
    at += one.length
  }
  return file
}

/** Segments that a packet takes: its end is a segment that is not full (RFC 3533, 5). */
const segmentsOf = (bytes: Uint8Array): number => Math.floor(bytes.length / SEGMENT) + 1

/** Packets, as many to a page as its table of segments can tell. One without packets is empty. */
function inPages(packets: OpusStream['packets']): OpusStream['packets'][number][][] {
  const pages: OpusStream['packets'][number][][] = [[]]
  let room = MAX_SEGMENTS
  for (const packet of packets) {
    const needs = segmentsOf(packet.bytes)
    if (needs > MAX_SEGMENTS) throw new Error('an Opus packet of more than a page')
    if (needs > room) {
      pages.push([])
      room = MAX_SEGMENTS
    }
    pages.at(-1)?.push(packet)
    room -= needs
  }
  return pages
}

function opusHead(preSkip: number): Uint8Array {
  const head = new Uint8Array(19)
  const view = new DataView(head.buffer)
  head.set(ascii('OpusHead'))
  view.setUint8(8, 1)
  view.setUint8(9, 1)
  view.setUint16(10, preSkip, true)
  view.setUint32(12, OPUS_RATE, true)
  return head
}

/** No maker's name and no comments: the same sound is the same file. */
function opusTags(): Uint8Array {
  const tags = new Uint8Array(16)
  tags.set(ascii('OpusTags'))
  return tags
}

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0))

function page(
  sequence: number,
  flags: number,
  position: number,
  packets: readonly Uint8Array[],
): Uint8Array {
  const table = packets.flatMap((bytes) => [
    ...Array.from({ length: segmentsOf(bytes) - 1 }, () => SEGMENT),
    bytes.length % SEGMENT,
  ])
  const size = packets.reduce((sum, bytes) => sum + bytes.length, 0)
  const bytes = new Uint8Array(27 + table.length + size)
  const view = new DataView(bytes.buffer)
  bytes.set(ascii('OggS'))
  view.setUint8(5, flags)
  // Files of a clip's length never reach the upper half.
  view.setUint32(6, position, true)
  view.setUint32(14, SERIAL, true)
  view.setUint32(18, sequence, true)
  view.setUint8(26, table.length)
  bytes.set(table, 27)
  let at = 27 + table.length
  for (const packet of packets) {
    bytes.set(packet, at)
    at += packet.length
  }
  view.setUint32(22, checksum(bytes), true)
  return bytes
}

/** CRC-32 as Ogg has it: not reflected, from 0 (RFC 3533, 6). */
function checksum(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit += 1) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}
