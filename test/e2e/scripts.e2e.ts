import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { vi } from '../../renderer/i18n/vi.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { writeTexts } from '../fixtures/pseudo-language.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'

/** Other scripts than Latin: their letters come with the kiosk, and their lines break. */
const pageDir = join(dirname(builtProgram('browser-host.mjs')), '../renderer')

/** What their speakers call the languages, over and over: neither script puts spaces between words. */
const scripts = [
  { name: 'Khmer', tag: 'km', autonym: 'ភាសាខ្មែរ' },
  { name: 'Tai Viet', tag: 'blt', autonym: 'ꪼꪕꪒꪾ' },
] as const

for (const { name, tag, autonym } of scripts) {
  test(`${name} is drawn in a font of the kiosk, and its lines break within their place`, async ({
    page,
  }) => {
    const long = autonym.repeat(12)
    const pack = await writeTexts(tag, { [vi['attract.title']]: long, [vi['attract.hint']]: long })
    const languages = [...sampleView.kiosk.languages, { tag, name: autonym, texts: true }]
    const view = {
      ...sampleView,
      kiosk: { ...sampleView.kiosk, languages },
      session: { screen: 'attract' as const },
      display: { ...sampleView.display, language: tag },
    }
    const served = await serveView(view, pageDir, [pack.dir])
    await page.setViewportSize({ width: 1080, height: 1920 })
    await page.goto(served.url)
    const title = page.locator('h1 [data-say="attract.title"]')
    await expect(title).toHaveText(long)
    const drawn = await page.evaluate(async (family) => {
      await document.fonts.ready
      const font = [...document.fonts].find((one) => one.family.includes(family))
      const places = ['h1', '.hint'].map((selector) => document.querySelector(selector))
      return {
        font: font?.status,
        others: [...document.fonts].filter(
          (one) => /Letters/.test(one.family) && one.status !== 'unloaded',
        ).length,
        cut: places.map((place) => place !== null && place.scrollWidth > place.clientWidth + 1),
        right: places.map((place) => (place?.getBoundingClientRect().right ?? 0) <= innerWidth),
      }
    }, `${name} Letters`)
    expect(drawn).toMatchObject({
      font: 'loaded',
      others: 1,
      cut: [false, false],
      right: [true, true],
    })
    expect(await title.evaluate((words) => words.getClientRects().length)).toBeGreaterThan(1)
    await served.close()
    await pack.remove()
  })
}
