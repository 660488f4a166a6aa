import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ok } from '../../../shared/domain/result.ts'
import { authority, CHIP_NOW, holder } from '../../../test/fixtures/chip.ts'
import {
  createChip,
  createForeignCard,
  makeContents,
  zoneKey,
  type CardKind,
  type Chip,
} from '../../training/card/index.ts'
import { systemTimers } from '../../timers.ts'
import { readPem } from './protocol/certificate.ts'
import type { AccessKey } from './protocol/pace.ts'
import { tlv } from './protocol/tlv.ts'
import { readChip } from './read-chip.ts'
import type { CardChannel } from './transport.ts'

/** The reader's whole conversation against the training card, without a reader in between. */

const zone: AccessKey = { kind: 'mrz', ...zoneKey(holder) }
const can: AccessKey = { kind: 'can', can: '000000' }
const trusted = readPem(authority.pem)

function channelTo(chip: Chip, spoil = (answer: Uint8Array, _turn: number) => answer): CardChannel {
  let turn = 0
  return {
    transmit: (apdu) => {
      turn += 1
      return Promise.resolve(ok(spoil(chip.answer(apdu), turn)))
    },
    close: () => Promise.resolve(),
  }
}

function read(
  chip: Chip,
  keys: readonly AccessKey[],
  { spoil = (answer: Uint8Array, _turn: number) => answer, trust = trusted, face = true } = {},
) {
  return readChip(channelTo(chip, spoil), keys, {
    timers: systemTimers,
    random: randomBytes,
    trust: { authorities: trust, lists: [] },
    now: () => CHIP_NOW,
    signal: new AbortController().signal,
    face,
    withoutChipAuthentication: false,
  })
}

const card = (kind: CardKind = {}) =>
  createChip(makeContents(holder, authority, randomBytes, kind), randomBytes)

const PACE = { curve: 'brainpoolP256r1', cipher: 'aes-128' } as const

