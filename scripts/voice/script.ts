import type { Script } from '../../shared/speech/schema.ts'
import { citizenTexts, journeys, type Sayable } from './inventory.ts'

/** Messages that every visit may say, by what their keys begin with, as a visit goes. */
const VISIT = [
  'attract languages voice frame notice group identify confirm sex choose prepare limit fee',
  'step answer date weekday hour money problem review declare submitting done due counter ticket',
  'receipt again idle',
]
  .join(' ')
  .split(' ')

/** The same of what only some visits say; what is not named, faults among them, comes last. */
const SELDOM = [
  'address papers second-card more search stop leave resume keyboard help card-part access chip',
  'look-up declined keys printer reader paper out app unlock staff',
]
  .join(' ')
  .split(' ')

/**
 * Every text that a citizen can meet in the order in which a speaker should record it: what each
 * visit says, procedures (those that are asked for every day first), what is said seldom.
 */
export async function scriptOf(): Promise<Script> {
  const all = await journeys()
  const place = new Map(all.map(({ code }, at) => [code, at]))
  const found = new Map<string, Script['texts'][number]>()
  for (const { text, where } of inOrder(await citizenTexts(), place)) {
    if (!/[\p{L}\p{N}]/u.test(text)) continue
    const code = codeOf(where)
    const known = found.get(text)
    const procedures = code === null ? [] : [code]
    if (known === undefined) found.set(text, { where, text, part: partOf(where), procedures })
    else {
      const codes = [...new Set([...known.procedures, ...procedures])]
      found.set(text, { ...known, procedures: codes })
    }
  }
  return { version: 1, journeys: [...all], texts: [...found.values()] }
}

/** `script.json` as it lies: a line a text, so that a change of one changes one. */
export function scriptFile({ version, journeys, texts }: Script): string {
  const lines = (items: readonly object[]) =>
    items.map((item) => `    ${JSON.stringify(item)}`).join(',\n')
  return `{\n  "version": ${version},\n  "journeys": [\n${lines(journeys)}\n  ],\n  "texts": [\n${lines(texts)}\n  ]\n}\n`
}

const codeOf = (where: string): string | null =>
  /^procedure\.(\d\.\d{6})\./.exec(where)?.[1] ?? null

const beginning = (where: string): string => where.split('.')[0] ?? where

function partOf(where: string): 'visit' | 'procedure' | 'seldom' {
  if (codeOf(where) !== null) return 'procedure'
  return VISIT.includes(beginning(where)) ? 'visit' : 'seldom'
}

function inOrder(
  texts: readonly Sayable[],
  procedures: ReadonlyMap<string, number>,
): readonly Sayable[] {
  const parts = ['visit', 'procedure', 'seldom']
  const last = SELDOM.length + VISIT.length
  const within = (where: string) => {
    const code = codeOf(where)
    if (code !== null) return procedures.get(code) ?? procedures.size
    const at = [...VISIT, ...SELDOM].indexOf(beginning(where))
    return at === -1 ? last : at
  }
  return texts.toSorted(
    (one, other) =>
      parts.indexOf(partOf(one.where)) - parts.indexOf(partOf(other.where)) ||
      within(one.where) - within(other.where),
  )
}
