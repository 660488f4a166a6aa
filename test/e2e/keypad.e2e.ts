import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import { defaultDisplay, usualKeypad, type PadKey } from '../../shared/contract/index.ts'
import { KEY_LIMITS } from '../../renderer/ui/keyboard/debounce.ts'
import { clipText } from '../../shared/speech/index.ts'
import { everyScreen } from '../fixtures/every-screen.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { plans } from '../fixtures/plans.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { nothingKnown, walkForm } from '../../shared/forms/index.ts'
import { parseCode } from '../../electron/identity/index.ts'
import { inventedCitizens } from '../../electron/training/citizens.ts'
import { effortWorld } from '../bench/effort/index.ts'
import { pressesOf } from '../bench/effort/presses.ts'
import { expect, test, type Kiosk } from './kiosk.ts'

/** A keypad of five keys, help and a jack, by whoever does not see the screen. */
const pageDir = join(dirname(builtProgram('browser-host.mjs')), '../renderer')

/** As the page tells it: see `renderer/speech/speech.ts`. */
interface Heard {
  readonly key: string
  readonly clips: readonly string[]
  readonly route: string
}
declare global {
  interface Window {
    heard: Heard[]
    /** Presses a key without waiting for the guard against trembling fingers. */
    pad: (code: string) => void
  }
}

/** Keeps what is said. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.heard = []
    addEventListener('kiosk:said', (event) => {
      if (event instanceof CustomEvent) window.heard.push(event.detail)
    })
  })
  await page.reload()
  // What listens to keys comes with the rest of the page, as the drawings do.
  await page.locator('.library').waitFor({ state: 'attached' })
}

/** A jack tells itself by keys that Playwright has no name for. */
async function jack(page: Page, code: string): Promise<void> {
  const wire = await page.context().newCDPSession(page)
  for (const type of ['rawKeyDown', 'keyUp'] as const) {
    const windowsVirtualKeyCode = code === 'F13' ? 124 : 125
    await wire.send('Input.dispatchKeyEvent', { type, code, key: code, windowsVirtualKeyCode })
  }
  await wire.detach()
}

/** Somebody with a keypad and a headset: every press is counted, and answered by what is said. */
function atKeypad(page: Page) {
  let presses = 0
  let heardAgainMs = 0
  const heard = (from = 0) => page.evaluate((at) => window.heard.slice(at), from)
  const count = () => page.evaluate(() => window.heard.length)

  /** Presses, and listens until something is said; its first words. */
  async function press(key: PadKey): Promise<Heard> {
    const code = usualKeypad[key]
    // The guard against trembling fingers hears the same key again only after a while.
    await page.waitForFunction((untilMs) => performance.now() >= untilMs, heardAgainMs)
    const before = await count()
    await (key === 'jackIn' ? jack(page, code) : page.keyboard.press(code))
    presses += 1
    heardAgainMs = (await page.evaluate(() => performance.now())) + KEY_LIMITS.SAME_KEY_MS
    const said = await page.waitForFunction((at) => window.heard[at], before, { timeout: 20_000 })
    const first = await said.jsonValue()
    if (first === undefined) throw new Error('nothing was said')
    return first
  }

  /** Waits until a screen is said that is known by this key; `*` at its end is any. */
  async function hear(key: string, from = 0): Promise<void> {
    await page
      .waitForFunction(
        ([wanted, at]) =>
          window.heard
            .slice(at)
            .some((said) =>
              wanted.endsWith('*') ? said.key.startsWith(wanted.slice(0, -1)) : said.key === wanted,
            ),
        [key, from] as const,
        { timeout: 60_000 },
      )
      .catch(async () => {
        const said = await heard(from)
        throw new Error(`${key} was not said, but ${said.map((one) => one.key).join(' ')}`)
      })
  }

  return {
    presses: () => presses,
    heard,
    count,
    press,
    hear,
    /** Digits, each heard. */
    async type(digits: string): Promise<void> {
      for (const digit of digits) {
        const before = await count()
        await page.keyboard.press(digit)
        presses += 1
        await hear('value.letter', before)
      }
    },
    /** Walks until what is said is the wanted thing, and presses it. */
    async choose(wanted: (key: string) => boolean, way: 'up' | 'down' = 'down'): Promise<void> {
      const met: string[] = []
      for (let step = 0; step < 60; step += 1) {
        const { key } = await press(way)
        met.push(key)
        if (wanted(key)) {
          await press('select')
          return
        }
      }
      throw new Error(`not met: ${met.join(' ')}`)
    },
    /** The way on, and what the next screen is known by. */
    async goOn(title: string): Promise<void> {
      const before = await count()
      await press('next')
      await hear(title, before)
    },
  }
}

