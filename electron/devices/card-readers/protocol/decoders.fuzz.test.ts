import { randomBytes } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { authority, CHIP_NOW, holder } from '../../../../test/fixtures/chip.ts'
import { fuzzRuns } from '../../../../test/fixtures/fuzz.ts'
import { makeContents, zoneOf } from '../../../training/card/index.ts'
import { verifyActiveAuthentication } from './active-authentication.ts'
import { decodeCommand, decodeResponse, encodeCommand } from './apdu.ts'
import { startBac } from './bac.ts'
import { readCertificate, readPem } from './certificate.ts'
import { ciphers, pad, unpad } from './ciphers.ts'
import { FILES, readCom, readDg1, readDg13, readDg15, readDg2 } from './data-groups.ts'
import { oidBytes, readOid, DER } from './der.ts'
import { parseMrz } from './mrz.ts'
import { authenticate } from './passive-authentication.ts'
import { readPublicKey } from './public-key.ts'
import { readLists, readRevocationList } from './revocation-list.ts'
import { openSecureChannel } from './secure-messaging.ts'
import { readDg14, readSecurityInfos } from './security-infos.ts'
import { readSod } from './sod.ts'
import { decoded, readAll, readHeader, readTlv, tlv } from './tlv.ts'

/** Every decoder over bytes that a card, or whoever holds one, may send. */

const numRuns = fuzzRuns(300)

const contents = makeContents(holder, authority, randomBytes, {
  pace: { curve: 'brainpoolP256r1', cipher: 'aes-128' },
  agreement: { curve: 'brainpoolP256r1', cipher: 'aes-128' },
  active: 'rsa',
})
/** A list of one revoked certificate, from OpenSSL. */
const LIST = Buffer.from(
  'MIHeMIGEAgEBMAoGCCqGSM49BAMCMBwxCzAJBgNVBAYTAlZOMQ0wCwYDVQQDDARDU0NBFw0yNjExMjIwOTM2MDZaFw0yNjEyMjIw' +
    'OTM2MDZaMCcwJQIUZ+nscyyKXKnes2IThRsDAHvRuysXDTI2MTEyMjA5MzYwNlqgDjAMMAoGA1UdFAQDAgEBMAoGCCqGSM49BAMC' +
    'A0kAMEYCIQD39KJgN21sU/+3ki7FLEquAc34tbNShhCFsXbDNnd+jQIhAIXlSEpizzUQOdEYUk9fDyZwe1rJP/toycWEyN4N/9eP',
  'base64',
)
const real = (id: number): Uint8Array => contents.files.get(id) ?? Buffer.of()

/** A real file with a few bytes changed, cut off or put in; or nothing like it. */
function damaged(file: Uint8Array): fc.Arbitrary<Uint8Array> {
  const place = fc.nat(Math.max(0, file.length - 1))
  const hit = fc.record({
    at: place,
    byte: fc.nat(255),
    kind: fc.constantFrom('set', 'cut', 'put'),
  })
  const hits = fc.array(hit, { maxLength: 4 }).map((all) =>
    all.reduce<Uint8Array>((bytes, { at, byte, kind }) => {
      if (kind === 'cut') return bytes.subarray(0, at)
      if (kind === 'put') {
        return Buffer.concat([bytes.subarray(0, at), Buffer.of(byte), bytes.subarray(at)])
      }
      return bytes.map((old, index) => (index === at ? byte : old))
    }, file),
  )
  return fc.oneof(hits, fc.uint8Array({ maxLength: 400 }))
}

/** Nothing thrown is the property; whatever comes out is no longer than what went in. */
function survives(file: Uint8Array, decode: (bytes: Uint8Array) => unknown) {
  fc.assert(
    fc.property(damaged(file), (bytes) => {
      decode(bytes)
    }),
    { numRuns },
  )
}

describe('no bytes make a decoder throw', () => {
  test.each([
    ['EF.COM', real(FILES.com.id), readCom],
    ['DG1', real(FILES.dg1.id), readDg1],
    ['DG2', real(FILES.dg2.id), readDg2],
    ['DG13', real(FILES.dg13.id), readDg13],
    ['DG14', real(FILES.dg14.id), readDg14],
    ['DG15', real(FILES.dg15.id), readDg15],
    ['EF.SOD', real(FILES.sod.id), readSod],
    ['EF.CardAccess', contents.cardAccess ?? Buffer.of(), readSecurityInfos],
    ['SubjectPublicKeyInfo', real(FILES.dg15.id).subarray(4), readPublicKey],
    ['a certificate', readPem(authority.pem)[0]?.raw ?? Buffer.of(), readCertificate],
    ['a revocation list', LIST, readRevocationList],
    ['a file of revocation lists', LIST, readLists],
    ['a header', real(FILES.dg2.id), readHeader],
    [
      'objects side by side',
      real(FILES.com.id),
      (bytes: Uint8Array) => decoded(() => readAll(bytes)),
    ],
    ['an answer', real(FILES.com.id), decodeResponse],
    ['a command', Buffer.from('00a4020c02011e', 'hex'), decodeCommand],
    [
      'the zone',
      Buffer.from(zoneOf(holder)),
      (bytes: Uint8Array) => parseMrz(Buffer.from(bytes).toString('latin1')),
    ],
  ] as const)('%s', (_name, file, decode) => {
    expect(decode(file)).not.toBeNull()
    survives(file, decode)
  })
})

