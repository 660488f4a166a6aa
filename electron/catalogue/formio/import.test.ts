import * as fc from 'fast-check'
import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { emptyLibrary, expand, pathsThrough, type Procedure } from '../../../shared/forms/index.ts'
import { card, known } from '../../../shared/forms/testing.ts'
import { importFormio, type FormioImport } from './index.ts'

const file = new URL('../../../test/fixtures/formio/tree-support.json', import.meta.url)
const authored: unknown = JSON.parse(await readFile(file, 'utf8'))

function imported(form: unknown): FormioImport {
  const taken = importFormio(form)
  if (!taken.ok) throw new Error(JSON.stringify(taken.error))
  return taken.value
}
function written(form: unknown): Procedure {
  const expanded = expand(imported(form).definition, emptyLibrary)
  if (!expanded.ok) throw new Error(JSON.stringify(expanded.error))
  return expanded.value
}
const withComponents = (...components: object[]) => ({ title: 'Việc thử', components })
const leftOf = (...components: object[]) =>
  imported(withComponents(...components)).notMapped.map(({ key, what }) => `${key}: ${what}`)
const fieldOf = (key: string, form: unknown = authored) =>
  written(form).form.fields.find((field) => field.key === key)
const select = {
  type: 'radio',
  key: 'loai',
  label: 'Loại',
  values: [
    { label: 'Một', value: 'Một' },
    { label: 'Hai', value: 'hai' },
  ],
}

describe("a form of Form.io's builder", () => {
  it('names what it took over, what it left behind, and why', () => {
    const { fields, mapped, notMapped, needsOfficer } = imported(authored)
    expect(fields).toBe(20)
    expect(mapped).toEqual(
      expect.arrayContaining(['fullname', 'loaiCay', 'hoTro', 'thuaDat', 'giayDat', 'camKet']),
    )
    expect(mapped).not.toContain('chuKy')
    expect(notMapped.map(({ key, what }) => `${key}: ${what}`)).toEqual([
      'thuDienTu: email',
      'tienCong: calculateValue',
      'xa: dataSrc url',
      'dat: customConditional',
      'chuKy: signature',
      'content: content',
    ])
    expect(notMapped.find(({ key }) => key === 'dat')?.why).toBe('a script is never run')
    expect(needsOfficer).toBe(true)
    expect(imported(authored).definition.needsOfficer).toBe(true)
  })

  it('is a procedure that can be filled in to the end', () => {
    const { paths, missed } = pathsThrough(written(authored), known, card)
    expect(paths.some(({ stop }) => stop === null)).toBe(true)
    // A tick that is needed leaves its "no" to nobody.
    expect(missed).toEqual(['camKet = no'])
  })

  it('has the applicant’s usual boxes from the card', () => {
    expect(fieldOf('fullname')?.source).toEqual({ from: 'card', path: 'name' })
    expect(fieldOf('identityNumber')?.source).toEqual({ from: 'card', path: 'number' })
    expect(fieldOf('birthday')).toMatchObject({
      source: { from: 'card', path: 'birth' },
      input: { kind: 'date', partial: true },
    })
  })

  it('keeps conditions: simple ones, several together, and JsonLogic', () => {
    expect(fieldOf('cayKhac')?.showIf).toEqual({ '==': [{ var: 'loaiCay' }, 'khac'] })
    expect(fieldOf('lyDoKyThuat')?.showIf).toEqual({
      and: [{ in: ['kythuat', { var: 'hoTro' }] }, { '>': [{ var: 'soCay' }, 100] }],
    })
    const json = { json: { '===': [{ var: 'data.loai' }, 'Một'] } }
    const form = withComponents(select, {
      type: 'textfield',
      key: 'b',
      label: 'B',
      conditional: json,
    })
    expect(fieldOf('b', form)?.showIf).toEqual({ '==': [{ var: 'loai' }, 'mot'] })
  })

  it('keeps what is calculated and checked by JsonLogic', () => {
    expect(fieldOf('tongCay')).toMatchObject({
      source: { from: 'computed', rule: { '+': [{ var: 'soCay' }, 5] } },
    })
    expect(fieldOf('soCay')?.checks).toEqual([
      {
        wrongIf: {
          '!': [{ or: [{ '!=': [{ var: 'loaiCay' }, 'dieu'] }, { '>=': [{ var: 'soCay' }, 20] }] }],
        },
        say: 'Cây điều trồng ít nhất 20 cây.',
      },
    ])
  })

  it('makes a table of a grid and a paper of a file', () => {
    const { form, components } = written(authored)
    expect(form.tables).toMatchObject([
      { key: 'thuaDat', most: 4, columns: ['soThua', 'dienTich'] },
    ])
    expect(components).toMatchObject([{ code: 'giayDat', handling: 'scan' }])
  })
})