const { pack } = await effortWorld()

/** What the counter says of this journey; a place is in none of its questions. */
function counted(code: string, citizen: string): number {
  const procedure = pack.find((one) => one.code === code)
  const payload = inventedCitizens.find(({ id }) => id === citizen)?.payload ?? ''
  const today = localDate(Date.now())
  const read = parseCode(payload, today)
  if (procedure === undefined || read.kind !== 'id-card') throw new Error(`nobody files ${code}`)
  const known = { ...nothingKnown(today), card: read.card }
  const path = walkForm(procedure, known, ({ key, input }) => {
    const answer = plans[code]?.answers[key] ?? null
    return answer !== null && input.kind === 'number' ? Number(answer) : answer
  })
  return pressesOf(procedure, known, path, pack, null)
}

/** From the first screen, with the headset in and the screen put out, to the check page. */
async function answerAll(
  me: ReturnType<typeof atKeypad>,
  { kiosk, page, code }: { kiosk: Kiosk; page: Page; code: string },
  onFirst = async () => {},
): Promise<void> {
  const plan = plans[code]
  if (plan === undefined) throw new Error(`no plan for ${code}`)
  await kiosk.journey.waitFor('attract.title')
  // The jack is a key; it begins the voice, in the headset.
  await me.press('jackIn')
  await me.hear('attract.title')
  await me.choose((key) => key === 'voice.blank', 'up')
  await me.hear('voice.blank-on')
  await expect(page.locator('.blank')).toBeVisible()

  // What is read and kept is told before a card is asked for.
  await me.goOn('notice.title')
  await me.goOn('identify.title')
  await page.locator('[data-say="identify.waiting"]').waitFor()
  await kiosk.hall.world.scan('father')
  await me.hear('confirm.title')
  await me.hear('value.name')
  await me.goOn('choose.title')
  await me.choose((key) => key === `group.${plan.group}`)
  await me.goOn('choose.group-title')
  await me.choose((key) => key.startsWith(`procedure.${code}.`))
  await me.goOn('prepare.title*')
  await me.goOn(`procedure.${code}.question.*`)
  await onFirst()

  for (;;) {
    const shown = await kiosk.journey.screen()
    const question = /\.question\.(.+)$/.exec(shown)?.[1]
    if (question === undefined) break
    const answer = plan.answers[question]
    if (answer === undefined) throw new Error(`no answer planned for ${shown}`)
    await me.hear(shown)
    if (answer === null) await me.choose((key) => key === 'answer.skip', 'up')
    else if (/^\d+$/.test(answer)) {
      await me.type(answer)
      await me.press('next')
    } else {
      await me.choose((key) => key.endsWith(`.${answer}`))
      await me.press('next')
    }
    await page.locator(`h1 [data-say="${shown}"]`).waitFor({ state: 'detached' })
  }
  await me.hear('review.title')
}

/** The declaration, and the receipt: its code and the number in the queue. */
async function file(
  me: ReturnType<typeof atKeypad>,
  { page, code }: { page: Page; code: string },
): Promise<void> {
  await me.choose((key) => key === `procedure.${code}.declaration`)
  await page.locator('.pledge input:checked').waitFor({ state: 'attached' })
  await me.goOn('done.title*')
  await me.hear('value.reference')
  await me.hear('value.ticket')
  await expect(page.locator('.blank')).toBeVisible()
}

/** "Xong, xoá thông tin". */
async function leave(
  me: ReturnType<typeof atKeypad>,
  { kiosk, page }: { kiosk: Kiosk; page: Page },
): Promise<void> {
  // The dark screen goes with the visit.
  expect((await me.press('next')).key).toBe('voice.off')
  await kiosk.journey.waitFor('attract.title')
  await expect(page.locator('.blank')).toHaveCount(0)
}

