import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { authority, CHIP_NOW } from '../../../../test/fixtures/chip.ts'
import { readPem, type Certificate } from './certificate.ts'
import { DER } from './der.ts'
import { authenticate } from './passive-authentication.ts'
import { readLists, type RevocationList } from './revocation-list.ts'
import { only, tlv } from './tlv.ts'

/** Passive authentication against documents that OpenSSL signed, and OpenSSL's opinion of ours. */

const missing =
  spawnSync('openssl', ['version']).status === 0 ? null : '(needs openssl: apt-get install openssl)'

const groups = new Map<number, Uint8Array>([
  [1, randomBytes(95)],
  [2, randomBytes(4_000)],
])

let dir = ''
const file = (name: string) => join(dir, name)
/** Runs it with these words. */
const openssl = (words: string) =>
  execFileSync('openssl', words.trim().split(/\s+/), { cwd: dir, stdio: 'pipe' })

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kiosk-sod-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const believing = (authorities: readonly Certificate[], lists: readonly RevocationList[] = []) => ({
  authorities,
  lists,
})

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

/** The LDS security object over the groups, as OpenSSL's own ASN.1 generator writes it. */
function writeContent() {
  const hashes = [...groups].map(([number, bytes], at) => [
    `g${at}=SEQUENCE:pair${at}`,
    `[pair${at}]\nn=INTEGER:${number}\nh=FORMAT:HEX,OCTETSTRING:${sha256(bytes).toString('hex')}`,
  ])
  writeFileSync(
    file('lds.cnf'),
    `asn1=SEQUENCE:lds\n[lds]\nversion=INTEGER:0\nalgorithm=SEQUENCE:alg\nhashes=SEQUENCE:all
[alg]\noid=OID:2.16.840.1.101.3.4.2.1\nnone=NULL\n[all]\n${hashes.map(([line]) => line).join('\n')}
${hashes.map(([, section]) => section).join('\n')}\n`,
  )
  openssl('asn1parse -genconf lds.cnf -noout -out lds.der')
}

/** Makes an authority and a signer with these keys, and signs the groups with them. */
function signWith(authorityKey: string, signerKey: string, { sign = '', csca = '' } = {}) {
  writeContent()
  writeFileSync(file('ext.cnf'), 'subjectKeyIdentifier=hash\nkeyUsage=critical,digitalSignature\n')
  openssl(`genpkey ${authorityKey} -out csca.key`)
  openssl(`req -x509 -key csca.key -subj /C=VN/CN=CSCA -days 3650 -out csca.pem ${csca}`)
  openssl(`genpkey ${signerKey} -out dsc.key`)
  openssl('req -new -key dsc.key -subj /C=VN/CN=DS -out dsc.csr')
  openssl(`x509 -req -in dsc.csr -CA csca.pem -CAkey csca.key -CAcreateserial -days 3000 -sha256
    -out dsc.pem -extfile ext.cnf`)
  openssl(`cms -sign -binary -nodetach -econtent_type 2.23.136.1.1.1 -md sha256 -nosmimecap
    -in lds.der -signer dsc.pem -inkey dsc.key -outform DER -out sod.cms ${sign}`)
  return {
    sod: tlv(0x77, readFileSync(file('sod.cms'))),
    trusted: readPem(readFileSync(file('csca.pem'), 'latin1')),
  }
}

const RSA = '-algorithm RSA -pkeyopt rsa_keygen_bits:2048'
const ec = (curve: string, encoding = 'named_curve') =>
  `-algorithm EC -pkeyopt ec_paramgen_curve:${curve} -pkeyopt ec_param_enc:${encoding}`