describe('a script', () => {
  const text = { type: 'textfield', key: 'a', label: 'A' }
  it.each([
    ['customConditional', { ...text, customConditional: 'show = true' }],
    ['calculateValue', { ...text, calculateValue: 'value = 1' }],
    ['customDefaultValue', { ...text, customDefaultValue: 'value = 1' }],
    ['validate.custom', { ...text, validate: { custom: 'valid = true' } }],
    ['logic (ẩn)', { ...text, logic: [{ name: 'ẩn', trigger: {}, actions: [] }] }],
    [
      'dataSrc custom',
      { ...text, type: 'select', dataSrc: 'custom', data: { custom: 'values = []' } },
    ],
  ])('of %s is named and never run', (what, component) => {
    expect(leftOf(component)).toEqual([`a: ${what}`])
  })

  it('of a panel is named once, however many fields it may hide', () => {
    const other = { ...text, key: 'b' }
    const components = [text, other]
    const panel = { type: 'panel', key: 'p', customConditional: 'show = false', components }
    expect(leftOf(panel)).toEqual(['p: customConditional'])
  })
})

describe('what is no form', () => {
  it.each<[string, unknown, string]>([
    ['a list', [], 'not-a-form'],
    ['an object without components', { title: 'x' }, 'not-a-form'],
    ['components that are none', { components: [{ key: 'a' }] }, 'not-a-form'],
    ['a bomb of panels', { components: [bomb(40)] }, 'too-deep'],
    ['a bomb beyond what a parser recurses', { components: [bomb(2_000)] }, 'too-deep'],
    ['a bomb of grids', { components: [bomb(40, 'datagrid')] }, 'too-deep'],
    ['a bomb of what nobody knows', { components: [bomb(40, 'magic')] }, 'too-deep'],
    [
      'a flood of fields in grids',
      {
        components: ['a', 'b', 'c'].map((key) => ({
          type: 'datagrid',
          key,
          components: Array.from({ length: 700 }, () => ({ type: 'textfield', key: 'a' })),
        })),
      },
      'too-large',
    ],
    [
      'a flood of fields',
      { components: Array.from({ length: 2_001 }, () => ({ type: 'textfield', key: 'a' })) },
      'too-large',
    ],
  ])('is refused by name: %s', (_, form, code) => {
    expect(importFormio(form)).toMatchObject({ ok: false, error: { code } })
  })

  it('never throws, and what it makes of a form can be written out', () => {
    const key = fc.constantFrom('a', 'b', '__proto__', 'constructor', 'Đ x', '', '1', 'a.b')
    const component = fc.record(
      {
        type: fc.constantFrom(
          'textfield',
          'number',
          'radio',
          'select',
          'datagrid',
          'file',
          'hidden',
        ),
        key,
        label: fc.string(),
        values: fc.array(fc.record({ label: fc.string(), value: fc.string() }), { maxLength: 3 }),
        conditional: fc.record({ show: fc.boolean(), when: key, eq: fc.string() }),
        calculateValue: fc.jsonValue(),
        validate: fc.record({ required: fc.boolean(), json: fc.jsonValue() }),
        components: fc.array(fc.record({ type: fc.constant('textfield'), key }), { maxLength: 2 }),
      },
      { requiredKeys: ['type', 'key'] },
    )
    fc.assert(
      fc.property(fc.array(component, { maxLength: 6 }), (components) => {
        const taken = importFormio({ title: 'Việc thử', components })
        if (!taken.ok) return
        expect(expand(taken.value.definition, emptyLibrary).ok).toBe(true)
      }),
    )
    fc.assert(fc.property(fc.jsonValue(), (json) => void importFormio(json)))
  })
})

/** Panels in panels. */
function bomb(depth: number, type = 'panel'): object {
  return { type, key: 'p', components: depth === 0 ? [] : [bomb(depth - 1, type)] }
}
