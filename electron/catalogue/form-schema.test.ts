import { Validator } from '@cfworker/json-schema'
import { readdir, readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { formSchemas } from './form-schema.ts'

const dir = new URL('../../resources/procedures/', import.meta.url)
const read = (name: string) => readFile(new URL(name, dir), 'utf8')
const files = async (folder: string) =>
  (await readdir(new URL(folder, dir))).filter((name) => name.endsWith('.json'))

/** A validator that nobody here wrote. */
const validator = (kind: keyof typeof formSchemas) =>
  new Validator(JSON.parse(formSchemas[kind]()), '2020-12')

const procedures = await files('.')
const libraries = await files('library/')

describe('the format of procedures', () => {
  it.each(['procedure', 'library'] as const)(
    'is committed as generated: %s (run `node scripts/form-schema.ts` after a change)',
    async (kind) => {
      expect(await read(`schema/${kind}.schema.json`)).toBe(formSchemas[kind]())
    },
  )

  it.each(procedures)('holds %s', async (name) => {
    const { valid, errors } = validator('procedure').validate(JSON.parse(await read(name)))
    expect({ valid, errors }).toEqual({ valid: true, errors: [] })
  })

  it.each(libraries)('holds library/%s', async (name) => {
    expect(validator('library').validate(JSON.parse(await read(`library/${name}`))).valid).toBe(
      true,
    )
  })

  it.each<[string, (text: string) => string]>([
    ['an unknown kind of field', (text) => text.replace('"kind": "phone"', '"kind": "retina"')],
    [
      'a member that nobody knows',
      (text) => text.replace('"form":', '"script": "alert(1)", "form":'),
    ],
    ['a fact without its mark', (text) => text.replace('"mark": "confirmed"', '"mark": "sure"')],
    ['a code that is none', (text) => text.replace('"code": "2.000815"', '"code": "2000815"')],
  ])('refuses %s', async (_, spoil) => {
    const text = await read('2.000815.json')
    expect(spoil(text)).not.toBe(text)
    expect(validator('procedure').validate(JSON.parse(spoil(text))).valid).toBe(false)
  })
})
