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
        close: async () => chip.reset(),
      }),
    close: async () => {},
  }
  const reader = createCardReader({
    transport,
    trust: async () => ({ authorities: readPem(trust), lists: [] }),
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
      unsaid: [],
      population: {
        ethnicity: 'Kinh',
        origin: holder.origin,
        father: holder.father,
        mother: holder.mother,
        spouse: null,
        oldNumber: null,
      },
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
      unsaid: ['name', 'address', 'issued'],
      population: null,
    })
  })

  test('that hides its details is authentic in its zone alone', async () => {
    const { proof } = proofWith(chipOf({}, { details: 'hidden' }))
    expect(await proof.read(cardOf(QR.replace('||', '|300000000|')), never)).toEqual({
      state: 'read',
      verdict: 'verified',
      name: null,
      address: null,
      oldNumber: null,
      unsaid: ['name', 'address', 'oldNumber', 'issued'],
      population: null,
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

describe('a chip that is opened with its access number', () => {
  const pace: CardKind = { pace: { curve: 'secp256r1', cipher: 'aes-128' } }
  const CAN = '000000'

  test('says whose card it is where nothing was scanned', async () => {
    const { proof } = proofWith(chipOf({}, pace))
    expect(await proof.open(CAN, null, never)).toEqual({
      state: 'holder',
      card: cardOf(QR.replace('Ấp Mẫu, Xã Thử', holder.residence)),
      verdict: 'verified',
      population: expect.objectContaining({ ethnicity: 'Kinh', mother: holder.mother }),
    })
  })

  test('is compared with the card that was scanned', async () => {
    const { proof } = proofWith(chipOf({}, pace))
    expect(await proof.open(CAN, cardOf(QR), never)).toMatchObject({ state: 'read' })
    const another = cardOf(QR.replace('Ví Dụ', 'Kẻ Khác'))
    expect(await proof.open(CAN, another, never)).toEqual({ state: 'differs' })
  })

  test.each<[string, string, Chip, string]>([
    ['the number is wrong', '123456', chipOf({}, pace), 'wrong'],
    ['it hides its details', CAN, chipOf({}, { ...pace, details: 'hidden' }), 'hidden'],
    ['it opens by its printed lines alone', CAN, chipOf(), 'no-number'],
    ['it is a bank card', CAN, createForeignCard(), 'no-id-card'],
  ])('is refused where %s', async (_what, digits, chip, why) => {
    const { proof } = proofWith(chip)
    expect(await proof.open(digits, null, never)).toEqual({ state: 'refused', why })
  })

  test('is refused where it was changed after it was signed', async () => {
    const contents = makeContents(holder, authority, randomBytes, pace)
    const details = makeContents({ ...holder, name: 'Lê Thị Mẫu' }, authority, randomBytes)
    const files = new Map([
      ...contents.files,
      [0x010d, details.files.get(0x010d) ?? new Uint8Array()] as const,
    ])
    const { proof } = proofWith(createChip({ ...contents, files }, randomBytes))
    expect(await proof.open(CAN, null, never)).toEqual({ state: 'refused', why: 'failed' })
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
    origin: null,
    residence: holder.residence,
    marks: null,
    issued: { year: 2022, month: 1, day: 1 },
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
      authenticity: {
        verdict: 'verified',
        reason: 'chain-trusted',
        matched: [],
        differing: [],
        revocation: 'no-list',
      },
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

  test.each<[string, string, Partial<typeof details>, string[]]>([
    ['address', QR, { residence: null }, ['address']],
    ['name', QR, { name: null }, ['name']],
    ['old number', QR.replace('||', '|300000000|'), {}, ['oldNumber']],
    ['day of issue', QR, { issued: { year: 2022 } }, ['issued']],
    ['day of issue as the code', QR, { issued: { year: 2021, month: 1, day: 1 } }, ['issued']],
    [
      'number, so that nothing else is believed',
      QR,
      { number: null },
      ['name', 'address', 'issued'],
    ],
  ])('leaves out what the chip does not say: its %s', (_what, qr, change, unsaid) => {
    expect(compare(cardOf(qr), readingOf(change))).toMatchObject({
      state: 'read',
      verdict: 'verified',
      unsaid,
    })
  })

  test('comes with the old number of the chip', () => {
    expect(compare(cardOf(QR), readingOf({ oldNumber: '300000000' }))).toMatchObject({
      verdict: 'verified',
      oldNumber: '300000000',
      population: { oldNumber: '300000000' },
    })
  })

  test.each<[string, Partial<typeof details>]>([
    ['of somebody', { ethnicity: 'Kinh', number: null }],
    ['an old number of twelve digits', { oldNumber: '083090000000' }],
  ])('comes with no part of the population that is %s', (_what, change) => {
    const answer = compare(cardOf(QR), readingOf(change))
    expect(answer.state === 'read' && answer.population).not.toMatchObject({
      oldNumber: expect.anything(),
    })
    expect(JSON.stringify(answer)).not.toContain('Kinh')
  })
})
