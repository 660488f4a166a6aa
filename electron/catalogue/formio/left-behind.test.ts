import { describe, expect, it } from 'vitest'
import { emptyLibrary, expand } from '../../../shared/forms/index.ts'
import { importFormio } from './index.ts'

/** What Form.io's builder writes that a form here has no place for, or says in another way. */

function taken(...components: object[]) {
  const imported = importFormio({ title: 'Việc thử', components })
  if (!imported.ok) throw new Error(JSON.stringify(imported.error))
  expect(expand(imported.value.definition, emptyLibrary).ok).toBe(true)
  return imported.value
}
const leftOf = (...components: object[]) =>
  taken(...components).notMapped.map(({ key, what }) => `${key}: ${what}`)
const entryOf = (key: string, ...components: object[]) =>
  taken(...components).definition.form.fields.find((one) =>
    'key' in one ? one.key === key : 'table' in one && one.table === key,
  )
const text = { type: 'textfield', key: 'a', label: 'A' }
const shown = (when: string, eq: unknown) => ({
  ...text,
  conditional: { show: true, when, eq },
})

describe('what a form here does not do is named', () => {
  it.each<[string, string, object]>([
    ['a default', 'defaultValue', { ...text, defaultValue: 'Việt Nam' }],
    ['a box that is only looked at', 'disabled', { ...text, disabled: true }],
    ['several entries in one box', 'multiple', { ...text, multiple: true }],
    ['a mask', 'inputMask', { ...text, inputMask: '999' }],
    ['a least length', 'validate.minLength', { ...text, validate: { minLength: 3 } }],
    ['a length beyond ours', 'validate.maxLength', { ...text, validate: { maxLength: '9000' } }],
    [
      'half a number as a bound',
      'validate.min',
      { ...text, type: 'number', validate: { min: 0.5 } },
    ],
    ['a last day', 'maxDate', { ...text, type: 'day', maxDate: '2020-01-01' }],
    [
      'a first day',
      'minDate',
      { ...text, type: 'datetime', enableTime: false, datePicker: { minDate: '2026-01-01' } },
    ],
    ['words on the page', 'content', { type: 'content', key: 'a', html: '<p>Đọc kỹ</p>' }],
    ["a button's script", 'custom', { type: 'button', key: 'a', custom: 'alert(1)' }],
    ['a form that stands elsewhere', 'form', { type: 'form', key: 'a', form: '64ab' }],
    ['what is unknown and asks for nothing', 'map', { type: 'map', key: 'a', input: false }],
    ['a default by JsonLogic', 'customDefaultValue', { ...text, customDefaultValue: { var: 'b' } }],
  ])('%s', (_, what, component) => {
    expect(leftOf(component)).toEqual([`a: ${what}`])
  })

  it('the way of a wizard', () => {
    const page = { type: 'panel', key: 'p', nextPage: "page = 'z'", components: [text] }
    expect(leftOf(page)).toEqual(['p: nextPage'])
  })

  it('a key that two parts share', () => {
    expect(leftOf(text, { ...text, label: 'B' })).toEqual(['a: key'])
  })

  it('rows beyond those of a table here', () => {
    const grid = { type: 'datagrid', key: 'g', components: [text] }
    expect(leftOf({ ...grid, validate: { maxLength: '50' } })).toEqual(['g: validate.maxLength'])
  })

  it('what a panel within a grid does', () => {
    const panel = { type: 'panel', key: 'p', customConditional: 'show = 1', components: [text] }
    expect(leftOf({ type: 'datagrid', key: 'g', components: [panel] })).toEqual([
      'p: customConditional',
    ])
  })

  it('and what the builder writes out everywhere is not', () => {
    const usual = {
      ...text,
      defaultValue: '',
      disabled: false,
      multiple: false,
      inputMask: '',
      unique: false,
      customDefaultValue: '',
      logic: [],
      validate: { required: false, minLength: '', maxLength: '', pattern: '', custom: '' },
    }
    const boxes = {
      type: 'selectboxes',
      key: 'b',
      label: 'B',
      defaultValue: { mot: false, '': false },
      values: [
        { label: 'Một', value: 'mot' },
        { label: 'Hai', value: 'hai' },
      ],
    }
    const button = { type: 'button', key: 'submit', action: 'submit', label: 'Nộp', custom: '' }
    expect(leftOf(usual, boxes, button)).toEqual([])
  })
})

