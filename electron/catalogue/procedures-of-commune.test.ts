import { generateKeyPairSync } from 'node:crypto'
import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { loadProcedures, signPack } from './index.ts'

const builtIn = fileURLToPath(new URL('../../resources/procedures/', import.meta.url))
const pair = () => generateKeyPairSync('ed25519')
const pem = (keys: ReturnType<typeof pair>) =>
  keys.publicKey.export({ type: 'spki', format: 'pem' }).toString()

let dir: string
let publicKey: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'commune-'))
  const keys = pair()
  publicKey = pem(keys)
  const text = await readFile(join(builtIn, '2.000815.json'), 'utf8')
  const own = text.replace('"shortName": "', '"shortName": "Xã mình: ')
  await writeFile(join(dir, '2.000815.json'), own)
  await writeFile(join(dir, '9.000001.json'), text.replace('"2.000815"', '"9.000001"'))
  await mkdir(join(dir, 'library'))
  await writeFile(join(dir, 'library', 'own.json'), '{"groups":{},"lists":{}}')
  await signPack(dir, { name: 'xã Thử', version: '2026-11' }, keys.privateKey)
})
afterEach(() => rm(dir, { recursive: true }))

async function loaded(key: string = publicKey) {
  const all = await loadProcedures(builtIn, { dir, publicKey: key })
  if (!all.ok) throw new Error(JSON.stringify(all.error))
  return all.value
}
const copyName = async () =>
  (await loaded()).procedures.find(({ code }) => code === '2.000815')?.shortName

/** The commune's own form of a built-in procedure, in force on these days. */
async function copyFrom(validFrom: string, validTo?: string): Promise<string> {
  const copy = z
    .looseObject({ shortName: z.string(), form: z.looseObject({}) })
    .parse(JSON.parse(await readFile(join(builtIn, '2.000815.json'), 'utf8')))
  const form = { ...copy.form, validFrom, validTo }
  return JSON.stringify({ ...copy, shortName: `Xã mình: ${copy.shortName}`, form })
}

/** Puts these files in the place of the pack's own and signs it anew. */
async function sign(files: Readonly<Record<string, string>>): Promise<void> {
  for (const name of ['2.000815.json', '9.000001.json']) await rm(join(dir, name))
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text)
  const keys = pair()
  publicKey = pem(keys)
  await signPack(dir, { name: 'xã Thử', version: '2031' }, keys.privateKey)
}

const copyDays = async () =>
  (await loaded()).procedures
    .filter(({ code }) => code === '2.000815')
    .map(({ shortName, form }) => [shortName, form.validTo ?? null])

describe("a commune's own pack", () => {
  it('adds procedures and takes the place of built-in ones', async () => {
    const { procedures, commune } = await loaded()
    expect(commune).toEqual({ state: 'used', name: 'xã Thử', version: '2026-11' })
    expect(procedures.map(({ code }) => code)).toContain('9.000001')
    expect(procedures.map(({ code }) => code)).toContain('1.001193')
    expect(procedures.filter(({ code }) => code === '2.000815')).toHaveLength(1)
    expect(await copyName()).toMatch(/^Xã mình: /)
  })

  it('adds a successor to a built-in one, which ends the day before', async () => {
    await sign({ '2.000815.from-2031-05-01.json': await copyFrom('2031-05-01') })
    expect(await copyDays()).toEqual([
      [expect.stringMatching(/^(?!Xã mình)/), '2031-04-30'],
      [expect.stringMatching(/^Xã mình/), null],
    ])
  })

  it('takes the place of one version and leaves its own successor', async () => {
    const own = await copyFrom('2020-01-01', '2031-04-30')
    await sign({
      '2.000815.json': own,
      '2.000815.from-2031-05-01.json': await copyFrom('2031-05-01'),
    })
    expect(await copyDays()).toEqual([
      [expect.stringMatching(/^Xã mình/), '2031-04-30'],
      [expect.stringMatching(/^Xã mình/), null],
    ])
  })

  it('that is not there changes nothing', async () => {
    const all = await loadProcedures(builtIn, { dir: join(dir, 'nowhere'), publicKey })
    expect(all).toMatchObject({ ok: true, value: { commune: { state: 'none' } } })
  })

  it.each<[string, () => Promise<unknown>, object]>([
    [
      'changed after it was signed',
      () => appendFile(join(dir, '2.000815.json'), ' '),
      { code: 'changed', file: '2.000815.json' },
    ],
    [
      'given a file that nobody signed',
      () => writeFile(join(dir, '9.000002.json'), '{}'),
      { code: 'not-listed', file: '9.000002.json' },
    ],
    [
      'robbed of a file',
      () => rm(join(dir, '9.000001.json')),
      { code: 'missing', file: '9.000001.json' },
    ],
    [
      'given another list of its files',
      () => appendFile(join(dir, 'pack.json'), ' '),
      { code: 'bad-signature' },
    ],
    ['robbed of its signature', () => rm(join(dir, 'pack.sig')), { code: 'no-signature' }],
    [
      'signed with what is no signature',
      () => writeFile(join(dir, 'pack.sig'), 'không phải chữ ký'),
      { code: 'bad-signature' },
    ],
  ])('%s is refused whole, and the built-in ones serve', async (_, spoil, problem) => {
    await spoil()
    const { procedures, commune } = await loaded()
    expect(commune).toEqual({ state: 'refused', problem })
    expect(procedures.map(({ code }) => code)).not.toContain('9.000001')
    expect(await copyName()).not.toMatch(/^Xã mình/)
  })

  it('of another signer is refused', async () => {
    expect((await loaded(pem(pair()))).commune).toMatchObject({
      state: 'refused',
      problem: { code: 'bad-signature' },
    })
    expect((await loaded('-----BEGIN PUBLIC KEY-----\nx')).commune).toMatchObject({
      state: 'refused',
      problem: { code: 'bad-key' },
    })
  })

  it('that is signed and unsound is refused by the name of its fault', async () => {
    const keys = pair()
    await writeFile(join(dir, '9.000001.json'), '{}')
    await signPack(dir, { name: 'xã Thử', version: '2' }, keys.privateKey)
    expect((await loaded(pem(keys))).commune).toMatchObject({
      state: 'refused',
      problem: { code: 'invalid', file: '9.000001.json' },
    })
  })
})