test('a dossier is filed with five keys, a headset and a dark screen', async ({
  kiosk,
  page,
}, info) => {
  test.setTimeout(300_000)
  await listen(page)
  const me = atKeypad(page)
  const code = '1.004873'
  await answerAll(me, { kiosk, page, code }, async () => {
    // Nothing was chosen: what is wrong is said, and nothing is lost.
    await me.press('next')
    await me.hear('problem.summary')
  })
  await file(me, { page, code })
  // That the slip lies there is told once all else is.
  await me.hear('paper.printed')
  const said = await me.heard()
  // For `npm run voice -- --wav`.
  const heard = info.outputPath('heard.json')
  await writeFile(heard, JSON.stringify(said))
  await info.attach('heard.json', { path: heard, contentType: 'application/json' })
  const slip = join(kiosk.hall.printsDir, '001.png')
  await info.attach('slip.png', { path: slip, contentType: 'image/png' })
  await leave(me, { kiosk, page })
  // What the card says was heard in the headset, and never elsewhere.
  expect(new Set(said.map(({ route }) => route))).toEqual(new Set(['headset']))
  const name = said.find(({ key }) => key === 'value.name')
  expect(name?.clips.join(' ')).toContain('nguyễn')
  // One press of the mistake: what was wrong takes the title's place above the tiles.
  expect(me.presses() - 1).toBe(counted(code, 'father'))
  process.stdout.write(`# blind journey ${code}: ${me.presses()} key presses\n`)
})

test('numbers are typed with the digits of the keypad, and it costs what the counter says', async ({
  kiosk,
  page,
}) => {
  test.setTimeout(300_000)
  await listen(page)
  const me = atKeypad(page)
  const code = '2.000815'
  await answerAll(me, { kiosk, page, code })
  await file(me, { page, code })
  await leave(me, { kiosk, page })
  expect(me.presses()).toBe(counted(code, 'father'))
  process.stdout.write(`# blind journey ${code}: ${me.presses()} key presses\n`)
})

test('what is typed without sight is heard: its digits in a headset, "sao" in the hall', async ({
  page,
}) => {
  const phone = everyScreen.find(({ name }) => name === 'answer, phone')
  if (phone === undefined) throw new Error('no such screen')
  const display = { ...defaultDisplay, voice: { ...defaultDisplay.voice, on: true } }
  const view = { ...sampleView, display, session: phone.session }
  const kiosk = { ...sampleView.kiosk, voice: { headset: 'jack-key' as const } }
  const served = await serveView({ ...view, kiosk }, pageDir)
  await page.goto(served.url)
  await listen(page)
  const me = atKeypad(page)
  await me.hear(phone.session.screen === 'answer' ? phone.session.question.title.key : '')

  const type = async (digit: string) => {
    const before = await me.count()
    await page.keyboard.press(digit)
    await me.hear('value.letter', before)
    return (await me.heard(before)).find(({ key }) => key === 'value.letter')?.clips
  }
  expect(await type('7')).toEqual(['sao'])
  await jack(page, usualKeypad.jackIn)
  expect(await type('0')).toEqual([clipText('không')])
  // A row of keys is entered and left; what is pressed on it is heard, and one stays on it.
  const digits = ({ clips }: Heard) => clips[0] === clipText('Bàn phím số')
  for (let steps = 0; steps < 9 && !digits(await me.press('down')); steps += 1);
  await me.press('select')
  await me.press('down')
  await expect(page.locator('.digits .key:focus')).toHaveText('2')
  const before = await me.count()
  await me.press('select')
  await me.hear('value.letter', before)
  await expect(page.locator('.digits .key:focus')).toHaveText('2')
  await expect(page.locator('#answer')).toHaveValue('702')
  expect(digits(await me.press('back'))).toBe(true)
  // Pulled out, the rest is for the hall again.
  await jack(page, usualKeypad.jackOut)
  expect(await type('5')).toEqual(['sao'])
  await served.close()
})

