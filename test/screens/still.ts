import type { Browser, Page } from 'playwright-core'
import type { View } from '../../shared/contract/index.ts'
import { serveView } from '../fixtures/serve-view.ts'

/** Half size, as all pictures are. */
const SCALE = 0.5

/**
 * Shows the page on a view that is given, while `look` looks at it. The page, its server and its
 * wire are the real ones; nothing that is touched leads anywhere.
 */
export async function showStill(
  browser: Browser,
  pageDir: string,
  view: View,
  viewport: { readonly width: number; readonly height: number },
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const served = await serveView(view, pageDir)
  const page = await browser.newPage({ viewport, deviceScaleFactor: SCALE, locale: 'vi-VN' })
  await page.goto(served.url)
  await page.locator('h1').waitFor()
  await look(page)
  await page.close()
  await served.close()
}
