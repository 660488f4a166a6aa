import { dirname, join } from 'node:path'
import { expect, test as base, type Page } from '@playwright/test'
import { walk, type Journey } from '../../electron/training/index.ts'
import type { SessionView, View } from '../../shared/contract/index.ts'
import { everyScreen } from '../fixtures/every-screen.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'

/** What citizen-experience asks of keys, in millimetres; `floor` is below no key anywhere. */
const RULES_MM = { key: 15, digit: 20, floor: 12.7, gap: 3 } as const
/** Rounding of the browser's layout. */
const EPSILON_MM = 0.05

const PANEL = { width: 1080, height: 1920 }
const TABLET = { width: 1920, height: 1080 }

const field = (page: Page) => page.locator('.field__value')
const named = (page: Page, say: string) =>
  page.locator('.key', { has: page.locator(`[data-say="keyboard.${say}"]`) })
const letter = (page: Page, face: string) =>
  page
    .locator('.keys')
    .getByRole('button', { name: face === '’' ? 'dấu phẩy trên' : new RegExp(`^${face}$`, 'i') })

/** Presses keys by their faces; a word in braces is the key of that message. */
async function press(page: Page, journey: Journey, keys: string): Promise<void> {
  for (const key of keys.match(/\{[\w-]+\}|./gu) ?? []) {
    const word = /^\{(.+)\}$/.exec(key)?.[1]
    const target =
      word === 'left' || word === 'right'
        ? page.getByRole('button', { name: word === 'left' ? /^sang trái/ : /^sang phải/ })
        : named(page, word ?? 'space')
    await journey.press(word === undefined && key !== ' ' ? letter(page, key) : target, key)
  }
}

const pageDir = join(dirname(builtProgram('browser-host.mjs')), '../renderer')

/** The page at a question, for the hands of somebody who writes. */
interface Desk {
  readonly journey: Journey
  /** Brings another screen. */
  show(name: string, change?: (session: Answer) => Answer): Promise<void>
  /** Draws it another way. */
  draw(display: Drawn): Promise<void>
}
type Answer = Extract<SessionView, { screen: 'answer' }>

const test = base.extend<{ desk: Desk }>({
  desk: async ({ page }, use) => {
    let view = still('attract')
    const served = await serveView(view, pageDir)
    await page.goto(served.url)
    await use({
      journey: walk(page),
      async show(name, change = (session) => session) {
        const { session } = still(name)
        const asked = session.screen === 'answer' ? change(session) : null
        view = { ...view, session: asked ?? session }
        served.show(view)
        const title = asked?.question.title.key ?? 'attract.title'
        await page.locator(`h1 [data-say="${title}"]`).waitFor()
      },
      async draw({ viewport, text, lowered = false, contrast = false }) {
        await page.setViewportSize(viewport)
        const display = { ...view.display, text, lowered }
        view = { ...view, display: { ...display, contrast: contrast ? 'high' : 'normal' } }
        served.show(view)
        const layout = viewport === TABLET ? 'landscape' : lowered ? 'lowered' : 'portrait'
        const look = `[data-text="${text}"][data-contrast="${view.display.contrast}"]`
        await page.locator(`html${look}[data-layout="${layout}"]`).waitFor()
      },
    })
    await served.close()
  },
})

function still(name: string): View {
  const example = everyScreen.find((one) => one.name === name)
  if (example === undefined) throw new Error(`no such screen: ${name}`)
  return { ...sampleView, session: example.session }
}

/** What stands on the counter, in millimetres of the frame. */
async function measure(page: Page) {
  await page.evaluate(() => document.fonts.ready)
  return page.evaluate(() => {
    const root = document.documentElement
    const mm = Number.parseFloat(root.style.getPropertyValue('--mm'))
    const box = (element: Element | null) => {
      if (element === null) throw new Error('nothing to measure')
      const { left, top, right, bottom } = element.getBoundingClientRect()
      return { left: left / mm, top: top / mm, right: right / mm, bottom: bottom / mm }
    }
    const elements = [...document.querySelectorAll('.keys .key, .digits .key')]
    const keys = elements.map(box)
    const gaps = keys.flatMap((one, at) =>
      keys
        .slice(at + 1)
        .map((other) =>
          Math.max(
            other.left - one.right,
            one.left - other.right,
            other.top - one.bottom,
            one.top - other.bottom,
          ),
        ),
    )
    const last = Math.max(...keys.map(({ bottom }) => bottom))
    return {
      narrowest: Math.min(...keys.map(({ left, right }) => right - left)),
      lowest: Math.min(...keys.map(({ top, bottom }) => bottom - top)),
      gap: Math.min(...gaps),
      cut: elements
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ textContent }) => textContent),
      belowField:
        Math.min(...keys.map(({ top }) => top)) -
        box(document.querySelector('.field, .boxes')).bottom,
      aboveAction: box(document.querySelector('.action')).top - last,
    }
  })
}

interface Drawn {
  readonly name: string
  readonly viewport: { readonly width: number; readonly height: number }
  readonly text: 'normal' | 'large' | 'largest'
  readonly lowered?: true
  readonly contrast?: true
}

