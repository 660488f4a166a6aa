import { fold } from '../../../shared/domain/vietnamese.ts'

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['nbsp', ' '],
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
])

/** Text without markup and stray spaces. "Dưới < 5 ha" holds no markup. */
export const plainWords = (text: string): string =>
  text
    .replace(/<[a-z/!][^<>]*>/gi, ' ')
    .replace(/&([a-z]+);/g, (entity, name: string) => ENTITIES.get(name) ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
    .normalize('NFC')

/** Letters and digits, beginning with a small letter; never a name of JavaScript's own. */
export function partKey(key: string): string {
  const plain = key.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/giu, 'd')
  const camel = plain
    .replace(/[^a-zA-Z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())
    .replace(/^[^a-zA-Z]+/, '')
  const name = camel === '' ? 'field' : camel.charAt(0).toLowerCase() + camel.slice(1)
  return name in Object.prototype ? `${name}Field` : name
}

/** A key that is not among `used`, which then holds it. */
export function newKey(key: string, used: Set<string>): string {
  const base = partKey(key)
  let found = base
  for (let n = 2; used.has(found); n += 1) found = `${base}${n}`
  used.add(found)
  return found
}

/** A value as a choice here: letters, digits and hyphens. */
export function choiceValue(value: string): string {
  const slug = fold(value)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
  return slug === '' ? 'x' : slug
}
