import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authority } from '../../../test/fixtures/chip.ts'
import { readTrustStore } from './trust-store.ts'

const missing =
  spawnSync('openssl', ['version']).status === 0 || process.env['CI']
    ? ''
    : ' (needs openssl: apt-get install openssl)'

let dir = ''
beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'kiosk-trust-'))))
afterEach(() => rmSync(dir, { recursive: true }))

describe('the folder of those who sign cards', () => {
  it('holds the authorities in it', async () => {
    writeFileSync(join(dir, 'authority.pem'), authority.pem)
    expect((await readTrustStore(dir)).authorities).toHaveLength(1)
  })

  it.skipIf(missing)(`holds what they have taken back, too${missing}`, async () => {
    const openssl = (words: string) =>
      execFileSync('openssl', words.split(' '), { cwd: dir, stdio: 'pipe' })
    writeFileSync(join(dir, 'index.txt'), '')
    writeFileSync(join(dir, 'number'), '01\n')
    writeFileSync(
      join(dir, 'ca.cnf'),
      '[ca]\ndefault_ca=one\n[one]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ndefault_crl_days=9\n',
    )
    openssl('req -x509 -newkey rsa:2048 -nodes -keyout key -out authority.pem -subj /CN=CSCA')
    openssl('ca -config ca.cnf -cert authority.pem -keyfile key -gencrl -out list.crl')
    writeFileSync(join(dir, 'broken.crl'), 'no list')
    const { authorities, lists } = await readTrustStore(dir)
    expect([authorities.length, lists.length]).toEqual([1, 1])
  })

  it('trusts nobody where there is no folder', async () => {
    const nobody = { authorities: [], lists: [] }
    expect(await readTrustStore(null)).toEqual(nobody)
    expect(await readTrustStore(join(dir, 'none'))).toEqual(nobody)
  })

  it.skipIf(missing).each([
    ['an authority', 'basicConstraints=critical,CA:TRUE', 1],
    ['a signer of documents, which says that it is none', 'basicConstraints=CA:FALSE', 0],
    ['a signer of documents, which says nothing', 'keyUsage=digitalSignature', 0],
  ])(
    `takes a certificate of OpenSSL of an authority alone: %s${missing}`,
    async (_, says, held) => {
      const config = join(dir, 'req.cnf')
      writeFileSync(
        config,
        `[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\n${says}\n`,
      )
      const to = ['-keyout', join(dir, 'key'), '-out', join(dir, 'one.pem')]
      const how = [
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:P-256',
        '-nodes',
        '-subj',
        '/CN=CSCA',
      ]
      execFileSync('openssl', ['req', '-x509', '-config', config, ...how, ...to], { stdio: 'pipe' })
      expect((await readTrustStore(dir)).authorities).toHaveLength(held)
    },
  )
})
