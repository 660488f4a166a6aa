import { pnmLength, type PnmProblem } from './pnm.ts'

/** What a piece of output has ended: whole pages, and what came behind them if that is none. */
export interface Split {
  readonly pages: readonly Uint8Array[]
  readonly problem: PnmProblem | null
}

/**
 * Cuts what a scanner sends into its pages, each a PNM of its own, by what their headers say. What
 * is left at the end is a page that broke off.
 */
export function createPageSplitter(): (part: Uint8Array) => Split {
  /** What came since the last whole page. */
  let parts: Uint8Array[] = []
  let size = 0
  /** Of the page that is coming; null before its header ends. */
  let length: number | null = null

  return (part) => {
    parts.push(part)
    size += part.length
    const pages: Uint8Array[] = []
    for (;;) {
      if (length === null) {
        const head = Buffer.concat(parts)
        const read = pnmLength(head)
        if (!read.ok) return { pages, problem: read.error }
        length = read.value
        parts = [head]
      }
      if (length === null || size < length) return { pages, problem: null }
      const all = Buffer.concat(parts)
      pages.push(all.subarray(0, length))
      parts = [all.subarray(length)]
      size -= length
      length = null
    }
  }
}
