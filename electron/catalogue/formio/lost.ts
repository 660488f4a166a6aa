import type { Unmapped } from './rules.ts'
import type { Component } from './schema.ts'

/** Whether a value of the builder says anything: it writes out "", null, false and [] everywhere. */
function isSaid(value: unknown): boolean {
  if (value === null || value === undefined || value === false) return false
  if (typeof value === 'string') return value.trim() !== ''
  if (typeof value !== 'object') return true
  return Object.values(value).some(isSaid)
}

/** What a component does beside asking, and that no question here does. */
export function lostOf(component: Component): Unmapped[] {
  const { type, validate, calculateValue, datePicker, defaultValue } = component
  const shown = type !== 'hidden' && component.hidden !== true
  const lost: [boolean, string, string][] = [
    [shown && isSaid(defaultValue), 'defaultValue', 'every box begins empty'],
    [
      shown && component.disabled === true && !isSaid(calculateValue),
      'disabled',
      'it could not be filled in there; it is asked here',
    ],
    [
      component.multiple === true && !['file', 'select', 'radio', 'selectboxes'].includes(type),
      'multiple',
      'one answer is taken',
    ],
    [component.unique === true, 'unique', 'other filings are not looked at'],
    [isSaid(component.inputMask), 'inputMask', 'no entry is checked by a pattern'],
    [isSaid(validate?.minWords), 'validate.minWords', 'words are not counted'],
    [isSaid(validate?.maxWords), 'validate.maxWords', 'words are not counted'],
    [isSaid(validate?.minSelectedCount), 'validate.minSelectedCount', 'choices are not counted'],
    [isSaid(validate?.maxSelectedCount), 'validate.maxSelectedCount', 'choices are not counted'],
    [isSaid(component.minDate) || isSaid(datePicker?.minDate), 'minDate', 'any day is taken'],
    [isSaid(component.maxDate) || isSaid(datePicker?.maxDate), 'maxDate', 'any day is taken'],
  ]
  return lost.flatMap(([is, what, why]) => (is ? [{ what, why }] : []))
}

/** What a part of the page says or does that asks for nothing. */
export function lostOrnament({ type, html, content, custom }: Component): Unmapped[] {
  const said = [html, content].some((text) => isSaid(text?.replace(/<[^<>]*>|&nbsp;/g, '')))
  return [
    ...(said ? [{ what: type, why: 'its words are not shown' }] : []),
    ...(isSaid(custom) ? [{ what: 'custom', why: 'a script is never run' }] : []),
  ]
}