const displays: readonly Drawn[] = [
  { name: 'panel', viewport: PANEL, text: 'normal' },
  { name: 'panel, high contrast', viewport: PANEL, text: 'normal', contrast: true },
  { name: 'panel, large text', viewport: PANEL, text: 'large' },
  { name: 'panel, largest text', viewport: PANEL, text: 'largest' },
  { name: 'panel, lowered', viewport: PANEL, text: 'normal', lowered: true },
  { name: 'panel, lowered, largest text', viewport: PANEL, text: 'largest', lowered: true },
  { name: 'tablet', viewport: TABLET, text: 'normal' },
  { name: 'tablet, large text', viewport: TABLET, text: 'large' },
  { name: 'tablet, largest text', viewport: TABLET, text: 'largest' },
]

async function expectGoodKeys(page: Page, display: Drawn, least: number): Promise<void> {
  const found = await measure(page)
  const at = `${display.name}: ${JSON.stringify(found)}`
  expect(found.lowest, at).toBeGreaterThanOrEqual(least - EPSILON_MM)
  expect(found.narrowest, at).toBeGreaterThanOrEqual(RULES_MM.key - EPSILON_MM)
  expect(found.gap, at).toBeGreaterThanOrEqual(RULES_MM.gap - EPSILON_MM)
  expect(found.cut, at).toEqual([])
  expect(found.belowField, at).toBeGreaterThanOrEqual(RULES_MM.gap - EPSILON_MM)
  expect(found.aboveAction, at).toBeGreaterThanOrEqual(RULES_MM.gap - EPSILON_MM)
}

test('keys are as large as fingers need them, and never lie over the field', async ({
  desk,
  page,
}) => {
  await desk.show('answer, name')
  for (const display of displays) {
    await desk.draw(display)
    await expectGoodKeys(page, display, RULES_MM.key)
  }
  // A question of two lines takes of their height, not of what lies around them.
  const lowered: Drawn = { name: 'two lines', viewport: PANEL, text: 'normal', lowered: true }
  await desk.draw(lowered)
  await page.locator('h1 [data-say]').evaluate((title) => {
    title.textContent = 'Chữ đệm và tên của người con thứ nhất được ghi thế nào?'
  })
  await expectGoodKeys(page, lowered, RULES_MM.floor)
})

test('keys keep their size beside an error, on the page of digits and on both other pages', async ({
  desk,
  page,
}) => {
  await desk.show('address')
  await page.locator('.tile--choice', { has: page.locator('input[value="old"]') }).click()
  await page.locator('.action .btn--go').click()
  await page.locator('[data-say="address.free"]').waitFor()
  await page.locator('.action .btn--go').click()
  await desk.show('address', (session) => ({ ...session, problem: { code: 'required' } }))
  await expect(page).toHaveTitle(/^Lỗi/)
  for (const keys of ['', '{numbers}', '{vni}{more}{qwerty}']) {
    await press(page, desk.journey, keys)
    for (const display of displays) {
      await desk.draw(display)
      await expectGoodKeys(page, display, RULES_MM.key)
    }
    await desk.draw({ name: 'back', viewport: PANEL, text: 'normal' })
  }
})

test('digits are larger still', async ({ desk, page }) => {
  await desk.show('answer, date')
  for (const display of displays) {
    await desk.draw(display)
    await expectGoodKeys(page, display, RULES_MM.digit)
  }
})

test('a name is written with finished letters, and each word gets its capital', async ({
  desk,
  page,
}) => {
  await desk.show('answer, name')
  await press(page, desk.journey, 'h’jư{tilde}a k’wik y')
  await expect(field(page)).toHaveValue('H’Jữa K’Wik Y')
  await press(page, desk.journey, '{delete}{delete} {more}ƀŏ{letters}')
  await expect(field(page)).toHaveValue('H’Jữa K’Wik Ƀŏ')
})

test('a tone lands in the word at the caret, and a deletion takes a letter with its marks', async ({
  desk,
  page,
}) => {
  await desk.show('answer, name')
  await press(page, desk.journey, 'hoan{left}{left}{grave}')
  await expect(field(page)).toHaveValue('Hoàn')
  await press(page, desk.journey, '{right}{delete}')
  await expect(field(page)).toHaveValue('Hon')
  await press(page, desk.journey, 'a{acute}{no-tone}{right}{delete}{dot}')
  await expect(field(page)).toHaveValue('Họa')
  await field(page).evaluate((input: HTMLInputElement) => input.select())
  await press(page, desk.journey, '{delete}')
  await expect(field(page)).toHaveValue('')
})

