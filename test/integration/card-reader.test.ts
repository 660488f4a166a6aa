import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest'
import type { CardReaderState } from '../../shared/contract/index.ts'
import {
  createCardReader,
  createPcscTransport,
  type AccessKey,
  type CardReader,
} from '../../electron/devices/card-readers/index.ts'
import { readPem } from '../../electron/devices/card-readers/protocol/certificate.ts'
import { systemTimers } from '../../electron/timers.ts'
import {
  accessNumber,
  createChip,
  createForeignCard,
  layCard,
  makeContents,
  zoneKey,
  zoneOf,
  type CardKind,
  type Chip,
  type LaidCard,
  type LayOptions,
} from '../../electron/training/card/index.ts'
import { authority, CHIP_NOW, holder } from '../fixtures/chip.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { runCli, type Ran } from '../fixtures/run-cli.ts'
import { createPcscd, missingPcscd, type Pcscd } from '../peers/pcscd.ts'

/** The card reader over the machine's real PC/SC service: a private pcscd with virtual readers. */

const missing = missingPcscd()
const zone: AccessKey = { kind: 'mrz', ...zoneKey(holder) }
const can: AccessKey = { kind: 'can', can: accessNumber(holder) }
const never = new AbortController().signal

function card(kind: CardKind = {}) {
  return createChip(makeContents(holder, authority, randomBytes, kind), randomBytes)
}