test('a damaged EF.SOD is judged, and never makes other groups authentic', () => {
  const groups = new Map([[1, randomBytes(95)]])
  fc.assert(
    fc.property(damaged(real(FILES.sod.id)), (bytes) => {
      const { verdict, matched } = authenticate(
        bytes,
        groups,
        { authorities: [], lists: [] },
        CHIP_NOW,
      )
      expect(verdict).not.toBe('verified')
      expect(matched).toEqual([])
    }),
    { numRuns },
  )
})

test('a face is a part of its file', () => {
  fc.assert(
    fc.property(damaged(real(FILES.dg2.id)), (bytes) => {
      expect(readDg2(bytes)?.bytes.length ?? 0).toBeLessThanOrEqual(bytes.length)
    }),
    { numRuns },
  )
})

test('the texts of DG13 are short and clean', () => {
  fc.assert(
    fc.property(damaged(real(FILES.dg13.id)), (bytes) => {
      const texts = Object.values(readDg13(bytes) ?? {}).filter(
        (value) => typeof value === 'string',
      )
      for (const text of texts) expect(text).toMatch(/^[^\p{Cc}]{1,1024}$/u)
    }),
    { numRuns },
  )
})

test('nested objects without end do not go deep', () => {
  let nested: Uint8Array = Buffer.of(0x30, 0x00)
  while (nested.length < 30_000) nested = tlv(0x30, nested)
  expect(readDg13(tlv(FILES.dg13.tag, nested))).toBeNull()
})

test.each(['3des', 'aes-128'] as const)(
  'no answer passes secure messaging with %s but the right one',
  (name) => {
    const cipher = ciphers[name]
    const keys = { cipher, encryption: randomBytes(16), mac: randomBytes(16) }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (data) => {
        const channel = openSecureChannel(keys)
        channel.protect({ cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 })
        expect(channel.unprotect({ data, sw: 0x9000 })).toBeNull()
      }),
      { numRuns },
    )
  },
)

test('no answer passes BAC but the right one', () => {
  const zone = { documentNumber: '090000000', birth: '900305', expiry: '300305' }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (answer) => {
      const bac = startBac(zone, { nonce: randomBytes(8), key: randomBytes(16) })
      bac.request(randomBytes(8))
      expect(bac.finish(answer)).toBeNull()
    }),
    { numRuns },
  )
})

test('no signature passes active authentication but the right one', () => {
  const key = readDg15(real(FILES.dg15.id))
  if (!key) throw new Error('the card has no key')
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (signature) => {
      expect(verifyActiveAuthentication(key, randomBytes(8), signature, null)).toBe(false)
    }),
    { numRuns },
  )
})

describe('what is written is read again', () => {
  test('a data object', () => {
    const tag = fc.constantFrom(0x30, 0x6d, 0x5f1f, 0x7f49, 0x7f61)
    fc.assert(
      fc.property(tag, fc.nat(70_000), fc.nat(255), (number, length, byte) => {
        const value = Buffer.alloc(length, byte)
        const read = decoded(() => readTlv(tlv(number, value)))
        expect(read?.tag).toBe(number)
        expect(value.equals(read?.value ?? Buffer.of())).toBe(true)
      }),
      { numRuns },
    )
  })

  test('an object identifier', () => {
    const arcs = fc.array(fc.nat(2 ** 31 - 1), { maxLength: 5 })
    fc.assert(
      fc.property(fc.nat(2), fc.nat(39), arcs, (root, second, rest) => {
        const oid = [root, second, ...rest].join('.')
        expect(readOid({ tag: DER.OID, value: oidBytes(oid), raw: Buffer.of() })).toBe(oid)
      }),
      { numRuns },
    )
  })

  test('a short command', () => {
    const byte = fc.nat(255)
    const data = fc.uint8Array({ minLength: 1, maxLength: 255 })
    fc.assert(
      fc.property(byte, byte, data, fc.integer({ min: 1, max: 256 }), (ins, p1, bytes, le) => {
        const command = { cla: 0, ins, p1, p2: 0, data: bytes, le }
        const read = decodeCommand(encodeCommand(command))
        expect({ ...read, data: [...(read?.data ?? [])] }).toEqual({ ...command, data: [...bytes] })
      }),
      { numRuns },
    )
  })

  test('padding', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(8, 16), (bytes, block) => {
        const padded = pad(bytes, block)
        expect(padded.length % block).toBe(0)
        expect([...(unpad(padded) ?? [])]).toEqual([...bytes])
      }),
      { numRuns },
    )
  })
})
