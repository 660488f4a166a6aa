import { describe, expect, it } from 'vitest'
import {
  inColour,
  photograph,
  type Corner,
  type Scene,
} from '../../../test/fixtures/sheet-scene.ts'
import { toGray } from './gray.ts'
import { judge } from './judge.ts'
import { pageOf } from './page-of.ts'
import { distance, type Quad } from './shapes.ts'
import { observe, restless, type Steady } from './steady.ts'
import { pageSize, straighten } from './straighten.ts'
import { VISION } from './limits.ts'

const size = { width: 1280, height: 720 }
/** A sheet as it mostly lies: a little aslant, in perspective. */
const lying: [Corner, Corner, Corner, Corner] = [
  { x: 420, y: 40 },
  { x: 880, y: 60 },
  { x: 900, y: 690 },
  { x: 390, y: 670 },
]
const good: Scene = { ...size, corners: lying }
const moved = (by: number): Scene => ({
  ...good,
  corners: [
    { x: 420 + by, y: 40 },
    { x: 880 + by, y: 60 },
    { x: 900 + by, y: 690 },
    { x: 390 + by, y: 670 },
  ],
})

describe('a picture', () => {
  it('of a good sheet has no flaw, and its corners are found within two pixels', () => {
    const { flaw, quad } = judge(photograph(good))
    expect(flaw).toBeNull()
    lying.forEach((corner, at) =>
      expect(distance(corner, quad?.[at] ?? { x: 0, y: 0 })).toBeLessThan(2),
    )
  })

  it.each<[string, Scene, string | null]>([
    ['an empty tray', { ...size, corners: null }, 'nothing'],
    ['an empty tray in the dark', { ...size, corners: null, light: 0.2 }, 'nothing'],
    ['a sheet that lies over the edge', moved(480), 'cut-off'],
    ['a hall with the lights out', { ...good, light: 0.3 }, 'too-dark'],
    ['a lamp in the sheet', { ...good, glare: { x: 640, y: 350, radius: 60 } }, 'glare'],
    ['a shaky camera', { ...good, blurs: 7 }, 'blurred'],
    ['a sheet upside down', { ...good, blank: true }, 'blank'],
    ['a hand on the sheet', { ...good, covered: true }, 'covered'],
    [
      'a sheet far away',
      {
        ...size,
        corners: [
          { x: 500, y: 200 },
          { x: 740, y: 205 },
          { x: 742, y: 545 },
          { x: 498, y: 540 },
        ],
      },
      'too-far',
    ],
    ['light from one side', { ...good, shade: 0.4 }, null],
    ['a camera that is a little soft', { ...good, blurs: 1 }, null],
  ])('of %s', (_name, scene, flaw) => {
    expect(judge(photograph(scene)).flaw).toBe(flaw)
  })

  it.each(['light', 'white', 'wood'] as const)('of a sheet on a tray that is %s', (tray) => {
    const { flaw, quad } = judge(photograph({ ...good, tray, blurs: 1 }))
    expect(flaw).toBeNull()
    lying.forEach((corner, at) =>
      expect(distance(corner, quad?.[at] ?? { x: 0, y: 0 })).toBeLessThan(5),
    )
  })

  it.each(['light', 'white'] as const)('of an empty tray that is %s shows nothing', (tray) => {
    expect(judge(photograph({ ...size, tray, corners: null })).flaw).toBe('nothing')
  })

  it('of empty boards may show one that is cut off, but no page', () => {
    expect(judge(photograph({ ...size, tray: 'wood', corners: null })).flaw).not.toBeNull()
  })

  it.each<[string, Scene, string]>([
    ['over the edge', moved(480), 'cut-off'],
    ['under a hand', { ...good, covered: true }, 'covered'],
    ['without a word', { ...good, blank: true }, 'blank'],
    ['that shakes', { ...good, blurs: 7 }, 'blurred'],
  ])('of a sheet %s on a light tray is no page', (_name, scene) => {
    expect(judge(photograph({ ...scene, tray: 'light' })).flaw).not.toBeNull()
  })

  it('in colour is the same as in grey', () => {
    const gray = photograph({ ...good, width: 320, height: 180, corners: null })
    expect(toGray(inColour(gray)).data).toEqual(gray.data)
  })
})

