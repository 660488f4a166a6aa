import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import {
  defaultDisplay,
  usualKeypad,
  type Scanning,
  type View,
} from '../../shared/contract/index.ts'
import { KEYPAD_LIMITS } from '../../renderer/keys/limits.ts'
import { everyScreen, type ScreenExample } from '../fixtures/every-screen.ts'
import { startInService } from '../fixtures/kiosk-in-service.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'
import { expect, test } from '@playwright/test'

/** Scanning with one switch or two, which send keys of their own. */
const pageDir = join(dirname(builtProgram('browser-host.mjs')), '../renderer')
const one = { switches: 1, select: 'F9', everyMs: 7777 } as const satisfies Scanning
const two = { switches: 2, select: 'F9', on: 'F10' } as const satisfies Scanning

/** Each thing that had its turn, and how the page was just before. */
interface Turn {
  readonly where: Element | null
  readonly drawn: boolean
  readonly speaking: boolean
}
declare global {
  interface Window {
    turns: Turn[]
    /** True while the next thing waits for its turn. */
    waiting: boolean
  }
}

/** The time between two turns passes at once; all other times stay as they are. */
async function hurry(page: Page): Promise<void> {
  await page.addInitScript((everyMs) => {
    window.turns = []
    window.waiting = false
    const later = setTimeout.bind(window)
    Object.assign(window, {
      setTimeout(run: () => void, ms?: number) {
        if (ms !== everyMs) return later(run, ms)
        window.waiting = true
        return later(() => {
          window.waiting = false
          const speaking = document.querySelector('.strip__said') !== null
          run()
          const where = document.activeElement
          const box = where?.closest('label, .field') ?? where
          const drawn = [where, box].some(
            (part) => part !== null && getComputedStyle(part).outlineStyle !== 'none',
          )
          window.turns.push({ where, drawn, speaking })
        }, 0)
      },
    })
  }, one.everyMs)
}

const withSwitches = (view: View, scan: Scanning): View => ({
  ...view,
  kiosk: { ...view.kiosk, keypad: { ...usualKeypad, scan } },
})

/** What was gone over until the scan came to rest, and what of the screen was not. */
const faultsOf = (page: Page, rounds: number): Promise<string[]> =>
  page.evaluate((wanted) => {
    const faults: string[] = []
    const nameOf = (element: Element | null) => element?.outerHTML.slice(0, 90) ?? 'nothing'
    const { turns } = window
    const isRow = '.keys__row *, .digits *'
    const all = [
      ...document.querySelectorAll('.screen :is(button, input, textarea, select, a[href])'),
    ].filter(
      (element) =>
        element.closest('.shelf__keys, [aria-hidden="true"], [inert]') === null &&
        !element.matches(`:disabled, ${isRow}`) &&
        element.checkVisibility({ visibilityProperty: true }),
    )
    const title = turns.at(-1)?.where ?? null
    if (title?.matches('h1') !== true) faults.push(`it rests on ${nameOf(title)}`)
    const count = turns.length / wanted
    for (const [at, { where, drawn }] of turns.entries()) {
      if (!drawn) faults.push(`not to be seen: ${nameOf(where)}`)
      if (where !== turns[at % count]?.where) faults.push(`another way round: ${nameOf(where)}`)
    }
    for (const element of all) {
      if (!turns.some(({ where }) => where === element)) faults.push(`no turn: ${nameOf(element)}`)
    }
    return faults
  }, rounds)

const atRest = async (page: Page): Promise<void> => {
  await page.waitForFunction(() => window.turns.length > 0 && !window.waiting)
}

/** What is scanned in the same way: the line itself is gone over on every example in `keypad.e2e.ts`. */
const kindOf = ({ session }: ScreenExample): string =>
  session.screen === 'answer' ? session.question.input.kind : session.screen
const everyKind = [...Map.groupBy(everyScreen, kindOf).values()].flatMap((alike) =>
  alike.slice(0, 1),
)

test('one switch: on every kind of screen each thing has its turn, three times, and then it rests', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await hurry(page)
  const found: string[] = []
  for (const { name, session, touch } of everyKind) {
    const served = await serveView(withSwitches({ ...sampleView, session }, one), pageDir)
    await page.goto(served.url)
    await page.locator('h1 [data-say]').first().waitFor()
    await page.locator('.tiles:empty').waitFor({ state: 'detached' })
    await touch?.(page)
    // Nothing goes by itself before the switch is there and pressed.
    expect(await page.evaluate(() => window.turns.length)).toBe(0)
    await expect(async () => {
      await page.keyboard.press(one.select)
      await page.waitForFunction(() => window.turns.length > 0, undefined, { timeout: 2_000 })
    }).toPass()
    await atRest(page)
    for (const fault of await faultsOf(page, KEYPAD_LIMITS.SCAN_ROUNDS)) {
      found.push(`${name}: ${fault}`)
    }
    await served.close()
  }
  expect(found).toEqual([])
})

/** A still of a name. */
function still(name: string) {
  const found = everyScreen.find((example) => example.name === name)
  if (found === undefined) throw new Error(`no such screen: ${name}`)
  return found.session
}

