import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { IdCard } from '../shared/domain/id-card.ts'
import { ok } from '../shared/domain/result.ts'
import { createManualTimers } from '../test/fakes/manual-timers.ts'
import { authority, CHIP_NOW, holder } from '../test/fixtures/chip.ts'
import { CHIP_PROOF_MS, createChipProof } from './chip-proof.ts'
import { createCardReader, type CardTransport } from './devices/card-readers/index.ts'
import { readPem } from './devices/card-readers/protocol/certificate.ts'
import { parseCode, parseTypedCode } from './identity/index.ts'
import {
  createChip,
  createForeignCard,
  makeContents,
  type CardKind,
  type Chip,
} from './training/card/index.ts'

/** A scanned card and the true chip protocol, without a reader in between. */

const QR = `${holder.number}||${holder.name}|05031990|Nam|Ấp Mẫu, Xã Thử|01012022`
const never = new AbortController().signal

function cardOf(qr: string, read = parseCode): IdCard {
  const code = read(qr)
  if (code.kind !== 'id-card') throw new Error('no card')
  return code.card
}

function chipOf(change: Partial<typeof holder> = {}, kind: CardKind = {}): Chip {
  return createChip(
    makeContents({ ...holder, ...change }, authority, randomBytes, kind),
    randomBytes,
  )
}

/** A reader on which this chip lies. */
function proofWith(chip: Chip, trust = authority.pem) {
  const timers = createManualTimers()
  const transport: CardTransport = {
    watch(listener) {
      listener({ state: 'card' })
      return () => {}
    },
    connect: async () =>
      ok({
        transmit: async (apdu) => ok(chip.answer(apdu)),
        close: async () => {},
      }),
    close: async () => {},
  }
  const reader = createCardReader({
    transport,
    trusted: async () => readPem(trust),
    timers,
    random: randomBytes,
    now: () => CHIP_NOW,
    log: () => {},
  })
  return { proof: createChipProof(reader, timers), timers }
}

describe('the chip of a scanned card', () => {
  test('of the same person gives name, address and the verdict', async () => {
    const { proof } = proofWith(chipOf())
    expect(proof.lies()).toBe(true)
    expect(await proof.read(cardOf(QR), never)).toEqual({
      state: 'read',
      verdict: 'verified',
      name: holder.name,
      address: holder.residence,
    })
  })

  test('is not called authentic where nobody vouches for who signed it', async () => {
    const { proof } = proofWith(chipOf(), '')
    expect(await proof.read(cardOf(QR), never)).toMatchObject({
      verdict: 'signature-ok-chain-unknown',
    })
  })

  test('gives nothing that was changed after it was signed', async () => {
    const contents = makeContents(holder, authority, randomBytes)
    const details = makeContents({ ...holder, name: 'Lê Thị Mẫu' }, authority, randomBytes)
    const files = new Map([
      ...contents.files,
      [0x010d, details.files.get(0x010d) ?? new Uint8Array()] as const,
    ])
    const { proof } = proofWith(createChip({ ...contents, files }, randomBytes))
    const typed = cardOf('083090000000||Nguyn Vn V D|05031990|Nam|p Mu|01012022', parseTypedCode)
    expect(await proof.read(typed, never)).toEqual({
      state: 'read',
      verdict: 'failed',
      name: null,
      address: null,
    })
  })

  test('knows no name where the card hides it', async () => {
    const { proof } = proofWith(chipOf({}, { details: 'hidden' }))
    expect(await proof.read(cardOf(QR), never)).toEqual({
      state: 'read',
      verdict: 'verified',
      name: null,
      address: null,
    })
  })

  test.each<[string, string, CardKind]>([
    ['a name', QR.replace('Ví Dụ', 'Kẻ Khác'), {}],
    ['a name, where only its zone tells', QR.replace('Ví Dụ', 'Kẻ Khác'), { details: 'hidden' }],
    ['a sex', QR.replace('Nam', 'Nữ'), {}],
    ['a number', QR.replace('083090000000', '001090000000'), {}],
  ])('differs from a code with %s of somebody else', async (_what, qr, kind) => {
    const { proof } = proofWith(chipOf({}, kind))
    expect(await proof.read(cardOf(qr), never)).toEqual({ state: 'differs' })
  })

  test.each<[string, Chip, string]>([
    ['another card', chipOf({ number: '083190000000', birth: '1991-01-02' }), 'other-card'],
    ['a bank card', createForeignCard(), 'no-id-card'],
  ])('is not that of %s', async (_what, chip, why) => {
    const { proof } = proofWith(chip)
    expect(await proof.read(cardOf(QR), never)).toEqual({ state: 'not-read', why })
  })

  test('cannot be opened where the card has a year of birth alone', async () => {
    const { proof } = proofWith(chipOf())
    expect(await proof.read(cardOf(QR.replace('05031990', '1990')), never)).toEqual({
      state: 'not-read',
      why: 'unreadable',
    })
  })

  test('is given up when it takes too long', async () => {
    const { proof, timers } = proofWith(chipOf())
    const reading = proof.read(cardOf(QR), never)
    timers.advance(CHIP_PROOF_MS)
    expect(await reading).toEqual({ state: 'not-read', why: 'unreadable' })
    expect(timers.pending()).toBe(0)
  })
})
