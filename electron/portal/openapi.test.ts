import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'
import { openApiDocument, openApiText } from './openapi.ts'

it('is committed as generated (run `node scripts/openapi.ts` after a change of the contract)', async () => {
  const file = new URL('../../resources/portal-openapi.json', import.meta.url)
  expect(await readFile(file, 'utf8')).toBe(openApiText())
})

it('refers only to schemas and headers that it has', () => {
  const { components } = openApiDocument()
  const references = openApiText().matchAll(/"#\/components\/(schemas|headers)\/([^"]+)"/g)
  const missing = [...references].filter(
    ([, kind, name]) =>
      !(name ?? '').length ||
      !Object.hasOwn(kind === 'schemas' ? components.schemas : components.headers, name ?? ''),
  )
  expect(missing).toEqual([])
})