test('the keyboard on the screen is gone through by rows, each key heard', async ({ page }) => {
  const name = everyScreen.find(({ name: one }) => one === 'answer, name')
  if (name === undefined) throw new Error('no such screen')
  const display = { ...defaultDisplay, voice: { ...defaultDisplay.voice, on: true } }
  const kiosk = { ...sampleView.kiosk, voice: { headset: 'always' as const } }
  const served = await serveView({ ...sampleView, kiosk, display, session: name.session }, pageDir)
  await page.goto(served.url)
  await listen(page)
  const me = atKeypad(page)
  await me.hear(name.session.screen === 'answer' ? name.session.question.title.key : '')

  /** Past rows to the one that holds a key, past keys to it, and out again. */
  async function write(letter: string, way: 'up' | 'down'): Promise<void> {
    const key = page.locator('.key', { hasText: new RegExp(`^${letter}$`, 'i') })
    const row = page.locator('.keys__row:focus').filter({ has: key })
    for (let steps = 0; steps < 30 && (await row.count()) === 0; steps += 1) await me.press(way)
    await me.press('select')
    for (let steps = 0; steps < 12; steps += 1) {
      if ((await page.locator('.key:focus').textContent())?.toLowerCase() === letter) break
      expect((await me.press('down')).key).toMatch(/^(value|keyboard)\./)
    }
    const before = await me.count()
    await me.press('select')
    await me.hear('value.letter', before)
    await me.press('back')
  }
  await write('m', 'down')
  await write('a', 'up')
  await write('i', 'down')
  await expect(page.locator('#answer')).toHaveValue('Mai')
  process.stdout.write(`# three letters on the keyboard: ${me.presses()} key presses\n`)
  await served.close()
})

test('help is told by a press and called by a long one', async ({ kiosk, page }) => {
  await listen(page)
  const me = atKeypad(page)
  await kiosk.journey.goOn()
  await kiosk.journey.agree()
  await kiosk.journey.waitFor('identify.title')
  expect((await me.press('help')).key).toBe('voice.on')
  await me.hear('identify.hint')
  const before = await me.count()
  expect((await me.press('help')).key).toBe('identify.title')
  await me.hear('identify.hint', before)
  // Any touch brings a dark screen back, and presses nothing of what lies below.
  await page.locator('[data-voice-key="voice.blank"]').click()
  await expect(page.locator('.blank')).toBeVisible()
  await page.locator('.blank').tap({ position: { x: 540, y: 1780 } })
  await expect(page.locator('.blank')).toHaveCount(0)
  expect(await kiosk.journey.screen()).toBe('identify.title')
  await page.keyboard.down(usualKeypad.help)
  await kiosk.journey.waitFor('help.title')
  await page.keyboard.up(usualKeypad.help)
  await me.hear('help.title')
})

test("a touch on the staff's strip, or focus left there, leaves the citizen's keys as they were", async ({
  page,
}) => {
  const choice = everyScreen.find(({ name }) => name === 'answer, choice')
  if (choice === undefined) throw new Error('no such screen')
  const role = {
    state: 'unlocked' as const,
    assistant: '02',
    counter: null,
    tools: ['work' as const],
    working: false,
    ending: false,
  }
  const display = { ...defaultDisplay, voice: { ...defaultDisplay.voice, on: true } }
  const assistance = { ...sampleView.assistance, role }
  const { session } = choice
  const served = await serveView({ ...sampleView, display, assistance, session }, pageDir)
  await page.goto(served.url)
  await listen(page)
  const me = atKeypad(page)
  const standing = () => page.evaluate(() => document.activeElement?.outerHTML)
  const strip = page.locator('aside.staff')
  await strip.waitFor()
  await me.press('down')
  await me.press('down')
  const before = await standing()
  await strip.locator('button').first().click()
  expect(await standing()).toBe(before)
  await me.press('down')
  await expect(page.locator('.screen :focus')).toBeVisible()

  // A keyboard's tab key stands on the strip; the next key of the pad is the citizen's again.
  await strip.locator('button').first().focus()
  await me.press('down')
  await expect(page.locator('.screen :focus')).toBeVisible()
  await strip.locator('button').first().focus()
  await me.press('select')
  await expect(page.locator('.screen :focus')).toBeVisible()
  await served.close()
})