describe('what holds fields', () => {
  it('may be tabs, which have no type', () => {
    const tabs = { type: 'tabs', key: 't', components: [{ key: 'tab1', components: [text] }] }
    expect(taken(tabs).mapped).toEqual(['a'])
  })

  it('may be unknown: it is named, and its fields are asked', () => {
    const { mapped, notMapped } = taken({ type: 'magic', key: 'm', components: [text] })
    expect(mapped).toEqual(['a'])
    expect(notMapped).toMatchObject([{ key: 'm', what: 'magic' }])
  })

  it('may be a container, by whose key conditions name them', () => {
    const inner = { ...shown('c.b', 'x'), key: 'd' }
    const container = { type: 'container', key: 'c', components: [{ ...text, key: 'b' }, inner] }
    expect(entryOf('d', container)).toMatchObject({ showIf: { '==': [{ var: 'b' }, 'x'] } })
  })
})

describe('what is compared', () => {
  const number = { type: 'number', key: 'n', label: 'N' }
  const yesNo = {
    type: 'radio',
    key: 'r',
    label: 'R',
    values: [
      { label: 'Có', value: true },
      { label: 'Không', value: 'false' },
    ],
  }
  const name = { type: 'textfield', key: 'q', label: 'Q' }
  const tick = { type: 'checkbox', key: 't', label: 'T' }

  it.each<[string, object, object]>([
    ['a number that is written as text', number, { '==': [{ var: 'n' }, 5] }],
    ['a choice named true', yesNo, { '==': [{ var: 'r' }, 'true'] }],
    ['words as they are typed', name, { '==': [{ var: 'q' }, 'Hà Nội'] }],
    ['a tick', tick, { '==': [{ var: 't' }, 'yes'] }],
  ])('is %s', (_, other, rule) => {
    const key = Object.entries(other).find(([part]) => part === 'key')?.[1]
    const eq = key === 'n' ? '5' : key === 'q' ? 'Hà Nội' : 'true'
    expect(entryOf('a', other, shown(String(key), eq))).toMatchObject({ showIf: rule })
    const json = { '===': [{ var: `data.${String(key)}` }, eq] }
    const byLogic = { ...text, conditional: { json } }
    expect(entryOf('a', other, byLogic)).toMatchObject({ showIf: rule })
  })

  it('and what can never be equal is named', () => {
    expect(leftOf(number, shown('n', 'năm'))).toEqual(['a: conditional'])
    expect(leftOf({ type: 'day', key: 'd', label: 'D' }, shown('d', '01/01/2020'))).toEqual([
      'a: conditional',
    ])
  })

  it('by a rule that stands as text, which is read; any other text would always hold', () => {
    const written = (json: unknown) => ({ ...text, conditional: { json } })
    expect(entryOf('a', number, written('{"==":[{"var":"data.n"},3]}'))).toMatchObject({
      showIf: { '==': [{ var: 'n' }, 3] },
    })
    expect(leftOf(written('show = true'))).toEqual(['a: conditional.json'])
    expect(leftOf(written(true))).toEqual(['a: conditional.json'])
  })

  it('in a row, with its own row', () => {
    const columns = [number, shown('g.n', '5')]
    expect(entryOf('g', { type: 'datagrid', key: 'g', components: columns })).toMatchObject({
      columns: [{}, { showIf: { '==': [{ var: '.n' }, 5] } }],
    })
  })
})

describe('what is said otherwise', () => {
  it('a tick that is needed cannot be refused', () => {
    const tick = { type: 'checkbox', key: 't', label: 'T', validate: { required: true } }
    expect(entryOf('t', tick)).toMatchObject({
      checks: [{ wrongIf: { '==': [{ var: 't' }, 'no'] } }],
    })
  })

  it('labels of choices without markup, composed', () => {
    const radio = {
      type: 'radio',
      key: 'r',
      label: 'R',
      values: [
        { label: 'Co\u0301 <b>rồi</b>', value: 'a' },
        { label: 'Dưới < 5 &amp; trên', value: 'b' },
      ],
    }
    expect(entryOf('r', radio)).toMatchObject({
      input: { choices: [{ label: 'Có rồi' }, { label: 'Dưới < 5 & trên' }] },
    })
  })

  it('a unit, the rows of a grid, and an optional box of the card, which is asked without one', () => {
    expect(entryOf('n', { type: 'number', key: 'n', label: 'N', suffix: 'm2' })).toMatchObject({
      input: { unit: 'm2' },
    })
    const grid = { type: 'datagrid', key: 'g', validate: { minLength: '2' }, components: [text] }
    expect(entryOf('g', grid)).toMatchObject({ least: 2, most: 10 })
    const imported = taken({ type: 'day', key: 'birthday', label: 'Ngày sinh' })
    expect(imported.findings).toEqual([])
    expect(imported.definition.form.fields).toMatchObject([
      { source: [{ from: 'card', path: 'birth' }, { from: 'asked' }] },
    ])
  })
})
