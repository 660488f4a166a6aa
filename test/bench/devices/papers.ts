import { inColour, photograph } from '../../fixtures/sheet-scene.ts'
import { toGray } from '../../../renderer/capture/vision/gray.ts'
import { judge } from '../../../renderer/capture/vision/judge.ts'
import { pageOf } from '../../../renderer/capture/vision/page-of.ts'
import { figure, median, timed, type Figure } from '../figure.ts'

/**
 * What the worker does with the camera's pictures, in Node: looks at frames of 720p a second, and
 * milliseconds from a picture of five megapixels to the straight, clean page as a JPEG.
 */
export async function papersBench(): Promise<readonly Figure[]> {
  const frame = inColour(
    photograph({
      width: 1280,
      height: 720,
      corners: [
        { x: 420, y: 40 },
        { x: 880, y: 60 },
        { x: 900, y: 690 },
        { x: 390, y: 670 },
      ],
    }),
  )
  const picture = inColour(
    photograph({
      width: 2592,
      height: 1944,
      shade: 0.3,
      corners: [
        { x: 650, y: 90 },
        { x: 1900, y: 130 },
        { x: 1950, y: 1850 },
        { x: 600, y: 1810 },
      ],
    }),
  )
  const looks: number[] = []
  for (let round = 0; round < 40; round += 1) looks.push(await timed(() => judge(toGray(frame))))
  const pages: number[] = []
  for (let round = 0; round < 9; round += 1) {
    pages.push(await timed(() => pageOf(toGray(picture))))
  }
  return [
    figure(
      'devices',
      'papers: frames looked at (720p)',
      1000 / median(looks.slice(5)),
      '/s',
      '>=',
      12,
    ),
    figure('devices', 'papers: capture to straight page', median(pages.slice(2)), 'ms', '<=', 700),
  ]
}