test('on every screen down alone meets all that can be used, in the order of the eye', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await page.addInitScript(() => {
    const now = performance.now.bind(performance)
    let aheadMs = 0
    performance.now = () => now() + aheadMs
    window.pad = (code) => {
      aheadMs += 250
      const how = { code, key: code, bubbles: true, cancelable: true }
      const target = document.activeElement ?? document.body
      target.dispatchEvent(new KeyboardEvent('keydown', how))
      target.dispatchEvent(new KeyboardEvent('keyup', how))
    }
  })
  const found: string[] = []
  for (const { name, session, touch } of everyScreen) {
    const on = { ...defaultDisplay.voice, on: true }
    for (const display of [defaultDisplay, { ...defaultDisplay, voice: on }]) {
      const served = await serveView({ ...sampleView, session, display }, pageDir)
      await page.goto(served.url)
      await page.locator('h1 [data-say]').first().waitFor()
      await page.locator('.tiles:empty').waitFor({ state: 'detached' })
      if (display.voice.on) await page.locator('.strip__keys').waitFor()
      await touch?.(page)
      // Focus that a key has moved is drawn as such.
      await expect(async () => {
        await page.keyboard.press(usualKeypad.down)
        expect(await page.locator('[data-walked]').count()).toBeGreaterThan(0)
      }).toPass()
      for (const fault of await walkFaults(page)) found.push(`${name}: ${fault}`)
      await served.close()
      // The voice adds keys to the frame, the same on each screen.
      if (name !== 'attract' && name !== 'done, held') break
    }
  }
  expect(found).toEqual([])
})

/** Goes round once by down, with every row of keys opened, and compares with what is there. */
const walkFaults = (page: Page): Promise<string[]> =>
  page.evaluate(({ down, select, back }) => {
    const faults: string[] = []
    const active = () => document.activeElement
    const nameOf = (element: Element | null) =>
      element === null ? 'nothing' : element.outerHTML.slice(0, 90)
    const isUsable = (element: Element) =>
      element.closest('.shelf__keys, [aria-hidden="true"], [inert]') === null &&
      !element.matches(':disabled') &&
      element.checkVisibility({ visibilityProperty: true })
    const all = [
      ...document.querySelectorAll('.screen :is(button, input, textarea, select, a[href])'),
    ].filter(isUsable)
    const tops = new Map<Element, { top: number; bottom: number }>()
    for (const element of document.querySelectorAll('.screen *')) {
      const { top, bottom } = (element.closest('label') ?? element).getBoundingClientRect()
      // A list that is turned in parts ends where its place does.
      const end = element.closest('.shelf__view')?.getBoundingClientRect().bottom ?? Infinity
      tops.set(element, { top: Math.min(top, end - 1), bottom: Math.min(bottom, end) })
    }

    for (let step = 0; step < 100 && active()?.matches('h1') !== true; step += 1) window.pad(down)
    const first = active()
    const met: Element[] = []
    for (let step = 0; step < 100; step += 1) {
      const stop = active()
      if (stop === null || (step > 0 && stop === first)) break
      met.push(stop)
      const drawn = stop.closest('label, .field') ?? stop
      const outlined = [stop, drawn].some((one) => getComputedStyle(one).outlineStyle !== 'none')
      if (!outlined) faults.push(`focus is not to be seen on ${nameOf(stop)}`)
      if (stop.matches('.keys__row, .digits')) {
        window.pad(select)
        const head = active()
        do {
          met.push(active() ?? stop)
          window.pad(down)
        } while (active() !== head && met.length < 300)
        window.pad(back)
        if (active() !== stop) faults.push(`no way out of ${nameOf(stop)}`)
      }
      window.pad(down)
    }
    if (active() !== first) faults.push(`the walk does not come back: ${nameOf(active())}`)
    for (const element of all) {
      if (!met.includes(element)) faults.push(`never met: ${nameOf(element)}`)
    }
    // One turn from the title: the document's order is left once, at its end.
    const jumps = met.filter((element, at) => {
      const before = met[at - 1]
      return before !== undefined && !(before.compareDocumentPosition(element) & 4)
    })
    if (jumps.length > 1) faults.push(`out of order: ${jumps.map(nameOf).join(' | ')}`)
    for (const [at, element] of met.entries()) {
      const [before, here] = [tops.get(met[at - 1] ?? element), tops.get(element)]
      if (before === undefined || here === undefined || jumps.includes(element)) continue
      if (here.bottom <= before.top) faults.push(`above what came before it: ${nameOf(element)}`)
    }
    return faults
  }, usualKeypad)
