import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createPageSplitter } from './page-splitter.ts'

const page = Buffer.from('P5\n2 1\n255\n..')

/** All that is cut out of this output, as it comes in pieces that end at these places. */
function cut(output: Uint8Array, ends: readonly number[]) {
  const split = createPageSplitter()
  const pages: Uint8Array[] = []
  let from = 0
  for (const end of [...ends.toSorted((one, other) => one - other), output.length]) {
    const found = split(output.subarray(from, end))
    pages.push(...found.pages)
    if (found.problem !== null) return { pages: pages.length, problem: found.problem }
    from = end
  }
  return { pages: pages.length, problem: null }
}

it('cuts the same pages, in whatever pieces they come', () => {
  fc.assert(
    fc.property(fc.nat(4), fc.array(fc.nat(page.length * 4)), (count, ends) => {
      const output = Buffer.concat(Array.from({ length: count }, () => page))
      const within = ends.map((end) => Math.min(end, output.length))
      expect(cut(output, within)).toEqual({ pages: count, problem: null })
    }),
  )
})

it('keeps whole pages before what is none, even if all came in one piece', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(page.length * 2 + 2000)), (ends) => {
      const output = Buffer.concat([page, page, Buffer.alloc(2000)])
      const { pages, problem } = cut(output, ends)
      expect(pages).toBe(2)
      expect(problem).not.toBeNull()
    }),
  )
})
