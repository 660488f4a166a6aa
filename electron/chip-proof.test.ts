import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { IdCard } from '../shared/domain/id-card.ts'
import { ok } from '../shared/domain/result.ts'
import { createManualTimers } from '../test/fakes/manual-timers.ts'
import { authority, CHIP_NOW, holder } from '../test/fixtures/chip.ts'
import { CHIP_PROOF_MS, compare, createChipProof } from './chip-proof.ts'
import {
  createCardReader,
  type CardTransport,
  type ChipReading,
} from './devices/card-readers/index.ts'
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
      oldNumber: null,
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
      oldNumber: null,
    })
  })

  test('knows no name where the card hides it', async () => {
    const { proof } = proofWith(chipOf({}, { details: 'hidden' }))
    expect(await proof.read(cardOf(QR), never)).toEqual({
      state: 'read',
      verdict: 'verified',
      name: null,
      address: null,
      oldNumber: null,
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

describe('what is authentic', () => {
  const zone = {
    issuer: 'VNM',
    documentNumber: '090000000',
    optional: holder.number,
    birth: '900305',
    sex: 'male',
    expiry: '300305',
    nationality: 'VNM',
    surname: 'NGUYEN',
    givenNames: 'VAN VI DU',
  } as const
  const details: NonNullable<ChipReading['details']> = {
    number: holder.number,
    name: holder.name,
    birth: { year: 1990, month: 3, day: 5 },
    sex: 'male',
    nationality: null,
    ethnicity: null,
    religion: null,
    origin: null,
    residence: holder.residence,
    marks: null,
    issued: null,
    expiry: null,
    father: null,
    mother: null,
    spouse: null,
    oldNumber: null,
  }

  function readingOf(
    change: Partial<typeof details> = {},
    mrz: ChipReading['mrz'] = zone,
  ): ChipReading {
    return {
      openedBy: 'bac',
      mrz,
      details: { ...details, ...change },
      face: null,
      groups: {
        com: 'read',
        dg1: 'read',
        dg2: 'read',
        dg13: 'read',
        dg14: 'absent',
        dg15: 'absent',
        sod: 'read',
      },
      authenticity: { verdict: 'verified', reason: 'chain-trusted', matched: [], differing: [] },
      proofs: { chip: 'absent', active: 'absent' },
      spent: { exchangeMs: 0, outsideMs: 0, commands: 0 },
    }
  }

  test.each<[string, ChipReading]>([
    ['its zone', readingOf({}, { ...zone, birth: '910305' })],
    ['its details', readingOf({ birth: { year: 1890, month: 3, day: 5 } })],
  ])('is not a chip with another birth in %s', (_where, reading) => {
    expect(compare(cardOf(QR), reading)).toEqual({ state: 'differs' })
  })

  test('is a chip that knows only a part of the birth', () => {
    const reading = readingOf({ birth: { year: 1990 } }, { ...zone, birth: '90<<<<' })
    expect(compare(cardOf(QR), reading)).toMatchObject({ verdict: 'verified' })
  })

  test.each<[string, string, Partial<typeof details>]>([
    ['number', QR, { number: null }],
    ['address', QR, { residence: null }],
    ['old number, where the code has one', QR.replace('||', '|300000000|'), {}],
  ])(
    'is not what a chip with details but no %s could not be compared with',
    (_what, qr, change) => {
      expect(compare(cardOf(qr), readingOf(change))).toMatchObject({
        state: 'read',
        verdict: 'not-attempted',
      })
    },
  )

  test('comes with the old number of the chip', () => {
    expect(compare(cardOf(QR), readingOf({ oldNumber: '300000000' }))).toMatchObject({
      verdict: 'verified',
      oldNumber: '300000000',
    })
  })
})
