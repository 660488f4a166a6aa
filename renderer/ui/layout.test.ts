import { describe, expect, it } from 'vitest'
import { layoutOf } from './layout.ts'

const panel = { training: false, pixelsPerMm: 4.04 }

describe('on a kiosk', () => {
  it('a millimetre is a millimetre of the panel', () => {
    expect(layoutOf({ width: 1080, height: 1920 }, panel, false)).toMatchObject({
      name: 'portrait',
      pixelsPerMm: 4.04,
      width: 1080,
      height: 1920,
    })
    expect(
      layoutOf({ width: 1080, height: 1920 }, { training: false, pixelsPerMm: 2.71 }, false),
    ).toMatchObject({ pixelsPerMm: 2.71, width: 1080 })
  })
  it('shrinks only when the frame would not fit', () => {
    const small = layoutOf({ width: 540, height: 960 }, panel, false)
    expect(small.pixelsPerMm).toBeCloseTo(2.02, 2)
  })
})

describe('in training', () => {
  const training = { training: true, pixelsPerMm: 4.04 }
  it('the frame fits the window, whatever it is', () => {
    const laptop = layoutOf({ width: 700, height: 800 }, training, false)
    expect(laptop.height).toBeCloseTo(800)
    expect(laptop.width).toBeLessThan(700)
    expect(laptop.pixelsPerMm).toBeCloseTo(800 / 475.2)
  })
  it('a wide window gets the landscape frame, which is never lowered', () => {
    expect(layoutOf({ width: 1920, height: 1080 }, training, true).name).toBe('landscape')
    expect(layoutOf({ width: 1080, height: 1920 }, training, true).name).toBe('lowered')
  })
})