describe('a page', () => {
  it('has the shape of A4, upright or across', () => {
    const upright = pageSize(lying)
    expect(upright.height / upright.width).toBeCloseTo(Math.SQRT2, 2)
    const across: Quad = [
      { x: 100, y: 100 },
      { x: 1000, y: 100 },
      { x: 1000, y: 740 },
      { x: 100, y: 740 },
    ]
    expect(pageSize(across).width).toBeGreaterThan(pageSize(across).height)
  })

  it('keeps the shape of what is not A4', () => {
    const { width, height } = pageSize([
      { x: 0, y: 0 },
      { x: 856, y: 0 },
      { x: 856, y: 540 },
      { x: 0, y: 540 },
    ])
    expect(width / height).toBeCloseTo(856 / 540, 1)
  })

  it('has no more pixels than 150 to the inch', () => {
    const far: Quad = [
      { x: 0, y: 0 },
      { x: 2400, y: 0 },
      { x: 2400, y: 3400 },
      { x: 0, y: 3400 },
    ]
    expect(pageSize(far)).toEqual({ width: 1240, height: VISION.PAGE_MAX_SIDE })
  })

  it('has upright words where the sheet lay aslant', () => {
    const page = straighten(photograph(good), lying)
    // The frame at the foot of the sheet: its left edge is one dark column.
    const column = Math.round((860 / 1240) * page.width)
    const rows = [0.84, 0.87, 0.9].map((share) => Math.round(share * page.height))
    for (const row of rows) {
      const around = [-2, -1, 0, 1, 2].map((by) => page.data[row * page.width + column + by] ?? 0)
      expect(Math.min(...around)).toBeLessThan(150)
    }
  })

  it('is white where there is paper, also where the light was poor', () => {
    const page = pageOf(photograph({ ...good, shade: 0.4 }))
    if (typeof page === 'string') throw new Error(page)
    expect(page.jpeg.length).toBeLessThan(150_000)
    expect([...page.jpeg.subarray(0, 2)]).toEqual([0xff, 0xd8])
  })

  it('is not made of nothing', () => {
    expect(pageOf(photograph({ ...size, corners: null }))).toBe('nothing')
  })
})

describe('capturing by itself', () => {
  const verdict = (scene: Scene) => judge(photograph(scene))
  const still = verdict(good)
  const diagonal = Math.hypot(size.width, size.height)
  const see = (steady: Steady, what: typeof still, atMs: number) =>
    observe(steady, what, atMs, diagonal)

  it('waits until a good sheet has lain still', () => {
    const first = see(restless, still, 0)
    const early = see(first.steady, still, VISION.STILL_MS - 1)
    const due = see(early.steady, still, VISION.STILL_MS)
    expect([first.capture, early.capture, due.capture]).toEqual([false, false, true])
  })

  it('begins anew when the sheet moves or a flaw appears', () => {
    const first = see(restless, still, 0)
    const pushed = see(first.steady, verdict(moved(30)), 600)
    expect(see(pushed.steady, verdict(moved(30)), 800).capture).toBe(false)
    const flawed = see(first.steady, { flaw: 'glare', quad: still.quad }, 600)
    expect(see(flawed.steady, still, 800).capture).toBe(false)
  })

  it('takes the same sheet once, and the next one again', () => {
    const first = see(restless, still, 0)
    const taken = see(first.steady, still, 1000)
    expect(see(taken.steady, still, 9000).capture).toBe(false)
    const away = see(taken.steady, { flaw: 'nothing', quad: null }, 10_000)
    const next = see(away.steady, still, 10_100)
    expect(see(next.steady, still, 11_000).capture).toBe(true)
  })
})
