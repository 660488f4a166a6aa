import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { FilingStatus } from '../../shared/contract/index.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'

/**
 * What the authority still asks for, on the screens that kiosks have and with small and large text:
 * nothing is wider than the screen, the first paper is seen at once, the rest by going down.
 */

const asked: Extract<FilingStatus, { state: 'supplement' }> = {
  state: 'supplement',
  reference: 'KM4TR7HC',
  counter: 'Quầy 2',
  dossierCode: 'H00.00.00-261122-0001',
  items: ['Bản sao trích lục ly hôn', 'Tờ khai viết lại cho rõ, ký ở cuối trang'],
  more: false,
  due: { year: 2026, month: 11, day: 30 },
  sheet: { state: 'none' },
}
const longest = Array.from({ length: 10 }, (_, index) => `Giấy ${index} ${'rất dài '.repeat(19)}`)
const unbroken = Array.from({ length: 10 }, (_, index) => `${index}${'w'.repeat(159)}`)
const cases = {
  'two papers': asked,
  'ten long items': { ...asked, items: longest, more: true },
  'ten items without a space': { ...asked, items: unbroken, due: null },
  'what only an officer says': { ...asked, items: [], more: true, sheet: null },
} satisfies Record<string, FilingStatus>
const screens = {
  upright: { width: 1080, height: 1920 },
  across: { width: 1920, height: 1080 },
}

for (const [name, viewport] of Object.entries(screens)) {
  for (const text of ['normal', 'largest'] as const) {
    test(`on a screen ${name} with ${text} text`, async ({ page }) => {
      await page.setViewportSize(viewport)
      for (const [what, filing] of Object.entries(cases)) {
        const served = await serveView(
          {
            ...sampleView,
            kiosk: { ...sampleView.kiosk, training: false },
            display: { ...sampleView.display, text },
            session: { screen: 'look-up', filing },
          },
          join(dirname(builtProgram('browser-host.mjs')), '../renderer'),
        )
        await page.goto(served.url)
        const list = page.locator('.missing')
        await expect(list).toBeVisible()
        expect(await page.locator('.missing li').allTextContents(), what).toEqual(filing.items)
        const width = await list.evaluate(
          ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
        )
        expect(width, what).toBe(0)
        const first = page.locator('.missing :is(li, p)').first()
        await expect(first, what).toBeInViewport()
        await expect(page.locator('[data-say="look-up.finish"]'), what).toBeInViewport({ ratio: 1 })
        const print = page.locator('[data-say="look-up.print-missing"]')
        if (filing.sheet === null) await expect(print, what).toHaveCount(0)
        else await expect(print, what).toBeInViewport({ ratio: 1 })
        await served.close()
      }
    })
  }
}

test('says how the list on paper fares, and offers it once', async ({ page }) => {
  const served = await serveView(
    {
      ...sampleView,
      session: { screen: 'look-up', filing: { ...asked, sheet: { state: 'printed' } } },
    },
    join(dirname(builtProgram('browser-host.mjs')), '../renderer'),
  )
  await page.goto(served.url)
  await expect(page.locator('[data-say="look-up.missing-printed"]')).toBeVisible()
  await expect(page.locator('[data-say="look-up.print-missing"]')).toHaveCount(0)
  await served.close()
})
