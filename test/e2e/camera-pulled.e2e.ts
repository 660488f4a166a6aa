import { expect, test, type Page } from '@playwright/test'
import { walk } from '../../electron/training/index.ts'
import { inventedCard } from '../fixtures/file-dossier.ts'
import { startInService } from '../fixtures/kiosk-in-service.ts'
import { plans } from '../fixtures/plans.ts'

/**
 * The document camera, which reads cards too, is pulled and put back on every screen of a visit.
 * Only the page knows of a camera: so it happens in the browser, between the page and Chromium's
 * own fake camera.
 */
test.use({
  launchOptions: async ({ launchOptions }, use) =>
    use({
      ...launchOptions,
      args: [
        ...(launchOptions.args ?? []),
        '--use-fake-ui-for-media-stream',
        '--use-fake-device-for-media-stream',
      ],
    }),
})

const CODE = '1.001193'
const PATIENT = { timeout: 20_000 } as const

/** A cable between the page and its cameras. */
async function cable(page: Page) {
  await page.addInitScript(() => {
    const media = navigator.mediaDevices
    const real = media.getUserMedia.bind(media)
    const tracks = new Set<MediaStreamTrack>()
    let plugged = true
    media.getUserMedia = async (wanted) => {
      if (!plugged) throw new DOMException('', 'NotFoundError')
      const stream = await real(wanted)
      for (const track of stream.getTracks()) tracks.add(track)
      return stream
    }
    addEventListener('pull-camera', () => {
      plugged = false
      for (const track of tracks) {
        track.stop()
        track.dispatchEvent(new Event('ended'))
      }
      tracks.clear()
      media.dispatchEvent(new Event('devicechange'))
    })
    addEventListener('plug-camera', () => {
      plugged = true
      media.dispatchEvent(new Event('devicechange'))
    })
  })
  return {
    pull: () => page.evaluate(() => dispatchEvent(new Event('pull-camera'))),
    plug: () => page.evaluate(() => dispatchEvent(new Event('plug-camera'))),
  }
}

test('the camera pulled on each screen: the screen stays, and the visit files', async ({
  page,
}) => {
  const at = await startInService({ cardCamera: true })
  const camera = await cable(page)
  await page.goto(await at.kiosk.url)
  const journey = walk(page)

  /** Pulls it on this screen and puts it back: its question is the same before, between and after. */
  async function pullOn(screen: string) {
    await journey.waitFor(screen)
    const question = page.locator('h1 [data-say]').first()
    const asked = await question.getAttribute('data-say')
    await camera.pull()
    await expect(question).toHaveAttribute('data-say', asked ?? '')
    await camera.plug()
    await expect(question).toHaveAttribute('data-say', asked ?? '')
  }

  await pullOn('attract.title')
  await journey.goOn()
  await pullOn('notice.title')
  await journey.goOn()
  await pullOn('identify.title')
  await at.world.scanText(inventedCard(1))
  await pullOn('confirm.title')
  await journey.goOn()
  await pullOn('choose.title')
  await journey.choose('civil-status', CODE)
  await pullOn('prepare.*')
  await journey.goOn()
  await pullOn('procedure.*')
  for (const [asked, value] of Object.entries(plans[CODE]?.answers ?? {})) {
    await journey.waitFor(`procedure.${CODE}.question.${asked}`)
    await journey.answer(value)
  }

  const fault = page.locator('.state [data-say^="papers.camera."]').first()
  const counter = page.getByRole('button', { name: 'Nộp giấy này ở quầy' })
  await expect(page.locator('video')).toBeVisible(PATIENT)
  await camera.pull()
  await expect(fault).toBeVisible(PATIENT)
  await expect(counter).toHaveClass(/btn--go/)
  await camera.plug()
  await expect(fault).toHaveCount(0, PATIENT)
  await expect(page.locator('video')).toBeVisible(PATIENT)
  await camera.pull()
  await expect(fault).toBeVisible(PATIENT)
  await journey.tap(counter)

  await pullOn('review.title')
  await journey.pledge()
  await camera.pull()
  await journey.goOn()
  await pullOn('done.title-accepted')
  expect((await at.world.state()).accepted).toBe(1)
  await at.close()
})
