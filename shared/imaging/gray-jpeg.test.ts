import { loadImage, createCanvas } from '@napi-rs/canvas'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fuzzRuns } from '../../test/fixtures/fuzz.ts'
import type { Gray } from './gray.ts'
import { encodeGrayJpeg } from './gray-jpeg.ts'

/** What another decoder sees. */
async function decode(jpeg: Uint8Array): Promise<Gray> {
  const image = await loadImage(jpeg)
  const { width, height } = image
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, 0, 0)
  const rgba = context.getImageData(0, 0, width, height).data
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, at) => rgba[at * 4] ?? 0),
  }
}

function picture(width: number, height: number, shade: (x: number, y: number) => number): Gray {
  const data = Uint8Array.from({ length: width * height }, (_, at) =>
    shade(at % width, Math.floor(at / width)),
  )
  return { width, height, data }
}

const farthest = (one: Gray, other: Gray) =>
  one.data.reduce((most, value, at) => Math.max(most, Math.abs(value - (other.data[at] ?? 0))), 0)

describe('a grey JPEG', () => {
  it('looks to another decoder as the picture did', async () => {
    const gradient = picture(83, 61, (x, y) => x * 2 + y)
    expect(farthest(gradient, await decode(encodeGrayJpeg(gradient, 90)))).toBeLessThan(12)
  })

  it('keeps hard edges readable at the quality of a page', async () => {
    const stripes = picture(64, 64, (x) => (x % 16 < 8 ? 0 : 255))
    expect(farthest(stripes, await decode(encodeGrayJpeg(stripes, 70)))).toBeLessThan(40)
  })

  it('has one component', () => {
    const jpeg = encodeGrayJpeg(
      picture(9, 9, () => 200),
      70,
    )
    const frame = jpeg.findIndex((byte, at) => byte === 0xff && jpeg[at + 1] === 0xc0)
    expect(jpeg[frame + 9]).toBe(1)
  })

  it('is decodable whatever the picture, and of its size', async () => {
    const noise = fc
      .integer({ min: 1, max: 40 })
      .chain((width) =>
        fc
          .integer({ min: 1, max: 40 })
          .chain((height) =>
            fc
              .uint8Array({ minLength: width * height, maxLength: width * height })
              .map((data): Gray => ({ width, height, data })),
          ),
      )
    await fc.assert(
      fc.asyncProperty(noise, fc.integer({ min: 1, max: 100 }), async (gray, quality) => {
        const { width, height } = await loadImage(encodeGrayJpeg(gray, quality))
        expect([width, height]).toEqual([gray.width, gray.height])
      }),
      { numRuns: fuzzRuns(60) },
    )
  })
})
