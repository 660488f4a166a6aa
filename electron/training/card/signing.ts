import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import {
  curveByName,
  DER,
  hashNumber,
  oidBytes,
  scalarOf,
  scalarRandomBytes,
  tlv,
} from '../../devices/card-readers/protocol/index.ts'

/** The invented country's signing authority and its signer of documents. */
export interface TrainingAuthority {
  /** The certificate for the trust store, PEM. */
  readonly pem: string
  /** EF.SOD over the data groups by number. */
  signGroups(groups: ReadonlyMap<number, Uint8Array>): Uint8Array
}

const sequence = (...parts: readonly Uint8Array[]) => tlv(DER.SEQUENCE, ...parts)
const oid = (dots: string) => tlv(DER.OID, oidBytes(dots))
const octets = (bytes: Uint8Array) => tlv(DER.OCTET_STRING, bytes)
const bits = (bytes: Uint8Array) => tlv(DER.BIT_STRING, Uint8Array.of(0), bytes)
const small = (number: number) => tlv(DER.INTEGER, Uint8Array.of(number))
const NULL = Uint8Array.of(0x05, 0x00)
const SHA256 = sequence(oid('2.16.840.1.101.3.4.2.1'), NULL)
const RSA_SHA256 = sequence(oid('1.2.840.113549.1.1.11'), NULL)
const ECDSA_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))
const LDS_SECURITY_OBJECT = '2.23.136.1.1.1'

/** A number as INTEGER, with the zero that keeps it positive. */
function integer(number: bigint): Uint8Array {
  const hex = number.toString(16)
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
  return tlv(DER.INTEGER, ...((bytes[0] ?? 0) > 0x7f ? [Uint8Array.of(0)] : []), bytes)
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

function nameOf(common: string): Uint8Array {
  const country = sequence(oid('2.5.4.6'), tlv(0x13, Buffer.from('VN')))
  const title = sequence(oid('2.5.4.3'), tlv(0x0c, Buffer.from(common)))
  return sequence(tlv(DER.SET, country), tlv(DER.SET, title))
}

/** UTCTime */
function time(ms: number): Uint8Array {
  const digits = new Date(ms).toISOString().replace(/\D/g, '').slice(2, 14)
  return tlv(DER.UTC_TIME, Buffer.from(`${digits}Z`))
}

/** An elliptic key pair: its SubjectPublicKeyInfo, and how it signs. */
export interface EllipticKey {
  readonly scalar: bigint
  readonly spki: Uint8Array
  /** r and s of ECDSA over a hash. */
  sign(hashed: Uint8Array): readonly [bigint, bigint]
}

/** Makes a key on a curve of ICAO 9303-11; not with OpenSSL, which Electron has not. */
export function makeEllipticKey(
  curveName: string,
  random: (bytes: number) => Uint8Array,
): EllipticKey {
  const known = curveByName(curveName)
  if (!known) throw new Error(`no curve ${curveName}`)
  const { curve } = known
  const { Fn } = curve
  const scalar = scalarOf(curve, random(scalarRandomBytes(curve)))
  const point = curve.BASE.multiply(scalar).toBytes(false)
  return {
    scalar,
    spki: sequence(sequence(oid('1.2.840.10045.2.1'), oid(known.oid)), bits(point)),
    sign(hashed) {
      const k = scalarOf(curve, random(scalarRandomBytes(curve)))
      const r = Fn.create(curve.BASE.multiply(k).toAffine().x)
      const s = Fn.mul(Fn.inv(k), Fn.create(hashNumber(curve, hashed) + r * scalar))
      return [r, s]
    },
  }
}

/** An RSA authority that vouches for a brainpool signer of documents, as many countries have it. */
export function createTrainingAuthority(
  nowMs: number,
  random: (bytes: number) => Uint8Array,
): TrainingAuthority {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signer = makeEllipticKey('brainpoolP256r1', random)
  const year = 365 * 86_400_000
  const validity = sequence(time(nowMs - year), time(nowMs + 10 * year))
  const authorityName = nameOf('Training CSCA')
  const certify = (
    serial: number,
    subject: Uint8Array,
    spki: Uint8Array,
    extensions: Uint8Array,
  ) => {
    const body = sequence(
      tlv(0xa0, small(2)),
      small(serial),
      RSA_SHA256,
      authorityName,
      validity,
      subject,
      spki,
      tlv(0xa3, sequence(extensions)),
    )
    return sequence(body, RSA_SHA256, bits(signRsa(privateKey, body)))
  }
  const spki = publicKey.export({ format: 'der', type: 'spki' })
  const isAuthority = extension('2.5.29.19', sequence(tlv(DER.BOOLEAN, Uint8Array.of(0xff))))
  const signsDocuments = extension('2.5.29.15', tlv(DER.BIT_STRING, Uint8Array.of(7, 0x80)))
  const authority = certify(1, authorityName, spki, isAuthority)
  const certificate = certify(2, nameOf('Training DS'), signer.spki, signsDocuments)

  return {
    pem: `-----BEGIN CERTIFICATE-----\n${wrapped(authority)}\n-----END CERTIFICATE-----\n`,
    signGroups(groups) {
      const hashes = [...groups].map(([group, file]) =>
        sequence(small(group), octets(sha256(file))),
      )
      const content = sequence(small(0), SHA256, sequence(...hashes))
      const attributes = Buffer.concat([
        sequence(oid('1.2.840.113549.1.9.3'), tlv(DER.SET, oid(LDS_SECURITY_OBJECT))),
        sequence(oid('1.2.840.113549.1.9.4'), tlv(DER.SET, octets(sha256(content)))),
      ])
      const [r, s] = signer.sign(sha256(tlv(DER.SET, attributes)))
      const signerInfo = sequence(
        small(1),
        sequence(authorityName, small(2)),
        SHA256,
        tlv(0xa0, attributes),
        ECDSA_SHA256,
        octets(sequence(integer(r), integer(s))),
      )
      const signedData = sequence(
        small(3),
        tlv(DER.SET, SHA256),
        sequence(oid(LDS_SECURITY_OBJECT), tlv(0xa0, octets(content))),
        tlv(0xa0, certificate),
        tlv(DER.SET, signerInfo),
      )
      return tlv(0x77, sequence(oid('1.2.840.113549.1.7.2'), tlv(0xa0, signedData)))
    },
  }
}

function extension(id: string, value: Uint8Array): Uint8Array {
  return sequence(oid(id), tlv(DER.BOOLEAN, Uint8Array.of(0xff)), octets(value))
}

const signRsa = (key: KeyObject, body: Uint8Array) => sign('sha256', body, key)

function wrapped(der: Uint8Array): string {
  return (
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  ).join('\n')
}