describe('an ID card', () => {
  test('opens by BAC with the printed zone and gives all that it has', async () => {
    const reading = await read(card(), [zone])
    expect(reading).toMatchObject({
      ok: true,
      value: {
        openedBy: 'bac',
        mrz: {
          issuer: 'VNM',
          documentNumber: '090000000',
          optional: '083090000000',
          birth: '900305',
          sex: 'male',
          expiry: '300305',
          surname: 'NGUYEN',
          givenNames: 'VAN VI DU',
        },
        details: {
          number: '083090000000',
          name: 'Nguyễn Văn Ví Dụ',
          birth: { year: 1990, month: 3, day: 5 },
          sex: 'male',
          residence: 'Ấp Mẫu, Xã Thử, Huyện Thí Điểm, Bến Tre',
          issued: { year: 2022, month: 1, day: 1 },
          expiry: { year: 2030, month: 3, day: 5 },
          father: 'Nguyễn Văn Thử',
          mother: 'Trần Thị Mẫu',
          spouse: null,
        },
        face: { format: 'jpeg' },
        groups: {
          com: 'read',
          dg1: 'read',
          dg2: 'read',
          dg13: 'read',
          dg14: 'absent',
          sod: 'read',
        },
        authenticity: { verdict: 'verified', matched: [1, 13, 2], differing: [] },
        proofs: { chip: 'absent', active: 'absent' },
      },
    })
  })

  test.each([
    ['secp192r1', '3des'],
    ['brainpoolP192r1', 'aes-128'],
    ['brainpoolP224r1', 'aes-192'],
    ['secp256r1', '3des'],
    ['secp224r1', 'aes-128'],
    ['brainpoolP256r1', 'aes-128'],
    ['brainpoolP320r1', 'aes-192'],
    ['secp384r1', 'aes-256'],
    ['brainpoolP384r1', 'aes-256'],
    ['brainpoolP512r1', 'aes-256'],
    ['secp521r1', 'aes-256'],
  ] as const)('opens by PACE over %s with %s and its CAN', async (curve, cipher) => {
    const reading = await read(card({ pace: { curve, cipher }, bac: false }), [can])
    expect(reading).toMatchObject({
      ok: true,
      value: { openedBy: 'pace-can', authenticity: { verdict: 'verified' } },
    })
  })

  test('keeps the face to itself where nobody asked for it', async () => {
    const reading = await read(card(), [zone], { face: false })
    expect(reading).toMatchObject({
      ok: true,
      value: {
        face: null,
        groups: { dg2: 'not-asked', dg13: 'read' },
        authenticity: { verdict: 'verified', matched: [1, 13], differing: [] },
      },
    })
  })

  test('opens by PACE with the printed zone, and knows the master file', async () => {
    const reading = await read(card({ pace: PACE, masterFile: true }), [zone])
    expect(reading).toMatchObject({ ok: true, value: { openedBy: 'pace-mrz' } })
  })

  test('opens with the candidate that fits, of several', async () => {
    const wrong: AccessKey = { kind: 'mrz', ...zoneKey(holder), expiry: '300306' }
    expect(await read(card(), [wrong, wrong, zone])).toMatchObject({ ok: true })
    expect(await read(card({ pace: PACE }), [wrong, zone])).toMatchObject({ ok: true })
  })

  test.each(['3des', 'aes-128', 'aes-256'] as const)(
    'shows by chip authentication with %s that it is no copy',
    async (cipher) => {
      const reading = await read(card({ agreement: { curve: 'brainpoolP256r1', cipher } }), [zone])
      expect(reading).toMatchObject({
        ok: true,
        value: { proofs: { chip: 'passed' }, groups: { dg14: 'read', dg2: 'read' } },
      })
    },
  )

  test.each(['rsa', 'ecdsa'] as const)(
    'shows by active authentication with %s that it is no copy',
    async (active) => {
      const reading = await read(card({ active, pace: PACE }), [can])
      expect(reading).toMatchObject({
        ok: true,
        value: { proofs: { active: 'passed' }, groups: { dg15: 'read' } },
      })
    },
  )

  test.each(['3des', 'aes-128'] as const)(
    'gives a face that goes on beyond the offsets of a short command (%s)',
    async (cipher) => {
      const face = Buffer.alloc(40_000, randomBytes(997))
      face.set([0xff, 0xd8, 0xff])
      const pace = { curve: 'secp256r1', cipher } as const
      const reading = await read(card({ face, pace, bac: false }), [can])
      expect(reading).toMatchObject({
        ok: true,
        value: { groups: { dg2: 'read' }, authenticity: { verdict: 'verified' } },
      })
      const bytes = reading.ok ? reading.value.face?.bytes : null
      expect(face.equals(bytes ?? Buffer.of())).toBe(true)
    },
  )

  test.each([
    ['hidden', 'unreadable'],
    ['absent', 'absent'],
  ] as const)('whose DG13 is %s still tells by its zone who it is', async (details, state) => {
    const reading = await read(card({ details }), [zone])
    expect(reading).toMatchObject({
      ok: true,
      value: {
        details: null,
        mrz: { optional: '083090000000' },
        groups: { dg13: state },
        authenticity: { verdict: 'verified' },
      },
    })
  })
})

describe('the authenticity of an ID card', () => {
  test('is unknown where the deployment trusts nobody', async () => {
    expect(await read(card(), [zone], { trust: [] })).toMatchObject({
      ok: true,
      value: {
        authenticity: { verdict: 'signature-ok-chain-unknown', reason: 'no-trust-store' },
      },
    })
  })

  test('has failed where a data group was changed', async () => {
    const contents = makeContents(holder, authority, randomBytes)
    const other = makeContents({ ...holder, name: 'Lê Thị Thử' }, authority, randomBytes)
    const files = new Map([...contents.files, [0x010d, other.files.get(0x010d) ?? Buffer.of()]])
    expect(await read(createChip({ ...contents, files }, randomBytes), [zone])).toMatchObject({
      ok: true,
      value: { authenticity: { verdict: 'failed', reason: 'group-differs', differing: [13] } },
    })
  })

  test('has failed where the copy cannot sign the challenge', async () => {
    const contents = makeContents(holder, authority, randomBytes, { active: 'ecdsa' })
    const copy = createChip({ ...contents, sign: () => Buffer.alloc(64, 7) }, randomBytes)
    expect(await read(copy, [zone])).toMatchObject({
      ok: true,
      value: { proofs: { active: 'failed' }, authenticity: { verdict: 'failed', reason: 'copy' } },
    })
  })
})

