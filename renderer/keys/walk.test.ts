import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { begin, positionOf, scanOn, walk, type Place, type Shape, type WalkKey } from './walk.ts'

const shapes = fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 40 })

const placeIn = (shape: Shape): fc.Arbitrary<Place> =>
  fc.nat({ max: shape.length - 1 }).chain((stop) => {
    const keys = shape[stop] ?? 0
    const whole = fc.constant<Place>({ stop, key: null })
    return keys === 0
      ? whole
      : fc.oneof(
          whole,
          fc.nat({ max: keys - 1 }).map((key) => ({ stop, key })),
        )
  })
const standing = shapes.chain((shape) => fc.tuple(fc.constant(shape), placeIn(shape)))

function stand(shape: Shape, place: Place, key: WalkKey): Place {
  const doing = walk(shape, place, key)
  if (doing.kind !== 'stand') throw new Error(`${key} does ${doing.kind}`)
  return doing.place
}

describe('the walk over a screen', () => {
  it('meets every stop by down alone, and comes back to where it began', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const met: number[] = []
        let place = begin
        for (const _ of shape) {
          met.push(place.stop)
          place = stand(shape, place, 'down')
        }
        expect(met).toEqual([...shape.keys()])
        expect(place).toEqual(begin)
      }),
    )
  })
  it('is the same line backwards by up', () => {
    fc.assert(
      fc.property(standing, ([shape, place]) => {
        expect(stand(shape, stand(shape, place, 'down'), 'up')).toEqual(place)
        expect(stand(shape, stand(shape, place, 'up'), 'down')).toEqual(place)
      }),
    )
  })
  it('opens a row by select, meets each of its keys by down, and leaves it by back', () => {
    fc.assert(
      fc.property(standing, ([shape, { stop }]) => {
        const row = { stop, key: null }
        const keys = shape[stop] ?? 0
        fc.pre(keys > 0)
        let place = stand(shape, row, 'select')
        const met: (number | null)[] = []
        for (let press = 0; press < keys; press += 1) {
          met.push(place.key)
          place = stand(shape, place, 'down')
        }
        expect(met).toEqual([...Array(keys).keys()])
        expect(place).toEqual({ stop, key: 0 })
        expect(stand(shape, place, 'back')).toEqual(row)
      }),
    )
  })
  it('never keeps anybody: two presses of back at most go back, one of next goes on', () => {
    fc.assert(
      fc.property(standing, ([shape, place]) => {
        expect(walk(shape, place, 'next')).toEqual({ kind: 'go-on' })
        const once = walk(shape, place, 'back')
        const twice = once.kind === 'stand' ? walk(shape, once.place, 'back') : once
        expect(twice).toEqual({ kind: 'go-back' })
      }),
    )
  })
  it('stands on the screen whatever is pressed, and says a place that is there', () => {
    const keys = fc.constantFrom<WalkKey>('up', 'down', 'back', 'next', 'select')
    fc.assert(
      fc.property(standing, fc.array(keys, { maxLength: 60 }), ([shape, from], pressed) => {
        let place = from
        for (const key of pressed) {
          const doing = walk(shape, place, key)
          if (doing.kind === 'stand') ({ place } = doing)
          const { index, count } = positionOf(shape, place)
          expect(index).toBeGreaterThanOrEqual(1)
          expect(index).toBeLessThanOrEqual(count)
        }
      }),
    )
  })
  it('begins anew at the title when what it stood on is gone', () => {
    for (const key of ['up', 'down', 'select'] as const) {
      expect(walk([0, 3, 0], null, key)).toEqual({ kind: 'stand', place: begin })
    }
    expect(walk([0, 3, 0], null, 'back')).toEqual({ kind: 'go-back' })
  })
})

describe('the scan with switches', () => {
  it('comes from anywhere to everything outside the rows, and round to the title', () => {
    fc.assert(
      fc.property(standing, ([shape, from]) => {
        const met = new Set<number>()
        let place = from
        for (let turn = 0; turn < shape.length + 12; turn += 1) {
          place = scanOn(shape, place)
          if (place.key === null) met.add(place.stop)
        }
        expect(met.size).toBe(shape.length)
      }),
    )
  })
  it('goes through a row that was entered once, and comes out of it at the row', () => {
    fc.assert(
      fc.property(standing, ([shape, { stop }]) => {
        const keys = shape[stop] ?? 0
        fc.pre(keys > 0)
        let place = stand(shape, { stop, key: null }, 'select')
        const met: (number | null)[] = []
        while (place.key !== null) {
          met.push(place.key)
          place = scanOn(shape, place)
        }
        expect(met).toEqual([...Array(keys).keys()])
        expect(place).toEqual({ stop, key: null })
        expect(scanOn(shape, place)).toEqual(stand(shape, place, 'down'))
      }),
    )
  })
  it('begins at the title where nothing has the focus', () => {
    expect(scanOn([0, 3, 0], null)).toEqual(begin)
  })
})
