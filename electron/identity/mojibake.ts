/**
 * Repairs UTF-8 that somebody read as Latin-1, CP1252 or CP1258: "Nguyá»…n" for "Nguyễn". It
 * happens inside scanners and their drivers, so it reaches us as valid but wrong text.
 */

/** Characters to the bytes they were read from. */
type ByteTable = ReadonlyMap<string, number>

/**
 * The bytes 0x80..0x9F that a code page leaves undefined come through as C1 controls; with them
 * the CP1252 table covers Latin-1 too.
 */
function byteTable(encoding: string): ByteTable {
  const table = new Map<string, number>()
  const decoder = new TextDecoder(encoding)
  for (let byte = 0x80; byte <= 0xff; byte += 1) {
    if (byte < 0xa0) table.set(String.fromCharCode(byte), byte)
    table.set(decoder.decode(Uint8Array.of(byte)), byte)
  }
  return table
}

const tables: readonly ByteTable[] = [byteTable('windows-1252'), byteTable('windows-1258')]

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** First bytes of UTF-8 for Vietnamese (C3..C6, CC, E1) as CP1252 and CP1258 show them. */
const FIRST_BYTES = /\u0300|[ÃÄÅÆÌáĂ]/

/** The letters that Vietnamese adds to ASCII, once composed. */
const VIETNAMESE = /[ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúýĂăĐđĨĩŨũƠơƯư\u1ea0-\u1ef9]/

/** A first byte of UTF-8 followed by one that only follows another: damage that nobody repaired. */
const DAMAGE = /á[º»]|[ÂÃÄÅÆÌĂ][\u0080-\u009f\u00a1-\u00bf‚ƒ„…†‡ˆ‰‹€•˜™›]/

/**
 * The text as it was before it was misread, or the text unchanged. A repair counts only if every
 * character came from one byte, the bytes are strict UTF-8, and Vietnamese letters appear.
 */
export function repairMojibake(text: string): string {
  if (!FIRST_BYTES.test(text)) return text
  for (const table of tables) {
    const repaired = reread(text, table)
    if (repaired !== null && VIETNAMESE.test(repaired.normalize('NFC'))) return repaired
  }
  return text
}

/** Whether a text still carries traces of misread UTF-8, or characters that were lost. */
export function looksDamaged(text: string): boolean {
  return text.includes('\ufffd') || DAMAGE.test(text)
}

function reread(text: string, table: ByteTable): string | null {
  const bytes = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    const byte = code < 0x80 ? code : table.get(text.charAt(i))
    if (byte === undefined) return null
    bytes[i] = byte
  }
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return null
  }
}
