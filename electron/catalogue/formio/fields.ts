import type { FieldInput, ValueSource } from '../../../shared/forms/index.ts'
import type { Unmapped } from './rules.ts'
import type { Component } from './schema.ts'
import { choiceValue, plainWords } from './text.ts'

/** An input here for a component there, and what of it was left behind; null where there is none. */
export interface TakenInput {
  readonly input: FieldInput
  readonly unmapped: readonly Unmapped[]
}

const MAX_TEXT = 499
const USUAL_TEXT = 200
const MAX_NUMBER = 999_999_999
const YES_NO = [
  { value: 'yes', label: 'Có' },
  { value: 'no', label: 'Không' },
]

/** Longest list of choices that a person is led through; a longer one comes from elsewhere. */
const MAX_CHOICES = 400

export function inputOf(component: Component): TakenInput | null {
  const { type } = component
  switch (type) {
    case 'textfield':
    case 'textarea':
      return textInput(component)
    case 'email':
    case 'url':
    case 'time':
    case 'tags':
      return whole(text(component), [
        { what: type, why: 'asked as plain text, its form unchecked' },
      ])
    case 'phoneNumber':
      return whole({ kind: 'phone' })
    case 'number':
      return numberInput(component)
    case 'currency':
      return whole(
        {
          kind: 'money',
          min: Math.max(0, wholeNumber(component.validate?.min) ?? 0),
          max: wholeNumber(component.validate?.max) ?? MAX_NUMBER,
        },
        boundsLost(component),
      )
    case 'checkbox':
      return whole({ kind: 'choice', choices: YES_NO })
    case 'radio':
      return choiceInput(component, component.values ?? [], component.multiple === true)
    case 'selectboxes':
      return choiceInput(component, component.values ?? [], true)
    case 'select':
      return selectInput(component)
    case 'day': {
      const partial = component.fields?.day?.hide === true
      return whole({ kind: 'date', partial, range: 'any' })
    }
    case 'datetime':
      return whole(
        { kind: 'date', partial: false, range: 'any' },
        component.enableTime === false ? [] : [{ what: 'time', why: 'only the day is asked' }],
      )
    case 'address':
      return whole({ kind: 'address', old: false, detail: true })
    default:
      return null
  }
}

const whole = (input: FieldInput, unmapped: readonly Unmapped[] = []): TakenInput => ({
  input,
  unmapped,
})

function text({ validate, key, label }: Component): FieldInput {
  const maxLength = Math.min(wholeNumber(validate?.maxLength) ?? USUAL_TEXT, MAX_TEXT)
  const isName =
    /^(full ?name|ho ?(va ?)?ten)/i.test(folded(`${key} `)) ||
    /họ (và )?tên/i.test(plainWords(label))
  return { kind: isName ? 'name' : 'text', maxLength: Math.max(1, maxLength) }
}

function textInput(component: Component): TakenInput {
  const pattern = component.validate?.pattern ?? ''
  if (/^\^?(\\d|\[0-9\])\{12\}\$?$/.test(pattern)) return whole({ kind: 'personal-number' })
  if (/^\^?0(\\d|\[0-9\])\{9\}\$?$/.test(pattern)) return whole({ kind: 'phone' })
  const { minLength, maxLength } = component.validate ?? {}
  const least = wholeNumber(minLength) ?? 0
  const most = wholeNumber(maxLength) ?? 0
  return whole(text(component), [
    ...(pattern === ''
      ? []
      : [{ what: 'validate.pattern', why: 'no entry is checked by a pattern' }]),
    ...(least > 1 ? [{ what: 'validate.minLength', why: 'an entry may be short' }] : []),
    ...(most > MAX_TEXT
      ? [{ what: 'validate.maxLength', why: `an entry has at most ${MAX_TEXT} letters` }]
      : []),
  ])
}

/** Bounds that are no whole numbers. */
function boundsLost({ validate }: Component): Unmapped[] {
  return (['min', 'max'] as const).flatMap((bound) => {
    const given = validate?.[bound] ?? ''
    if (given === '' || wholeNumber(given) !== null) return []
    return [{ what: `validate.${bound}`, why: 'only whole numbers are bounds' }]
  })
}

function numberInput(component: Component): TakenInput {
  const { validate, decimalLimit, suffix } = component
  const unit = plainWords(suffix ?? '')
  const decimals = wholeNumber(decimalLimit) ?? 0
  const [min, max] = [wholeNumber(validate?.min) ?? 0, wholeNumber(validate?.max) ?? MAX_NUMBER]
  return whole(
    {
      kind: 'number',
      min: Math.min(min, max),
      max: Math.max(min, max),
      ...(unit === '' ? {} : { unit }),
    },
    [
      ...(decimals > 0 ? [{ what: 'decimals', why: 'only whole numbers are asked' }] : []),
      ...boundsLost(component),
    ],
  )
}

function selectInput(component: Component): TakenInput {
  const { dataSrc, data, multiple } = component
  if (dataSrc === null || dataSrc === undefined || dataSrc === '' || dataSrc === 'values') {
    return choiceInput(component, data?.values ?? component.values ?? [], multiple === true)
  }
  const why =
    dataSrc === 'custom'
      ? 'its choices come from a script, which is never run'
      : 'its choices lie elsewhere; asked as plain text'
  return whole(text(component), [{ what: `dataSrc ${dataSrc}`, why }])
}

function choiceInput(
  component: Component,
  options: readonly { readonly value: string; readonly label: string }[],
  several: boolean,
): TakenInput {
  const choices = options
    .filter(({ label, value }) => label !== '' || value !== '')
    .map(({ label, value }) => ({
      value: choiceValue(value === '' ? label : value),
      label: plainWords(label) || plainWords(value),
    }))
  const values = new Set(choices.map(({ value }) => value))
  if (choices.length < 2 || values.size < choices.length || choices.length > MAX_CHOICES) {
    return whole(text(component), [
      { what: 'values', why: 'no two choices that differ; asked as plain text' },
    ])
  }
  return whole(several ? { kind: 'choices', choices } : { kind: 'choice', choices })
}

/**
 * Boxes that every portal form of this kind has, by their usual keys (the applicant's block of
 * Form.io forms of ministries): the card answers them.
 */
export function cardSource(
  key: string,
  input: FieldInput,
): Extract<ValueSource, { from: 'card' }> | null {
  const path = CARD_KEYS[folded(key)]
  if (path === undefined) return null
  const fits =
    (path === 'name' && input.kind === 'name') ||
    (path === 'number' && input.kind === 'personal-number') ||
    ((path === 'birth' || path === 'issued') && input.kind === 'date') ||
    (path === 'address' && (input.kind === 'text' || input.kind === 'address'))
  return fits ? { from: 'card', path } : null
}

const CARD_KEYS: Record<string, 'name' | 'number' | 'birth' | 'issued' | 'address' | undefined> = {
  fullname: 'name',
  hoten: 'name',
  identitynumber: 'number',
  sodinhdanh: 'number',
  birthday: 'birth',
  ngaysinh: 'birth',
  identitydate: 'issued',
  address: 'address',
}

const folded = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, '')

function wholeNumber(value: string | number | null | undefined): number | null {
  if (value === null || value === undefined || value === '') return null
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : null
}