describe('a copy of an ID card, true to the last byte but for its private keys', () => {
  const agreement = { curve: 'brainpoolP256r1', cipher: 'aes-128' } as const
  const AGREEMENT = 0x010e
  const SIGNATURE = 0x010f
  const notExcluded = { verdict: 'not-attempted', reason: 'copy-not-excluded' }

  /** Without the files that are left out, and with another EF.COM. */
  function copy(kind: CardKind, { without = [] as number[], com = Buffer.of() } = {}) {
    const contents = makeContents(holder, authority, randomBytes, kind)
    const files = new Map([...contents.files].filter(([id]) => !without.includes(id)))
    if (com.length > 0) files.set(0x011e, com)
    return createChip({ ...contents, files, agreement: null, sign: null }, randomBytes)
  }

  test.each<[string, CardKind, object]>([
    ['agrees on no key', { agreement }, { chip: 'refused', active: 'absent' }],
    ['signs no challenge', { active: 'rsa' }, { chip: 'absent', active: 'refused' }],
    ['does neither', { agreement, active: 'ecdsa' }, { chip: 'refused', active: 'refused' }],
  ])('is not authentic where it %s', async (_what, kind, proofs) => {
    expect(await read(copy(kind), [zone])).toMatchObject({
      ok: true,
      value: { proofs, authenticity: notExcluded },
    })
  })

  test.each<[string, CardKind, number, object]>([
    ['agreement', { agreement }, AGREEMENT, { chip: 'not-tried', active: 'absent' }],
    ['signing', { active: 'rsa' }, SIGNATURE, { chip: 'absent', active: 'not-tried' }],
  ])('is not authentic where it hides its key of %s', async (_what, kind, id, proofs) => {
    expect(await read(copy(kind, { without: [id] }), [zone])).toMatchObject({
      ok: true,
      value: { proofs, authenticity: notExcluded },
    })
  })

  test('is not authentic where its EF.COM, which nobody signs, leaves the keys out', async () => {
    // DG1, DG2 and DG13.
    const com = Buffer.from('600C5F0104303130375C0361756D', 'hex')
    const chip = copy({ agreement, active: 'ecdsa' }, { com })
    expect(await read(chip, [zone])).toMatchObject({
      ok: true,
      value: {
        groups: { com: 'read', dg14: 'read', dg15: 'read' },
        proofs: { chip: 'refused', active: 'refused' },
        authenticity: notExcluded,
      },
    })
  })

  test('is not authentic without a trust store either', async () => {
    expect(await read(copy({ active: 'rsa' }), [zone], { trust: [] })).toMatchObject({
      ok: true,
      value: { authenticity: notExcluded },
    })
  })
})

test('a card that refuses one proof and passes the other is authentic', async () => {
  const agreement = { curve: 'brainpoolP256r1', cipher: 'aes-128' } as const
  const contents = makeContents(holder, authority, randomBytes, { agreement, active: 'ecdsa' })
  const chip = createChip({ ...contents, agreement: null }, randomBytes)
  expect(await read(chip, [zone])).toMatchObject({
    ok: true,
    value: {
      proofs: { chip: 'refused', active: 'passed' },
      authenticity: { verdict: 'verified' },
    },
  })
})

