import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Profile } from '../settings/index.ts'
import { usualKeypad } from '../../shared/contract/index.ts'

/** Where the invented world stands: written by it, mode 0600, read by core and tests. */
export const worldFileSchema = z.strictObject({
  control: z.strictObject({ url: z.url(), token: z.string() }),
  portal: z.strictObject({ url: z.url(), receiptKeys: z.record(z.string(), z.string()) }),
  /** On a pseudo-terminal; where none can be made, HID-POS reports over a socket. */
  scanner: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('serial'), path: z.string() }),
    z.strictObject({ kind: z.literal('hid'), socket: z.string() }),
  ]),
  /** Where a reader of chips listens for a card; and who signs the cards. */
  cardReader: z.strictObject({ socket: z.string(), trustDir: z.string() }),
  printerPort: z.number().int(),
  /** Sheets that came out: PNG from the slip printer, PDF from the A4 tray. */
  printsDir: z.string(),
  /** Ed25519, PEM: who signs packs of procedures and languages in training. */
  packKey: z.string(),
})
export type WorldFile = z.infer<typeof worldFileSchema>

/** The world is ours and started before the core: a file that does not parse is a bug and throws. */
export async function readWorldFile(path: string): Promise<WorldFile> {
  return worldFileSchema.parse(JSON.parse(await readFile(path, 'utf8')))
}

/** Nowhere: no list of places has it. */
export const trainingCommune = { name: 'Xã Mẫu', province: 'Tỉnh Thí Điểm' } as const

/** The profile of a kiosk in training: an invented commune whose devices are simulated channels. */
export function trainingProfile(world: WorldFile): Profile {
  return {
    version: 1,
    kioskId: 'KM4',
    commune: trainingCommune,
    screen: { pixelsPerMm: 4.04 },
    portal: world.portal,
    procedureKey: world.packKey,
    scanner:
      world.scanner.kind === 'serial'
        ? { path: world.scanner.path, baud: 9600 }
        : { kind: 'hid', usb: 'any' },
    wedge: true,
    headset: 'jack-key',
    keypad: usualKeypad,
    printer: { link: { kind: 'tcp', host: '127.0.0.1', port: world.printerPort }, dots: 576 },
    documentScanner: { kind: 'camera' },
    cardReader: { kind: 'pcsc', trustDir: world.cardReader.trustDir },
    counters: {
      'civil-status': 'Quầy 2',
      certification: 'Quầy 1',
      residence: 'Quầy 4',
      'social-support': 'Quầy 3',
      business: 'Quầy 5',
    },
    openingHours: {
      default: [
        { from: '07:30', to: '11:30' },
        { from: '13:00', to: '17:00' },
      ],
    },
  }
}