test('a row of keys is entered, written with, and left; another screen begins at its title', async ({
  page,
}) => {
  const view = withSwitches({ ...sampleView, session: still('answer, phone') }, two)
  const served = await serveView(view, pageDir)
  await page.goto(served.url)
  await page.locator('.digits').waitFor()
  const focused = page.locator(':focus')
  const digits = page.locator('.digits:focus')
  // The page begins to listen a moment after it is drawn.
  await expect(async () => {
    await page.keyboard.press(two.on)
    await expect(page.locator('[data-walked]:focus')).toHaveCount(1, { timeout: 2_000 })
  }).toPass()
  /** The same switch counts again after the guard against trembling fingers. */
  const press = async (code: string) => {
    await page.keyboard.press(code)
    const fromMs = await page.evaluate(() => performance.now() + 210)
    await page.waitForFunction((ms) => performance.now() >= ms, fromMs)
  }
  for (let step = 0; step < 20 && (await digits.count()) === 0; step += 1) await press(two.on)
  await press(two.select)
  await expect(focused).toHaveText('1')
  await press(two.on)
  await press(two.select)
  await press(two.select)
  await expect(page.locator('#answer')).toHaveValue('22')
  await expect(focused).toHaveText('2')
  for (let step = 0; step < 20 && (await digits.count()) === 0; step += 1) await press(two.on)
  await expect(digits).toHaveCount(1)
  await press(two.on)
  await expect(page.locator('.digits :focus')).toHaveCount(0)
  expect(
    await page.locator('.digits').evaluate((row) => row.contains(document.activeElement)),
  ).toBe(false)

  // What was aimed at is gone with its screen: the press chooses nothing of the next one.
  served.show({ ...view, session: still('confirm') })
  await page.locator('[data-say="confirm.title"]').first().waitFor()
  await page.locator('.action .btn--go').focus()
  await press(two.select)
  await expect(page.locator('h1')).toBeFocused()
  await served.close()
})

test('while something is said nothing goes on, and each thing is said with its place', async ({
  page,
}) => {
  await hurry(page)
  await page.addInitScript(() => {
    window.heard = []
    addEventListener('kiosk:said', (event) => {
      if (event instanceof CustomEvent) window.heard.push(event.detail)
    })
  })
  const display = { ...defaultDisplay, voice: { ...defaultDisplay.voice, on: true, speed: 6 } }
  const session = still('attract')
  const served = await serveView(withSwitches({ ...sampleView, session, display }, one), pageDir)
  await page.goto(served.url)
  await page.waitForFunction(() => window.heard.some(({ key }) => key === 'attract.title'))
  await page.keyboard.press(one.select)
  await page.waitForFunction(() => window.turns.length >= 3, undefined, { timeout: 30_000 })
  // A touch takes the screen back.
  await page.locator('h1').tap()
  const { speaking, told } = await page.evaluate(() => ({
    speaking: window.turns.filter((turn) => turn.speaking).length,
    told: window.heard.filter(({ key }) => key === 'keys.place').length,
  }))
  expect(speaking).toBe(0)
  expect(told).toBeGreaterThanOrEqual(3)
  const before = await page.evaluate(() => window.turns.length)
  await page.waitForFunction(() => document.querySelector('.strip__said') === null)
  expect(await page.evaluate(() => window.turns.length)).toBe(before)
  await served.close()
})

test('with one switch alone a citizen comes from the first screen to the procedure', async ({
  page,
}) => {
  test.setTimeout(120_000)
  const scan = { ...one, everyMs: 500 }
  const service = await startInService({ keypad: { ...usualKeypad, scan } })
  await page.goto(await service.kiosk.url)
  await page.locator('[data-say="attract.title"]').first().waitFor()

  /** Presses the switch when this has its turn, as an eye that waits for it does. */
  const choose = (selector: string) =>
    page.evaluate(
      ([wanted, code]) =>
        new Promise<void>((resolve) => {
          const press = () => {
            const how = { code, key: code, bubbles: true, cancelable: true }
            document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', how))
          }
          // A scan that came to rest while something was waited for is woken as anybody would.
          let rested = setTimeout(press, 4_000)
          const look = ({ target }: FocusEvent) => {
            clearTimeout(rested)
            rested = setTimeout(press, 4_000)
            if (!(target instanceof Element) || !target.matches(wanted)) return
            clearTimeout(rested)
            document.removeEventListener('focusin', look)
            setTimeout(() => {
              press()
              resolve()
            }, 250)
          }
          document.addEventListener('focusin', look)
        }),
      [selector, scan.select] as const,
    )
  const title = (key: string) => page.locator(`h1 [data-say="${key}"]`).waitFor()
  const go = '.action .btn--go'

  await expect(async () => {
    await page.keyboard.press(scan.select)
    await expect(page.locator('[data-walked]')).not.toHaveCount(0, { timeout: 2_000 })
  }).toPass()
  await choose('.tile--service')
  await title('notice.title')
  await choose(go)
  await title('identify.title')
  await page.locator('[data-say="identify.waiting"]').waitFor()
  await service.world.scan('father')
  await title('confirm.title')
  await choose(go)
  await title('choose.title')
  await choose('input[value="civil-status"]')
  await expect(page.locator('input[value="civil-status"]')).toBeChecked()
  await choose(go)
  await title('choose.group-title')
  await choose('input[value="1.004873"]')
  await choose(go)
  await page.locator('h1 [data-say^="prepare.title"]').waitFor()
  await service.close()
})
