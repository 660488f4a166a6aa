import { describe, expect, test } from 'vitest'
import { ciphers } from './ciphers.ts'
import { curveByName, curveNames, curveByParameterId } from './curves.ts'
import { mapGenerator, passwordKey, startPace } from './pace.ts'
import { readSecurityInfos } from './security-infos.ts'

const hex = (text: string) => Buffer.from(text.replace(/\s/g, ''), 'hex')
const hexOf = (bytes: Uint8Array | null | undefined) => Buffer.from(bytes ?? []).toString('hex')

/** `scalarOf` adds one: the random bytes that give this private key. */
const random = (privateKey: string) => hex((BigInt(`0x${privateKey}`) - 1n).toString(16))

describe('ICAO 9303-11 Appendix G.1: PACE, ECDH-GM, AES-128, brainpoolP256r1, password MRZ', () => {
  const access = {
    kind: 'mrz',
    documentNumber: 'T22000129',
    birth: '640812',
    expiry: '101031',
  } as const
  const cardAccess = hex('31143012060A04007F0007020204020202010202010D')

  test('EF.CardAccess offers it', () => {
    const infos = readSecurityInfos(cardAccess)
    expect(
      infos?.pace.map(({ oid, cipher, parameterId }) => [oid, cipher.name, parameterId]),
    ).toEqual([['0.4.0.127.0.7.2.2.4.2.2', 'aes-128', 13]])
  })

  test('the key of the password', () => {
    expect(hexOf(passwordKey(access, ciphers['aes-128']))).toBe('89ded1b26624ec1e634c1989302849dd')
  })

  const run = () => {
    const offer = readSecurityInfos(cardAccess)?.pace[0]
    if (!offer) throw new Error('no offer')
    return startPace(offer, access, {
      mapping: random('7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99'),
      agreement: random('A73FB703AC1436A18E0CFA5ABB3F7BEC7A070E7A6788486BEE230C4A22762595'),
    })
  }
  const nonce = hex('95A3A016522EE98D01E76CB6B98B42C3')
  const chipMapping = hex(
    `04824FBA91C9CBE26BEF53A0EBE7342A3BF178CEA9F45DE0B70AA601651FBA3F57
     30D8C879AAA9C9F73991E61B58F4D52EB87A0A0C709A49DC63719363CCD13C54`,
  )
  const chipAgreement = hex(
    `049E880F842905B8B3181F7AF7CAA9F0EFB743847F44A306D2D28C1D9EC65DF6DB
     7764B22277A2EDDC3C265A9F018F9CB852E111B768B326904B59A0193776F094`,
  )

  test('every message and key of the run', () => {
    const pace = run()
    expect(hexOf(pace.mapping(nonce))).toBe(
      '047acf3efc982ec45565a4b155129efbc74650dcbfa6362d896fc70262e0c2cc5e' +
        '544552dcb6725218799115b55c9baa6d9f6bc3a9618e70c25af71777a9c4922d',
    )
    expect(hexOf(pace.agreement(chipMapping))).toBe(
      '042db7a64c0355044ec9df190514c625cba2cea48754887122f3a5ef0d5edd301c' +
        '3556f3b3b186df10b857b58f6a7eb80f20ba5dc7be1d43d9bf850149fbb36462',
    )
    expect(hexOf(pace.token(chipAgreement))).toBe('c2b0bd78d94ba866')
    const keys = pace.finish(hex('3ABB9674BCE93C08'))
    expect(hexOf(keys?.encryption)).toBe('f5f0e35c0d7161ee6724ee513a0d9a7f')
    expect(hexOf(keys?.mac)).toBe('fe251c7858b356b24514b3bd5f4297d1')
  })

  test('the mapped generator', () => {
    const curve = curveByParameterId(13)
    if (!curve) throw new Error('no curve')
    const shared = curve
      .fromBytes(chipMapping)
      .multiply(BigInt('0x7F4EF07B9EA82FD78AD689B38D0BC78CF21F249D953BC46F4C6E19259C010F99'))
    const secret = BigInt('0x3F00C4D39D153F2B2A214A078D899B22')
    const mapped = mapGenerator(secret, curve.BASE, shared, curve.Fn.ORDER)
    expect(mapped?.toHex(false)).toBe(
      '048ced63c91426d4f0eb1435e7cb1d74a46723a0af21c89634f65a9ae87a9265e2' +
        '8c879506743f8611ac33645c5b985c80b5f09a0b83407c1b6a4d857ae76fe522',
    )
  })

  test('a chip that sends a wrong token, a point beside the curve, or our own key is refused', () => {
    const wrongToken = run()
    wrongToken.mapping(nonce)
    wrongToken.agreement(chipMapping)
    wrongToken.token(chipAgreement)
    expect(wrongToken.finish(hex('3ABB9674BCE93C09'))).toBeNull()

    const beside = run()
    beside.mapping(nonce)
    expect(
      beside.agreement(chipMapping.map((byte, at) => (at === 64 ? byte ^ 1 : byte))),
    ).toBeNull()

    const echo = run()
    echo.mapping(nonce)
    const ours = echo.agreement(chipMapping)
    expect(ours && echo.token(ours)).toBeNull()
  })
})

test('a CAN is taken as it is printed', () => {
  const key = passwordKey({ kind: 'can', can: '123456' }, ciphers['3des'])
  expect(key).toHaveLength(16)
  expect(hexOf(key)).not.toBe(hexOf(passwordKey({ kind: 'can', can: '123457' }, ciphers['3des'])))
})

describe('the standardised domain parameters of ICAO 9303-11', () => {
  test.each(curveNames)('%s: the order takes the generator to zero', (name) => {
    const { curve } = curveByName(name) ?? {}
    if (!curve) throw new Error('no curve')
    const { ORDER } = curve.Fn
    expect(
      curve.BASE.multiply(ORDER - 1n)
        .add(curve.BASE)
        .is0(),
    ).toBe(true)
    expect(curve.BASE.multiply(ORDER - 1n).equals(curve.BASE.negate())).toBe(true)
  })
})

test('protocols that this reader does not speak are left out, and seen to be offered', () => {
  const infos = readSecurityInfos(
    hex(
      `3150 3012060A04007F0007020204020202010202010D 3012060A04007F00070202040204020102020110
       3012060A04007F00070202040101020102020100 3012060A04007F00070202040604020102020110`,
    ),
  )
  expect(infos?.offersPace).toBe(true)
  expect(infos?.pace.map(({ parameterId }) => parameterId)).toEqual([13, 16])
})
