import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { CHECKED_PACK, checkPack, readBuiltIn } from './checked-pack.ts'
import { parsePack } from './pack.ts'
import { readPackFiles } from './pack-files.ts'

const shipped = fileURLToPath(new URL('../../resources/procedures', import.meta.url))

let root = ''
let dir = ''
let checked = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'checked-pack-'))
  dir = join(root, 'procedures')
  await cp(shipped, dir, { recursive: true })
  checked = await checkPack(dir)
  await writeFile(join(root, CHECKED_PACK), checked)
})
afterEach(() => rm(root, { recursive: true }))

const anew = async () => parsePack(await readPackFiles(dir))

it('is the same as what is read and checked anew', async () => {
  expect(await readBuiltIn(dir, root)).toEqual(await anew())
})

it('is taken as the build has left it, while not a byte of the files has changed', async () => {
  await writeFile(join(root, CHECKED_PACK), checked.replaceAll('"2.000815"', '"9.999999"'))
  const read = await readBuiltIn(dir, root)
  expect(read.ok && read.value.procedures.map(({ code }) => code)).toContain('9.999999')
})

it('is checked anew once a file has changed, and a broken one is refused by its name', async () => {
  const file = join(dir, '2.000815.json')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"key": "paper.copies"', '"key": "paper.pages"'))
  expect(await readBuiltIn(dir, root)).toMatchObject({
    ok: false,
    error: [{ code: 'unsound', file: '2.000815.json' }],
  })
})

it('is checked anew where the build has left nothing, or it is no longer whole', async () => {
  const whole = await anew()
  expect(await readBuiltIn(dir, join(root, 'nowhere'))).toEqual(whole)
  await writeFile(join(root, CHECKED_PACK), checked.slice(0, -100))
  expect(await readBuiltIn(dir, root)).toEqual(whole)
})

it('stops the build where it is not sound', async () => {
  await writeFile(join(dir, '2.000815.json'), '{}')
  await expect(checkPack(dir)).rejects.toThrow('2.000815.json')
})