describe.skipIf(missing !== null)(
  `a document that OpenSSL signed is verified ${missing ?? ''}`,
  () => {
    test.each([
      ['RSA authority, brainpoolP256r1 signer', RSA, ec('brainpoolP256r1'), {}],
      [
        'brainpoolP384r1 with its parameters written out',
        ec('brainpoolP384r1', 'explicit'),
        ec('brainpoolP320r1', 'explicit'),
        {},
      ],
      ['NIST curves', ec('secp521r1'), ec('P-256'), {}],
      ['brainpoolP512r1 and P-224', ec('brainpoolP512r1'), ec('secp224r1'), {}],
      ['RSA, PKCS 1', RSA, RSA, {}],
      [
        'RSA-PSS, both',
        RSA,
        RSA,
        {
          sign: '-keyopt rsa_padding_mode:pss -keyopt rsa_pss_saltlen:32',
          csca: '-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20',
        },
      ],
      ['the signer named by its key identifier', RSA, ec('brainpoolP256r1'), { sign: '-keyid' }],
    ] as const)('%s', (_name, authorityKey, signerKey, options) => {
      const { sod, trusted } = signWith(authorityKey, signerKey, options)
      expect(trusted).toHaveLength(1)
      expect(authenticate(sod, groups, believing(trusted), Date.now())).toEqual({
        verdict: 'verified',
        reason: 'chain-trusted',
        matched: [1, 2],
        differing: [],
        revocation: 'no-list',
      })
    })
  },
)

