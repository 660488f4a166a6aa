/** Long names of IEEE 1284 keys, and the short ones that most printers use. */
const SHORT = new Map([
  ['MANUFACTURER', 'MFG'],
  ['MODEL', 'MDL'],
  ['COMMAND SET', 'CMD'],
  ['CLASS', 'CLS'],
  ['SERIALNUMBER', 'SN'],
])

/**
 * The fields of an IEEE 1284 device id, `MFG:EPSON;CMD:ESC/POS;MDL:TM-T88V;`, keys in their short
 * form and capitals. What is no `key:value` is passed over; of a key that stands twice the first counts.
 */
export function parseDeviceId(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>()
  for (const part of text.split(';')) {
    const colon = part.indexOf(':')
    if (colon < 1) continue
    const key = part.slice(0, colon).trim().toUpperCase()
    const short = SHORT.get(key) ?? key
    if (key !== '' && !fields.has(short)) fields.set(short, part.slice(colon + 1).trim())
  }
  return fields
}
