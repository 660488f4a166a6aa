import { randomBytes } from 'node:crypto'
import {
  createCardReader,
  createPcscTransport,
  type AccessKey,
} from '../../../electron/devices/card-readers/index.ts'
import { readPem } from '../../../electron/devices/card-readers/protocol/certificate.ts'
import { systemTimers } from '../../../electron/timers.ts'
import {
  accessNumber,
  createChip,
  layCard,
  makeContents,
  zoneKey,
  type CardKind,
} from '../../../electron/training/card/index.ts'
import { authority, CHIP_NOW, holder } from '../../fixtures/chip.ts'
import { createPcscd, missingPcscd } from '../../peers/pcscd.ts'
import { figure, median, type Figure } from '../figure.ts'

/** A picture as large as those on real cards: a JPEG of one pixel with comments behind it. */
function largeFace(): Uint8Array {
  const comment = Buffer.alloc(15_000)
  comment.set([0xff, 0xd8, 0xff, 0xfe, 0x3a, 0x94])
  return comment
}

/** The fastest air that ISO/IEC 14443 has; cards are mostly read at half or an eighth of it. */
const BITS_PER_SECOND = 848_000

/**
 * Time outside of the card as a share of the time spent in APDU exchange, in percent: through
 * pcscd and a virtual reader, with a face of 15 kB, the emulator taking as long as the fastest
 * air, and calculating as fast as this machine does. The first reading warms the program up.
 */
export async function chipFigures(): Promise<readonly Figure[]> {
  const missing = missingPcscd()
  if (missing !== null) throw new Error(`no bench of the chip: ${missing}`)
  const pcscd = await createPcscd()
  process.env['PCSCLITE_CSOCK_NAME'] = pcscd.socket
  await pcscd.start()
  const reader = createCardReader({
    transport: createPcscTransport({ reader: 'Kiosk Test', timers: systemTimers }),
    trust: async () => ({ authorities: readPem(authority.pem), lists: [] }),
    timers: systemTimers,
    random: randomBytes,
    now: () => CHIP_NOW,
    log: () => {},
  })
  const becomes = (state: string) =>
    new Promise<void>((resolve) => {
      if (reader.state().state === state) return resolve()
      const stop = reader.subscribe((next) => {
        if (next.state !== state) return
        stop()
        resolve()
      })
    })

  async function share(name: string, kind: CardKind, key: AccessKey): Promise<readonly Figure[]> {
    const chip = makeContents(holder, authority, randomBytes, { face: largeFace(), ...kind })
    await becomes('ready')
    const laid = await layCard(createChip(chip, randomBytes), pcscd.reader, {
      bitsPerSecond: BITS_PER_SECOND,
    })
    await becomes('card')
    const shares: number[] = []
    const totals: number[] = []
    for (let round = 0; round < 6; round += 1) {
      const outcome = await reader.read([key], new AbortController().signal, 'face')
      if (!outcome.ok) throw new Error(`the card was not read: ${outcome.error.code}`)
      const { exchangeMs, outsideMs } = outcome.value.spent
      shares.push((100 * outsideMs) / exchangeMs)
      totals.push(exchangeMs + outsideMs)
    }
    await laid.remove()
    const first = shares[0] ?? Number.NaN
    const whole = `at 848 kbit/s, median of 5; first reading ${first.toFixed(1)} %, a reading ${median(totals).toFixed(0)} ms`
    const metric = `chip, ${name}: outside of the card`
    return [figure('devices', metric, median(shares.slice(1)), '%', '<=', 15, whole)]
  }

  try {
    const pace = { curve: 'brainpoolP256r1', cipher: 'aes-128' } as const
    return [
      ...(await share('BAC', {}, { kind: 'mrz', ...zoneKey(holder) })),
      ...(await share('PACE', { pace, bac: false }, { kind: 'can', can: accessNumber(holder) })),
    ]
  } finally {
    await reader.close()
    await pcscd.close()
  }
}
