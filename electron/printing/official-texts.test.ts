import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { editionOn, openOfficialTexts } from './official-texts.ts'

const shipped = fileURLToPath(
  new URL('../../resources/papers/official-texts.json', import.meta.url),
)
const own = join(mkdtempSync(join(tmpdir(), 'texts-')), 'official-texts.json')
const logged: unknown[] = []
const open = () =>
  openOfficialTexts({ shipped, own }, (event, details) => logged.push(event, details))

it('takes the words of the day: the newest that had begun, and the oldest before all', async () => {
  const { version, editions } = await open()
  const [first] = editions
  if (first === undefined) throw new Error('no edition')
  const both = { version, editions: [{ ...first, validFrom: '2027-01-01', number: 'mới' }, first] }
  expect(editionOn(both, '2026-12-31').number).toBe(first.number)
  expect(editionOn(both, '2027-01-01').number).toBe('mới')
  expect(editionOn(both, '2020-01-01').number).toBe(first.number)
})

it("takes the commune's own words where it has any", async () => {
  writeFileSync(own, readFileSync(shipped, 'utf8').replace('/TTPVHCC', '/BPTNTKQ'))
  expect(editionOn(await open(), '2026-11-24').number).toContain('/BPTNTKQ')
  expect(logged).toEqual([])
})

it('names the place of words that do not stand, and prints with the shipped ones', async () => {
  writeFileSync(own, readFileSync(shipped, 'utf8').replace('"title":', '"titel":'))
  expect(editionOn(await open(), '2026-11-24').number).toContain('/TTPVHCC')
  expect(logged).toEqual(['official-texts-invalid', { where: 'editions.0.receipt.title' }])
})