describe('a card that is not read', () => {
  test('is a bank card', async () => {
    expect(await read(createForeignCard(), [zone])).toEqual({
      ok: false,
      error: { code: 'not-an-id-card' },
    })
  })

  test('does not fit the key', async () => {
    const wrong: AccessKey = { kind: 'mrz', ...zoneKey(holder), birth: '900306' }
    const problem = { ok: false, error: { code: 'wrong-key' } }
    expect(await read(card(), [wrong])).toEqual(problem)
    expect(await read(card({ pace: PACE }), [wrong])).toEqual(problem)
    expect(await read(card({ pace: PACE }), [{ kind: 'can', can: '000001' }])).toEqual(problem)
  })

  test('knows no CAN', async () => {
    expect(await read(card(), [can])).toEqual({ ok: false, error: { code: 'needs-mrz' } })
  })

  describe('and that counts wrong keys', () => {
    const wrong: AccessKey = { kind: 'can', can: '000001' }
    const blocked = { ok: false, error: { code: 'blocked' } }
    const wrongKey = { ok: false, error: { code: 'wrong-key' } }

    test('is blocked after the last of them, and stays so for the right one', async () => {
      const chip = card({ pace: PACE, tries: 2 })
      const next = async (key: AccessKey) => {
        chip.reset()
        return read(chip, [key])
      }
      expect(await next(wrong)).toEqual(wrongKey)
      expect(await next(wrong)).toEqual(blocked)
      expect(await next(can)).toEqual(blocked)
    })

    test('opens with the right one before that, and counts anew', async () => {
      const chip = card({ pace: PACE, tries: 2 })
      for (let round = 0; round < 2; round += 1) {
        chip.reset()
        expect(await read(chip, [wrong])).toEqual(wrongKey)
        chip.reset()
        expect(await read(chip, [can])).toMatchObject({ ok: true })
      }
    })

    test('keeps its last try from guesses', async () => {
      const chip = card({ pace: PACE, tries: 3 })
      expect(await read(chip, [wrong, wrong, wrong, wrong])).toEqual(wrongKey)
      chip.reset()
      expect(await read(chip, [can])).toMatchObject({ ok: true })
    })
  })

  describe('and that offers ways of PACE alone that are not known here', () => {
    const contents = (bac: boolean) => makeContents(holder, authority, randomBytes, { bac })
    /** EF.CardAccess with one PACEInfo of these last arcs, over brainpoolP256r1. */
    const offering = (arcs: readonly number[], bac: boolean) => {
      const oid = tlv(0x06, Buffer.from('04007f0007020204', 'hex'), Buffer.from(arcs))
      const small = (number: number) => tlv(0x02, Uint8Array.of(number))
      const cardAccess = tlv(0x31, tlv(0x30, oid, small(2), small(13)))
      return createChip({ ...contents(bac), cardAccess }, randomBytes)
    }

    test.each([
      ['integrated mapping', [4, 2]],
      ['chip authentication mapping', [6, 2]],
      ['generic mapping over a finite field', [1, 2]],
    ])('opens by BAC, or is refused by name: %s', async (_what, arcs) => {
      expect(await read(offering(arcs, true), [can, zone])).toMatchObject({
        ok: true,
        value: { openedBy: 'bac' },
      })
      expect(await read(offering(arcs, false), [can, zone])).toEqual({
        ok: false,
        error: { code: 'unsupported' },
      })
    })
  })

  test('answers more than a short command allows', async () => {
    const spoil = (answer: Uint8Array, turn: number) => (turn === 9 ? Buffer.alloc(400) : answer)
    expect(await read(card(), [zone], { spoil })).toEqual({
      ok: false,
      error: { code: 'protocol', step: 'answer', sw: null },
    })
  })

  test('answers with one bit changed on its way', async () => {
    const spoil = (answer: Uint8Array, turn: number) =>
      turn === 20 ? answer.map((byte, at) => (at === 5 ? byte ^ 1 : byte)) : answer
    expect(await read(card(), [zone], { spoil })).toMatchObject({
      ok: false,
      error: { code: 'protocol', step: 'secure-messaging' },
    })
  })

  test('answers nothing any more, because it was pulled', async () => {
    const spoil = (answer: Uint8Array, turn: number) => (turn < 20 ? answer : Buffer.of())
    expect(await read(card(), [zone], { spoil })).toEqual({
      ok: false,
      error: { code: 'card-removed' },
    })
  })
})
