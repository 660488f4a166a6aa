import { z } from 'zod'
import { PORTAL_LIMITS as limits } from './contract.ts'

/** What an authority asks for beside what was filed, as far as it can be believed. */
export type Supplement = {
  /** ISO 8601 with its offset; null where the portal's word for it is none. */
  readonly requestedAt: string | null
  /** yyyy-mm-dd in Vietnam; null where no day is set. */
  readonly due: string | null
  /** Papers, each in one line of letters that can be drawn. */
  readonly items: readonly string[]
  /** More was asked for than `items` says. */
  readonly cut: boolean
}

// Of this century: it is printed as the day of an official paper.
const momentSchema = z.iso.datetime({ offset: true }).startsWith('20')
const daySchema = z.iso.date().startsWith('20')
const requestSchema = z.looseObject({
  requestedAt: z.unknown().optional(),
  due: z.unknown().optional(),
  items: z.array(z.unknown()).catch([]),
})

/** Letters of Vietnamese and western Europe, and the marks that go with them. */
const DRAWN =
  '\\u0020-\\u007e\\u00a1-\\u00ac\\u00ae-\\u00ff\\u0102\\u0103\\u0110\\u0111\\u0128\\u0129\\u0168\\u0169' +
  '\\u01a0\\u01a1\\u01af\\u01b0\\u1ea0-\\u1ef9\\u2013\\u2014\\u2018\\u2019\\u201c\\u201d\\u2022\\u2026'
const notDrawn = new RegExp(`[^${DRAWN}]|[<>]`, 'gu')
const foreignLetter = new RegExp(`(?![${DRAWN}])[\\p{L}\\p{N}]`, 'u')

/**
 * Takes what can be believed of a portal's request, whatever it is: an officer typed it into a
 * system that nobody here knows. It is text and nothing else: what controls or hides goes, and so
 * does what is longer than the contract allows, which `cut` tells.
 */
export function readSupplement(request: unknown): Supplement {
  const said = requestSchema.safeParse(request).data
  const given = said?.items ?? []
  const read = given.slice(0, limits.SUPPLEMENT_ITEMS_MAX).map(readItem)
  const items = read.flatMap(({ text }) => (text === '' ? [] : [text]))
  return {
    requestedAt: momentSchema.safeParse(said?.requestedAt).data ?? null,
    due: daySchema.safeParse(said?.due).data ?? null,
    items,
    cut: given.length !== items.length || read.some(({ cut }) => cut) || items.length === 0,
  }
}

/** An empty text where it cannot be one. */
function readItem(item: unknown): { readonly text: string; readonly cut: boolean } {
  const nothing = { text: '', cut: true }
  if (typeof item !== 'string') return nothing
  // Nobody reads a megabyte to find its first line.
  const most = limits.SUPPLEMENT_ITEM_MAX_CHARS
  const plain = item
    .slice(0, most * 4)
    .normalize('NFC')
    .replaceAll(/\s+/gu, ' ')
  // Without its letters a text says something else.
  if (foreignLetter.test(plain)) return nothing
  const text = plain.replaceAll(notDrawn, '').replaceAll(/ +/g, ' ').trim()
  if (!/[\p{L}\p{N}]/u.test(text)) return nothing
  const cut = item.length > most * 4 || text.length > most
  return { text: cut ? `${text.slice(0, most - 1).trimEnd()}…` : text, cut }
}