describe.skipIf(missing !== null)(`a card reader behind pcscd ${missing ?? ''}`, () => {
  let pcscd: Pcscd
  let reader: CardReader
  let laid: LaidCard[] = []
  const lines: string[] = []

  /** Done when the reader is in this state. */
  function becomes(state: CardReaderState['state'], of: CardReader = reader): Promise<void> {
    if (of.state().state === state) return Promise.resolve()
    return new Promise((resolve) => {
      const stop = of.subscribe((next) => {
        if (next.state !== state) return
        stop()
        resolve()
      })
    })
  }

  function open(name: string): CardReader {
    return createCardReader({
      transport: createPcscTransport({ reader: name, timers: systemTimers }),
      trust: async () => ({ authorities: readPem(authority.pem), lists: [] }),
      timers: systemTimers,
      random: randomBytes,
      now: () => CHIP_NOW,
      log: (line) => lines.push(line),
    })
  }

  /** Done when the reader has seen the card. */
  async function lay(chip: Chip, options?: LayOptions): Promise<LaidCard> {
    const one = await layCard(chip, pcscd.reader, options)
    laid.push(one)
    await becomes('card')
    return one
  }

  async function takeOff(card: LaidCard) {
    await card.remove()
    await becomes('ready')
  }

  let dir = ''

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'kiosk-card-'))
    pcscd = await createPcscd()
    process.env['PCSCLITE_CSOCK_NAME'] = pcscd.socket
    await pcscd.start()
  })
  afterAll(async () => {
    await pcscd.close()
    delete process.env['PCSCLITE_CSOCK_NAME']
    await rm(dir, { recursive: true, force: true })
  })
  beforeEach(async () => {
    reader = open('Kiosk Test')
    // The card of the test before may be seen for a moment more.
    await becomes('ready')
  })
  afterEach(async () => {
    for (const one of laid) await one.remove()
    laid = []
    await reader.close()
  })

  test('reads a card by BAC, and another one by PACE after it', async () => {
    const first = await lay(card())
    expect(await reader.read([zone], never)).toMatchObject({
      ok: true,
      value: { openedBy: 'bac', authenticity: { verdict: 'verified' } },
    })
    await takeOff(first)
    const pace = { curve: 'brainpoolP256r1', cipher: 'aes-128' } as const
    await lay(card({ pace, bac: false, active: 'rsa' }))
    expect(await reader.read([can], never)).toMatchObject({
      ok: true,
      value: { openedBy: 'pace-can', proofs: { active: 'passed' } },
    })
  })

  test('names a card that is pulled in the middle, and reads the next', async () => {
    await lay(card(), { pulledAt: 20 })
    expect(await reader.read([zone], never)).toEqual({
      ok: false,
      error: { code: 'card-removed' },
    })
    await becomes('ready')
    await lay(card())
    expect(await reader.read([zone], never)).toMatchObject({ ok: true })
  })

  test('sees the next card after one that went before it was asked anything', async () => {
    await lay(card())
    const going = laid.at(-1)?.remove()
    await reader.read([zone], AbortSignal.abort())
    await going
    await becomes('ready')
    await lay(card())
    expect(await reader.read([zone], never)).toMatchObject({ ok: true })
  })

  test('names a bank card and a wrong key, and reads the card with the right one', async () => {
    const bank = await lay(createForeignCard())
    expect(await reader.read([zone], never)).toMatchObject({ error: { code: 'not-an-id-card' } })
    await takeOff(bank)
    await lay(card())
    const wrong = { ...zone, birth: '910305' }
    expect(await reader.read([wrong], never)).toMatchObject({ error: { code: 'wrong-key' } })
    expect(await reader.read([wrong, zone], never)).toMatchObject({ ok: true })
  })

  test('reads nothing where no card lies, while it reads, and when it is told to stop', async () => {
    expect(await reader.read([zone], never)).toEqual({
      ok: false,
      error: { code: 'not-ready', state: 'ready' },
    })
    await lay(card())
    const stopping = new AbortController()
    const first = reader.read([zone], stopping.signal)
    expect(await reader.read([zone], never)).toEqual({ ok: false, error: { code: 'busy' } })
    stopping.abort()
    expect(await first).toEqual({ ok: false, error: { code: 'cancelled' } })
  })

  test('says that another program holds the card', async () => {
    await lay(card())
    const other = createPcscTransport({ reader: 'Kiosk Test', timers: systemTimers })
    const held = await other.connect()
    expect(held.ok).toBe(true)
    expect(await reader.read([zone], never)).toEqual({ ok: false, error: { code: 'in-use' } })
    if (held.ok) await held.value.close()
    await other.close()
    expect(await reader.read([zone], never)).toMatchObject({ ok: true })
  })

  test('says that there is no such reader', async () => {
    const other = open('Another Make')
    await becomes('no-reader', other)
    expect(other.state()).toEqual({ state: 'no-reader' })
    await other.close()
  })

  test('goes on after the service died in the middle of a card, and came back', async () => {
    const chip = card()
    const inTheMiddle = Promise.withResolvers<void>()
    let commands = 0
    await lay({
      reset: chip.reset,
      answer(command) {
        commands += 1
        if (commands === 15) inTheMiddle.resolve()
        return chip.answer(command)
      },
    })
    const broken = reader.read([zone], never)
    await inTheMiddle.promise
    await pcscd.kill()
    expect(await broken).toEqual({ ok: false, error: { code: 'card-removed' } })
    await becomes('no-service')
    await pcscd.start()
    await becomes('ready')
    await lay(card())
    expect(await reader.read([zone], never)).toMatchObject({ ok: true })
  })

  test('says that the service hangs, while this process goes on, and comes back with it', async () => {
    let beats = 0
    const beating = setInterval(() => {
      beats += 1
    }, 20)
    pcscd.freeze()
    await becomes('no-service')
    clearInterval(beating)
    expect(beats).toBeGreaterThan(1)
    pcscd.thaw()
    await becomes('ready')
  })

  describe('kiosk card read', () => {
    const trustDir = () => join(dir, 'trust')
    const said = (ran: Ran): unknown => JSON.parse(ran.stdout)
    const run = (...args: string[]) => runCli(['card', 'read', '--data-dir', dir, ...args])

    test('prints what is on the chip, what is missing, the verdict and the time', async () => {
      await mkdir(trustDir())
      await writeFile(join(trustDir(), 'authority.pem'), authority.pem)
      const cardReader = { kind: 'pcsc', reader: 'Kiosk Test', trustDir: trustDir() } as const
      await putProfile(dir, realProfile({ cardReader }))
      await lay(card({ agreement: { curve: 'brainpoolP256r1', cipher: 'aes-128' } }))
      const args = ['card', 'read', '--data-dir', dir, '--mrz', '-', '--json']
      const ran = await runCli(args, { stdin: `${zoneOf(holder)}\n` })
      expect(ran).toMatchObject({ code: 0, complaints: [] })
      expect(said(ran)).toMatchObject({
        ok: true,
        openedBy: 'bac',
        mrz: { optional: holder.number },
        details: { name: holder.name },
        face: { format: 'jpeg', bytes: expect.any(Number) },
        groups: { dg1: 'read', dg14: 'read', dg15: 'absent' },
        authenticity: { verdict: 'verified', matched: [14, 1, 13, 2], differing: [] },
        proofs: { chip: 'passed', active: 'absent' },
        spent: { exchangeMs: expect.any(Number), outsideMs: expect.any(Number) },
      })
    })

    test('reads with the keys in the QR code of the card, and names a wrong access number', async () => {
      await lay(card({ pace: { curve: 'secp256r1', cipher: 'aes-256' } }))
      const qr = `${holder.number}||${holder.name}|05031990|Nam|Xã Thử|01012022`
      const ran = await runCli(['card', 'read', '--data-dir', dir], { stdin: qr })
      expect(ran).toMatchObject({ code: 0, complaints: [] })
      expect(ran.stdout).toContain('opened by pace-mrz')
      expect(await run('--can', '123456', '--json')).toMatchObject({
        code: 1,
        stdout: '{"ok":false,"problem":{"code":"wrong-key"}}\n',
      })
    })
  })

  test('writes nothing of a card into the log', () => {
    expect(lines).toContain('card reader: card')
    expect(lines.join('\n')).not.toMatch(/0830|Nguy|VI DU|900305/)
  })
})
