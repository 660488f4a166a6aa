import { dirname, join } from 'node:path'
import { expect, test as base, type Locator, type Page } from '@playwright/test'
import { everyScreen } from '../fixtures/every-screen.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'

/** What a finger on the panel presses, and what it does not: `renderer/ui/press.ts`. */

const pageDir = join(dirname(builtProgram('browser-host.mjs')), '../renderer')

interface Point {
  readonly x: number
  readonly y: number
}
/** A finger, as the panel tells of it. */
interface Finger {
  down(...at: readonly Point[]): Promise<void>
  move(at: Point): Promise<void>
  up(): Promise<void>
}

const test = base.extend<{ finger: Finger; show: (name: string) => Promise<void> }>({
  show: async ({ page }, use) => {
    const served = await serveView(sampleView, pageDir)
    await page.goto(served.url)
    await use(async (name) => {
      const found = everyScreen.find((one) => one.name === name)
      if (found === undefined) throw new Error(`no screen ${name}`)
      served.show({ ...sampleView, session: found.session })
      await page.locator('.tile, .key').first().waitFor()
    })
    await served.close()
  },
  finger: async ({ page }, use) => {
    const panel = await page.context().newCDPSession(page)
    const tell = (type: 'touchStart' | 'touchMove' | 'touchEnd', at: readonly Point[]) =>
      panel.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: at.map(({ x, y }, id) => ({ x, y, id })),
      })
    await use({
      down: async (...at) => void (await tell('touchStart', at)),
      move: async (at) => void (await tell('touchMove', [at])),
      up: async () => void (await tell('touchEnd', [])),
    })
  },
})

async function middleOf(target: Locator): Promise<Point> {
  const box = await target.boundingBox()
  if (box === null) throw new Error('not there')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

const tile = (page: Page, at: number) => page.locator('.tile').nth(at)
/** Half a centimetre about where it came down. */
async function tremble(finger: Finger, on: Locator): Promise<void> {
  const { x, y } = await middleOf(on)
  await finger.down({ x, y })
  for (const by of [9, -14, 22, -20]) await finger.move({ x: x + by, y: y + by })
  await finger.up()
}

const listen = (key: Locator) =>
  key.evaluate((element) => {
    element.addEventListener('click', () => (element.dataset['heard'] = ''))
  })

const chosen = (page: Page) => page.locator('.tile input:checked')

test.describe('a key is pressed', () => {
  test('by a finger that trembles on it', async ({ page, show, finger }) => {
    await show('choose-group')
    await expect(page.locator('.shelf--paged')).toHaveCount(0)
    await tremble(finger, tile(page, 0))
    await expect(chosen(page)).toHaveCount(1)
  })

  test('by one that trembles in a list that can be pushed', async ({ page, show, finger }) => {
    await show('review')
    await page.locator('.shelf--paged').waitFor()
    const row = page.locator('.row--press').nth(2)
    await listen(row)
    await tremble(finger, row)
    await expect(row).toHaveAttribute('data-heard')
  })

  test('by a finger beside a hand that rests on the panel', async ({ page, show, finger }) => {
    await show('choose-group')
    const hand = await middleOf(page.locator('h1'))
    await finger.down(hand)
    await finger.down(hand, await middleOf(tile(page, 0)))
    await finger.up()
    await expect(chosen(page)).toHaveCount(1)
  })

  test('once, though it is touched twice within a moment', async ({ page, show, finger }) => {
    await show('long-choice')
    const at = await middleOf(tile(page, 0))
    await page.evaluate(() => {
      document.addEventListener('click', ({ target, detail }) => {
        if (!(target instanceof HTMLLabelElement)) return
        document.body.dataset['clicks'] = `${document.body.dataset['clicks'] ?? ''}${detail}`
      })
    })
    for (let touch = 0; touch < 2; touch += 1) {
      await finger.down(at)
      await finger.up()
    }
    // The second says of itself that it is the half of a double tap: `onceOf` hears it not.
    await expect(page.locator('body')).toHaveAttribute('data-clicks', '12')
  })

  test('and shows it while the finger is there, and not for long after', async ({
    page,
    show,
    finger,
  }) => {
    await show('long-choice')
    const touched = tile(page, 0)
    await finger.down(await middleOf(touched))
    await expect(touched).toHaveAttribute('data-pressed')
    await finger.up()
    await expect(touched).not.toHaveAttribute('data-pressed')
  })
})

test('a mouse shows what it presses too', async ({ page, show }) => {
  await show('choose-group')
  await tile(page, 0).hover()
  await page.mouse.down()
  await expect(tile(page, 0)).toHaveAttribute('data-pressed')
  await page.mouse.up()
  await expect(tile(page, 0)).not.toHaveAttribute('data-pressed')
  await expect(chosen(page)).toHaveCount(1)
})

test.describe('nothing is pressed', () => {
  test('by a finger that is lifted elsewhere', async ({ page, show, finger }) => {
    await show('long-choice')
    const from = await middleOf(tile(page, 0))
    const to = await middleOf(tile(page, 2))
    await finger.down(from)
    await finger.move({ x: from.x, y: (from.y + to.y) / 2 })
    await finger.move(to)
    await finger.up()
    // One that is pressed afterwards is the only one.
    await finger.down(to)
    await finger.up()
    await expect(tile(page, 2).locator('input')).toBeChecked()
    await expect(chosen(page)).toHaveCount(1)
  })

  test('by two fingers on two keys', async ({ page, show, finger }) => {
    await show('long-choice')
    const one = await middleOf(tile(page, 0))
    const two = await middleOf(tile(page, 2))
    await finger.down(one)
    await finger.down(one, two)
    await finger.up()
    await finger.down(two)
    await finger.up()
    await expect(tile(page, 2).locator('input')).toBeChecked()
    await expect(chosen(page)).toHaveCount(1)
  })

  test('by a finger that pushes a long list', async ({ page, show, finger }) => {
    await show('review')
    const shelf = page.locator('.shelf--paged .shelf__view')
    const row = page.locator('.row--press').nth(2)
    await listen(row)
    const { x, y } = await middleOf(row)
    await finger.down({ x, y })
    for (let by = 20; by <= 400; by += 20) await finger.move({ x, y: y - by })
    await finger.up()
    await expect.poll(() => shelf.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(100)
    await expect(row).not.toHaveAttribute('data-heard')
  })
})

test.describe('the focus', () => {
  test('stays with the caret while the page’s own keys are touched', async ({
    page,
    show,
    finger,
  }) => {
    await show('answer, name')
    const field = page.locator('.field__value')
    const key = page.locator('.keys').getByRole('button', { name: /^a$/i })
    for (const word of ['a', 'aa']) {
      await finger.down(await middleOf(key))
      await finger.up()
      await expect(field).toHaveValue(new RegExp(`^${word}$`, 'i'))
      await expect(field).toBeFocused()
      await page.waitForFunction((fromMs) => performance.now() > fromMs, await later(page))
    }
  })

  test('goes to the title of the next screen, for who reads by ear', async ({ page, show }) => {
    await show('long-choice')
    await expect(page.locator('h1')).toBeFocused()
    await tile(page, 0).tap()
    await show('answer, name')
    await expect(page.locator('h1')).toBeFocused()
  })
})

/** When the keyboard's guard against a trembling finger hears the same key again, on the page's clock. */
const later = (page: Page) => page.evaluate(() => performance.now() + 200)