describe.skipIf(missing !== null)(`a document that OpenSSL signed ${missing ?? ''}`, () => {
  let signed: ReturnType<typeof signWith>
  beforeAll(() => {
    signed = signWith(RSA, ec('brainpoolP256r1'))
  })
  const judge = (
    change: Partial<{
      sod: Uint8Array | null
      trusted: typeof signed.trusted
      lists: readonly RevocationList[]
      at: number
    }>,
  ) =>
    authenticate(
      change.sod === undefined ? signed.sod : change.sod,
      groups,
      believing(change.trusted ?? signed.trusted, change.lists),
      change.at ?? Date.now(),
    )

  test('is of an unknown chain where its authority is not in the trust store', () => {
    expect(judge({ trusted: [] })).toMatchObject({
      verdict: 'signature-ok-chain-unknown',
      reason: 'no-trust-store',
    })
    expect(judge({ trusted: readPem(authority.pem) })).toMatchObject({
      verdict: 'signature-ok-chain-unknown',
      reason: 'no-trusted-authority',
    })
  })

  test('is not trusted outside of the time for which its signer is', () => {
    expect(judge({ at: Date.now() + 3001 * 86_400_000 })).toMatchObject({
      verdict: 'signature-ok-chain-unknown',
      reason: 'certificate-not-valid-now',
    })
  })

  describe('of whose signer a revocation list speaks', () => {
    const DAY_MS = 86_400_000

    /** A list of OpenSSL's; `revoke`: the certificates on it. */
    function listOf({ revoke = [] as string[], extensions = '', who = 'csca', der = false } = {}) {
      writeFileSync(file('index.txt'), '')
      writeFileSync(file('crlnumber'), '01\n')
      writeFileSync(
        file('ca.cnf'),
        `[ca]\ndefault_ca=one\n[one]\ndatabase=index.txt\ncrlnumber=crlnumber\ndefault_md=sha256
default_crl_days=30\n[ext]\n${extensions}\n`,
      )
      const by = `-config ca.cnf -cert ${who}.pem -keyfile ${who}.key`
      for (const certificate of revoke) openssl(`ca ${by} -revoke ${certificate}`)
      openssl(`ca ${by} -gencrl -out one.crl ${extensions === '' ? '' : '-crlexts ext'}`)
      if (der) openssl('crl -in one.crl -outform DER -out one.crl')
      return readLists(readFileSync(file('one.crl')))
    }
    const revoke = ['dsc.pem']

    test.each([false, true])('has failed where it is on the list (DER: %s)', (der) => {
      expect(judge({ lists: listOf({ revoke, der }) })).toMatchObject({
        verdict: 'failed',
        reason: 'signer-revoked',
        revocation: 'revoked',
      })
    })

    test('stays revoked when the list is out of date', () => {
      const at = Date.now() + 31 * DAY_MS
      expect(judge({ lists: listOf({ revoke }), at })).toMatchObject({ reason: 'signer-revoked' })
    })

    test.each<[string, object, number, string]>([
      ['another certificate is on it', { revoke: ['csca.pem'] }, 0, 'unrevoked'],
      ['nothing is on it', {}, 0, 'unrevoked'],
      ['it is out of date', {}, 31 * DAY_MS, 'outdated'],
      ['it is of tomorrow', {}, -DAY_MS, 'outdated'],
      ['it is a delta', { revoke, extensions: '2.5.29.27=critical,ASN1:INTEGER:1' }, 0, 'no-list'],
    ])(
      'is verified, and a technician is told how the list stands, where %s',
      (_, how, later, says) => {
        const at = Date.now() + later
        const { revocation, reason } = judge({ lists: listOf(how), at })
        expect(revocation).toBe(says)
        expect(reason).toBe(later < 0 ? 'certificate-not-valid-now' : 'chain-trusted')
      },
    )

    test('is not revoked by a list that somebody else signed in that name', () => {
      openssl(
        'req -x509 -newkey rsa:2048 -nodes -keyout false.key -out false.pem -subj /C=VN/CN=CSCA',
      )
      const lists = listOf({ revoke, who: 'false' })
      expect(lists).toHaveLength(1)
      expect(judge({ lists })).toMatchObject({ verdict: 'verified', revocation: 'no-list' })
    })
  })

  test('never passes where a byte of the hashes, the certificate or the signature was changed', () => {
    const { sod } = signed
    const content = Buffer.from(sod).indexOf(readFileSync(file('lds.der')))
    const certificate = Buffer.from(sod).indexOf(Buffer.from('CSCA'))
    const places = [
      ...Array.from({ length: 40 }, (_, at) => content + 2 * at),
      ...Array.from({ length: 40 }, (_, at) => certificate + 3 * at),
      ...Array.from({ length: 30 }, (_, at) => sod.length - 1 - 2 * at),
    ]
    for (const place of places) {
      const changed = sod.map((byte, index) => (index === place ? byte ^ 0x04 : byte))
      expect(judge({ sod: changed }).verdict, `byte ${place}`).not.toBe('verified')
    }
  })

  test('has failed where a group differs or is not signed', () => {
    const others = new Map([
      ...groups,
      [13, randomBytes(20)] as const,
      [2, randomBytes(20)] as const,
    ])
    expect(authenticate(signed.sod, others, believing(signed.trusted), Date.now())).toEqual({
      verdict: 'failed',
      reason: 'group-differs',
      matched: [1],
      differing: [2, 13],
      revocation: 'not-checked',
    })
  })

  test('is not attempted where there is none', () => {
    expect(judge({ sod: null })).toMatchObject({ verdict: 'not-attempted', reason: 'no-sod' })
  })

  test('has failed where it is garbage', () => {
    expect(judge({ sod: tlv(0x77, randomBytes(200)) })).toMatchObject({
      verdict: 'failed',
      reason: 'sod-malformed',
    })
  })
})

test.skipIf(missing !== null)(
  `OpenSSL verifies the training card's document ${missing ?? ''}`,
  () => {
    const sod = authority.signGroups(groups)
    writeFileSync(file('ours.cms'), only(sod, 0x77))
    writeFileSync(file('ours.pem'), authority.pem)
    const content = openssl(`cms -verify -inform DER -in ours.cms -CAfile ours.pem -purpose any
    -attime ${Math.floor(CHIP_NOW / 1000)} -binary`)
    expect(only(content, DER.SEQUENCE).length).toBeGreaterThan(80)
    expect(authenticate(sod, groups, believing(readPem(authority.pem)), CHIP_NOW).verdict).toBe(
      'verified',
    )
  },
)
