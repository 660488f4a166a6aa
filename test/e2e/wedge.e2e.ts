import { chromium } from 'playwright-core'
import { findBrowser } from '../../electron/shell/browser.ts'
import { chromiumArgs } from '../fixtures/chromium-args.ts'
import { typedCardText } from '../fixtures/procedure.ts'
import { missingForKeys, openDisplay, type XDisplay } from '../fixtures/x-display.ts'
import { expect, test as base } from './kiosk.ts'

/**
 * The scanner that types, as the system delivers it: real key events of an X server into a window
 * of Chromium, with the timing that they have there.
 */
const test = base.extend<{ keyboard: XDisplay }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixture's needs from it
  keyboard: async ({}, use) => {
    test.skip(missingForKeys !== null, missingForKeys ?? '')
    const display = await openDisplay()
    await use(display)
    await display.close()
  },
  page: async ({ keyboard }, use) => {
    const executablePath = findBrowser()
    if (executablePath === null) throw new Error('no browser: install Chromium')
    const browser = await chromium.launch({
      executablePath,
      headless: false,
      env: { ...process.env, DISPLAY: keyboard.name },
      chromiumSandbox: process.getuid?.() !== 0,
      args: ['--window-position=0,0', '--window-size=1080,1920', ...chromiumArgs],
    })
    const page = await browser.newPage({ viewport: null, locale: 'vi-VN' })
    await use(page)
    await browser.close()
  },
})

// A scanner's pace is its own; `xdotool` loses it on a machine that has much to do.
test.describe.configure({ retries: 2 })

/** As fast as `xdotool` types; scanners are about so. */
const SCANNER_MS = 3
const HAND_MS = 120

test('a card that is typed is taken, and the citizen writes the letters that were lost', async ({
  kiosk,
  page,
  keyboard,
}) => {
  const { journey } = kiosk
  await journey.waitFor('attract.title')
  // The dock is the last that a page draws: by then it listens.
  await page.locator('.dock').waitFor()
  await keyboard.type(typedCardText, SCANNER_MS)
  await keyboard.key('Return')
  await journey.agree()
  await journey.waitFor('card-part.name')
  const box = page.locator('input#answer')
  await expect(box).toHaveValue('')
  await box.focus()
  await journey.answer('Nguyễn Văn Ví Dụ')
  await journey.waitFor('card-part.address')
  await page.locator('input#answer').focus()
  await keyboard.type('Ap Mau, Xa Thu', HAND_MS)
  await expect(page.locator('input#answer')).toHaveValue('Ap Mau, Xa Thu')
  await journey.goOn()
  await journey.waitFor('confirm.title')
  await expect(page.locator('[data-say="confirm.by-hand"]')).toBeVisible()
  await expect(page.locator('body')).toContainText('Nguyễn Văn Ví Dụ')
})

test('a scan while somebody writes changes no letter in the field and presses no button', async ({
  kiosk,
  page,
  keyboard,
}) => {
  const { journey } = kiosk
  await journey.identify(() => kiosk.hall.world.scan('father'))
  await journey.waitFor('choose.title')
  await page.locator('[data-say="choose.find"]').click()
  await journey.waitFor('search.title')
  const box = page.locator('input#find')
  await box.focus()
  await keyboard.type('khai', HAND_MS)
  await expect(box).toHaveValue('khai')
  await keyboard.type(typedCardText, SCANNER_MS)
  await keyboard.key('Return')
  await keyboard.type(' sinh', HAND_MS)
  await expect(box).toHaveValue('khai sinh')
  await journey.waitFor('search.title')
  // Nor a button that has the focus: neither the spaces of the address nor the Enter at the end.
  await page.locator('.action .btn--go').focus()
  await keyboard.type(typedCardText, SCANNER_MS)
  await keyboard.key('Return')
  await box.focus()
  await keyboard.type('!', HAND_MS)
  await expect(box).toHaveValue('khai sinh!')
  await journey.waitFor('search.title')
})
