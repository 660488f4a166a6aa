import type { Locator, Page } from 'playwright-core'
import { z } from 'zod'

const paintSchema = z.object({
  /** From the lifting of the finger to the next screen on the panel. */
  ms: z.number(),
  /** That screen asks a question of the form. */
  question: z.boolean(),
})
/** One way on. */
export type Paint = z.infer<typeof paintSchema>

const notedSchema = z.object({
  paints: z.array(paintSchema),
  /** The longest that the page was deaf, ms. */
  longest: z.number(),
  /** What moved under the finger, as Chromium scores it. */
  shift: z.number(),
})
/** What the page notes of itself while it is used. */
export type Noted = z.infer<typeof notedSchema>

/** Presses as a panel does. While the page works on a way on, nobody else asks anything of it. */
export interface TimedFinger {
  /** Whether it led to another screen. */
  touch(target: Locator): Promise<boolean>
  /** Until the page has nothing more to do. */
  rest(): Promise<void>
  /** From here on it counts. */
  start(): Promise<void>
  noted(): Promise<Noted>
}

/** How long a finger rests on a key, ms. */
const PRESS_MS = 80
/** Nobody has seen a screen sooner, ms; and the page takes a second touch within 300 for no touch. */
const LOOK_MS = 400

/** The binding by which the page tells that the next screen stands. */
const STANDS = 'benchScreenStands'

/** Must be made before the page is loaded. */
export async function timedFinger(page: Page): Promise<TimedFinger> {
  let told = () => {}
  await page.exposeFunction(STANDS, () => told())
  await page.addInitScript(noteItself, STANDS)
  const cdp = await page.context().newCDPSession(page)
  /** What was asked of the page, and what came of a touch, is over. */
  const rest = () =>
    page.evaluate(
      () => new Promise<void>((done) => requestIdleCallback(() => done(), { timeout: 500 })),
    )
  return {
    async touch(target) {
      // A tap: the mouse of a trial click would hover over every screen, and no panel has one.
      await target.tap({ trial: true })
      const box = await target.boundingBox()
      if (box === null) throw new Error('nothing to touch')
      const leads = await target.evaluate((element) => element.matches('.btn--go'))
      await page.waitForTimeout(LOOK_MS)
      await rest()
      const stands = new Promise<void>((resolve) => (told = resolve))
      const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 }
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] })
      await page.waitForTimeout(PRESS_MS)
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
      if (leads) await stands
      await rest()
      return leads
    },
    rest,
    start: () => page.evaluate(() => void window.dispatchEvent(new Event('bench-start'))),
    async noted() {
      return notedSchema.parse(
        await page.evaluate((): unknown =>
          JSON.parse(document.documentElement.dataset['bench'] ?? 'null'),
        ),
      )
    },
  }
}

/** Runs in the page: keeps its notes where the bench finds them. */
function noteItself(stands: string): void {
  const paints: Paint[] = []
  let longest = 0
  let shift = 0
  let started = false
  const keep = () => {
    document.documentElement.dataset['bench'] = JSON.stringify({ paints, longest, shift })
  }
  window.addEventListener('bench-start', () => {
    started = true
    keep()
  })
  let liftedMs = 0
  // The panel's own time; a click may be made of it later.
  window.addEventListener('touchend', ({ timeStamp }) => void (liftedMs = timeStamp), true)
  const titleOf = () => document.querySelector('h1')?.textContent ?? ''
  document.addEventListener(
    'click',
    ({ target }) => {
      if (!(target instanceof Element) || !target.closest('.btn--go')) return
      const before = titleOf()
      const observer = new MutationObserver(() => {
        if (titleOf() === before) return
        observer.disconnect()
        // After the next frame it stands on the screen.
        requestAnimationFrame(() => {
          setTimeout(() => {
            const ms = performance.now() - liftedMs
            const question = document.querySelector('[data-say="step.question"]') !== null
            if (started) paints.push({ ms, question })
            keep()
            const tell: unknown = Reflect.get(window, stands)
            if (typeof tell === 'function') tell()
          })
        })
      })
      observer.observe(document.body, { subtree: true, childList: true, characterData: true })
    },
    true,
  )
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) if (started) longest = Math.max(longest, duration)
    keep()
  }).observe({ type: 'longtask' })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const recent: unknown = Reflect.get(entry, 'hadRecentInput')
      const value: unknown = Reflect.get(entry, 'value')
      if (started && recent !== true && typeof value === 'number') shift += value
    }
    keep()
  }).observe({ type: 'layout-shift' })
}