test('Telex and VNI work while they are on, and the next citizen finds neither', async ({
  desk,
  page,
}) => {
  await desk.show('answer, name')
  await press(page, desk.journey, '{qwerty}{telex}ddoonfg giangf')
  await expect(field(page)).toHaveValue('Đồng Giàng')
  await press(page, desk.journey, '{vni}{space}duo')
  await press(page, desk.journey, '{grave}')
  await page.locator('.key', { hasText: /^7/ }).click()
  await expect(field(page)).toHaveValue('Đồng Giàng Duờ')
  await press(page, desk.journey, 'ng')
  await expect(field(page)).toHaveValue('Đồng Giàng Dường')
  await desk.show('attract')
  await desk.show('answer, name')
  await expect(named(page, 'vni')).toHaveAttribute('aria-pressed', 'false')
  await expect(named(page, 'qwerty')).toBeVisible()
})

test('a key that is held, and a finger that trembles, write once', async ({ desk, page }) => {
  await desk.show('answer, name')
  await letter(page, 'b').dblclick()
  await expect(field(page)).toHaveValue('B')
  // A letter gives the focus back to its box at once; a key that changes the page keeps it.
  await named(page, 'more').focus()
  await page.keyboard.down('Enter')
  await expect(named(page, 'letters')).toBeVisible()
  // Longer than the guard against trembling, which would hide the repeats.
  const pressed = await page.evaluate(() => performance.now())
  await page.waitForFunction((since) => performance.now() > since + 250, pressed)
  await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await expect(named(page, 'letters')).toBeVisible()
  await expect(field(page)).toHaveValue('B')
})

const longer = (session: Answer): Answer => ({
  ...session,
  question: { ...session.question, input: { kind: 'name', maxLength: 100 } },
})

test('the end of a name of sixty letters is in sight while it is written', async ({
  desk,
  page,
}) => {
  await desk.show('answer, name', longer)
  await field(page).fill('Nguyễn Hoàng Phương Khương Trường Thương Hương Quỳnh Như Ý ')
  await press(page, desk.journey, 'mâu{tilde}')
  await expect(field(page)).toHaveValue(/Mẫu$/)
  const hidden = await field(page).evaluate(
    ({ scrollWidth, clientWidth, scrollLeft }) => scrollWidth - clientWidth - scrollLeft,
  )
  expect(hidden).toBeLessThanOrEqual(2)
})

test('digits stand in their groups, and are mended where the caret is', async ({ desk, page }) => {
  await desk.show('answer, phone')
  const digit = (face: string) =>
    page.locator('.digits').getByRole('button', { name: face, exact: true })
  for (const face of '0912345678') await desk.journey.press(digit(face), face)
  await expect(field(page)).toHaveValue('0912 345 678')
  await desk.journey.press(digit('9'), '9')
  await expect(field(page)).toHaveValue('0912 345 678')
  await field(page).evaluate((input: HTMLInputElement) => input.setSelectionRange(6, 6))
  await desk.journey.press(named(page, 'delete'), 'delete')
  await expect(field(page)).toHaveValue('0912 456 78')
  await desk.journey.press(digit('9'), '9')
  await expect(field(page)).toHaveValue('0912 945 678')
})

const amountOf = (session: Answer): Answer => ({
  ...session,
  question: { ...session.question, input: { kind: 'money', min: 0, max: 1_000_000_000 } },
})

test('an amount is mended where the caret is, and its thousands stand apart', async ({
  desk,
  page,
}) => {
  await desk.show('answer, phone', amountOf)
  const digit = (face: string) =>
    page.locator('.digits').getByRole('button', { name: face, exact: true })
  for (const face of '01520000') await desk.journey.press(digit(face), face)
  await expect(field(page)).toHaveValue('1.520.000')
  await field(page).evaluate((input: HTMLInputElement) => input.setSelectionRange(1, 1))
  await desk.journey.press(digit('3'), '3')
  await expect(field(page)).toHaveValue('13.520.000')
  await desk.journey.press(named(page, 'delete'), 'delete')
  await expect(field(page)).toHaveValue('1.520.000')
})

test('a breve stands over a letter that has a mark already, and goes with it', async ({
  desk,
  page,
}) => {
  await desk.show('answer, name')
  await desk.journey.press(named(page, 'more'), 'more')
  const key = page.locator('.keys').getByRole('button', { name: 'Ơ\u0306', exact: true })
  const drawn = await key.evaluate((box) => {
    const text = document.createRange()
    text.selectNodeContents(box)
    const { width } = text.getBoundingClientRect()
    return { width, room: box.clientWidth, fits: box.scrollWidth <= box.clientWidth }
  })
  expect(drawn.fits).toBe(true)
  expect(drawn.width).toBeLessThan(drawn.room)
  const before = await field(page).inputValue()
  await desk.journey.press(key, 'Ơ\u0306')
  await expect(field(page)).not.toHaveValue(before)
  await desk.journey.press(named(page, 'delete'), 'delete')
  await expect(field(page)).toHaveValue(before)
})

test('letters of the highlands come in a font of the kiosk, once one of them is shown', async ({
  desk,
  page,
}) => {
  const status = () =>
    page.evaluate(async () => {
      await document.fonts.ready
      return [...document.fonts].find(({ family }) => family.includes('Highland Letters'))?.status
    })
  await desk.show('attract')
  expect(await status()).toBe('unloaded')
  await desk.show('answer, name')
  expect(await status()).toBe('loaded')
})
