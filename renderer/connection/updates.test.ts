import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exampleView } from './example-view.test-data.ts'
import { applyUpdate, type Numbered } from './updates.ts'

const delivery = (waiting: number) =>
  ({ topic: 'delivery', data: { waiting, portal: 'reachable' } }) as const

describe('a view is built from numbered updates', () => {
  it('a snapshot stands for itself, whatever came before', () => {
    const view = exampleView()
    expect(applyUpdate(null, { kind: 'snapshot', seq: 7, view })).toEqual({ seq: 7, view })
    expect(applyUpdate({ seq: 3, view }, { kind: 'snapshot', seq: 0, view })).toEqual({
      seq: 0,
      view,
    })
  })
  it('a change replaces its topic and nothing else', () => {
    const view = exampleView()
    const next = applyUpdate({ seq: 1, view }, { kind: 'change', seq: 2, change: delivery(3) })
    expect(next).toEqual({ seq: 2, view: { ...view, delivery: delivery(3).data } })
  })
  it('any number but the next is a gap', () => {
    const current: Numbered = { seq: 5, view: exampleView() }
    fc.assert(
      fc.property(fc.integer(), (seq) => {
        const next = applyUpdate(current, { kind: 'change', seq, change: delivery(1) })
        return (next === 'gap') === (seq !== 6)
      }),
    )
  })
  it('a change before any snapshot is a gap', () => {
    expect(applyUpdate(null, { kind: 'change', seq: 1, change: delivery(1) })).toBe('gap')
  })
})
