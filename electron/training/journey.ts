import type { Locator, Page } from 'playwright-core'

/**
 * A citizen's hands on the real page: every touch is a touch on what is shown, and is counted.
 * The rehearsal, the end-to-end tests and the pictures in `docs/` all walk with these hands.
 */

/** The keyboard's guard against a trembling finger: so long it does not hear the same key again. */
const SAME_KEY_MS = 200
/** No group of procedures has more pages. */
const PAGES_MAX = 6
/** No screen of a healthy kiosk takes longer. */
const SCREEN_MS = 15_000

/**
 * What to answer, by question key: a choice's value, several with commas between, text, digits,
 * `dd/mm/yyyy`, "yes" or "no" to one row more, "card" for the card that was laid, a place in words,
 * or null to skip.
 */
export type Answers = Readonly<Record<string, string | null>>

/** Where a place of today is wanted, this commune stands before the planned words. */
const SOME_COMMUNE = { words: 'ba dinh', code: '00004' }

export interface Step {
  readonly name: string
  readonly ms: number
}

export interface Journey {
  readonly steps: readonly Step[]
  taps(): number
  charactersTyped(): number
  /** Key of the question or title on the screen, such as `attract.title`. */
  screen(): Promise<string>
  /** Touches the way on, and waits for the next screen. */
  goOn(): Promise<void>
  tap(target: Locator): Promise<void>
  /** Touches a key of the keyboard, and the one touched last only when it is heard again. */
  press(key: Locator, face: string): Promise<void>
  /** Waits for one of these screens; `*` at the end stands for any ending. */
  waitFor(...screens: readonly string[]): Promise<void>
  /** Agrees to the notice that comes before a card is read. */
  agree(): Promise<void>
  /** From the first screen to "this is me". */
  identify(scan: () => Promise<void>): Promise<void>
  choose(group: string, code: string): Promise<void>
  /** Answers question after question, and lets papers be captured, until the check page. */
  answerAll(answers: Answers): Promise<void>
  /** Touches the declaration on the check page. */
  pledge(): Promise<void>
  /** Touches the declaration, then files. */
  declare(): Promise<void>
  /** Answers the one question on the screen. */
  answer(value: string | null): Promise<void>
  /** Runs a part of the way and keeps its time. */
  step<T>(name: string, run: () => Promise<T>): Promise<T>
}

/** Combining marks of the five tones, and the messages on their keys. */
const TONES: ReadonlyMap<string, string> = new Map([
  ['\u0301', 'keyboard.acute'],
  ['\u0300', 'keyboard.grave'],
  ['\u0309', 'keyboard.hook'],
  ['\u0303', 'keyboard.tilde'],
  ['\u0323', 'keyboard.dot'],
])

/** A Vietnamese letter as two keys: the letter without its tone, then the tone. */
function takeApart(letter: string): { base: string; tone: string | null } {
  const marks = [...letter.normalize('NFD')]
  const tone = marks.find((mark) => TONES.has(mark)) ?? ''
  const base = marks
    .filter((mark) => mark !== tone)
    .join('')
    .normalize('NFC')
  return { base, tone: TONES.get(tone) ?? null }
}

/** `touch`: another way to press than Playwright's, which looks at the page before and after. */
export function walk(
  page: Page,
  touch: (target: Locator) => Promise<void> = (target) => target.click(),
): Journey {
  const steps: Step[] = []
  let taps = 0
  let characters = 0
  let last = { face: '', atMs: 0 }

  const title = page.locator('h1 [data-say]').first()
  const go = page.locator('.action .btn--go')
  const places = page.locator('[data-say="address.other"], [data-say="address.kept-other"]')

  async function tap(target: Locator): Promise<void> {
    await touch(target)
    taps += 1
  }

  async function screen(): Promise<string> {
    return (await title.getAttribute('data-say', { timeout: SCREEN_MS })) ?? ''
  }

  async function waitFor(...wanted: readonly string[]): Promise<void> {
    const matches = wanted.map((key) =>
      key.endsWith('*') ? `[data-say^="${key.slice(0, -1)}"]` : `[data-say="${key}"]`,
    )
    await page
      .locator(`h1 :is(${matches.join(', ')})`)
      .first()
      .waitFor({ timeout: SCREEN_MS })
  }

  /** Waits until a screen has gone. */
  async function leave(shown: string): Promise<void> {
    const old = page.locator(`h1 [data-say="${shown}"]`)
    await old.first().waitFor({ state: 'detached', timeout: SCREEN_MS })
  }

  async function goOn(): Promise<void> {
    const before = await screen()
    await tap(go)
    await leave(before)
  }

  async function agree(): Promise<void> {
    await waitFor('notice.title')
    await goOn()
  }

  async function press(key: Locator, face: string): Promise<void> {
    if (face === last.face) {
      await page.waitForFunction(
        (fromMs) => performance.timeOrigin + performance.now() >= fromMs,
        last.atMs + SAME_KEY_MS,
      )
    }
    await tap(key)
    // The page's own time, which the guard goes by; it runs on when the page is loaded again.
    last = { face, atMs: await page.evaluate(() => performance.timeOrigin + performance.now()) }
  }

  async function type(text: string): Promise<void> {
    const keyboard = page.locator('.keys')
    const digits = page.locator('.digits')
    const onKeyboard = (await keyboard.count()) > 0
    for (const letter of text) {
      const { base, tone } = takeApart(letter)
      const key = (say: string) =>
        keyboard.locator('.key', { has: page.locator(`[data-say="${say}"]`) })
      if (base === ' ') await press(key('keyboard.space'), base)
      else if (base === "'") await press(keyboard.locator('.key--mark').first(), base)
      else if (!onKeyboard)
        await press(digits.getByRole('button', { name: base, exact: true }), base)
      else {
        const digit = /[\d/,.()-]/.test(base)
        const numbers = key('keyboard.numbers')
        const hasPage = (await numbers.count()) > 0
        const onDigits = hasPage && (await numbers.getAttribute('aria-pressed')) === 'true'
        if (hasPage && digit !== onDigits) await press(numbers, 'page')
        const name = digit ? base : new RegExp(`^${base}$`, 'i')
        await press(keyboard.getByRole('button', { name, exact: digit }), base.toLowerCase())
      }
      if (tone !== null) await press(key(tone), tone)
      characters += 1
    }
  }

  async function answer(value: string | null): Promise<void> {
    // The list of places is on its way.
    await page.locator('.tiles:empty').waitFor({ state: 'detached', timeout: SCREEN_MS })
    if (value === null) return tap(page.locator('.action .btn:not(.btn--go)'))
    // A list of places comes a moment after its question.
    await page.locator('.action .btn--go, .keys').first().waitFor({ timeout: SCREEN_MS })
    if (value === 'yes' && (await page.locator('.tile--more').count()) > 0) {
      return tap(page.locator('.tile--more'))
    }
    if ((await places.count()) > 0) return place(value)
    const isCard = (await page.locator('[data-say="second-card.yes"]').count()) > 0
    const isMore = (await page.locator('.tile--more').count()) > 0
    const choices = page.locator('.tiles .tile--choice')
    if ((await choices.count()) > 0) await choose(value)
    else if (!isCard && !isMore) await type(value.replaceAll('/', ''))
    await tap(go)
  }

  /** Through the small steps of a place: as on an old paper where that will do, or picked. */
  async function place(value: string): Promise<void> {
    if ((await page.locator('[data-say="address.kept-other"]').count()) > 0) return tap(go)
    if ((await tile('old').count()) > 0) {
      await tap(tile('old'))
      await tap(go)
      await page.locator('.keys').waitFor({ timeout: SCREEN_MS })
      await type(value)
      return tap(go)
    }
    await tap(tile('other'))
    await tap(go)
    await page.locator('.suggestions').waitFor({ timeout: SCREEN_MS })
    await type(SOME_COMMUNE.words)
    // A list that still changes would move from under the finger.
    const settled = page.locator('.suggestions[aria-busy="false"]')
    await tap(settled.locator(`.suggestion[data-value="${SOME_COMMUNE.code}"]`))
    // Below the commune where the form asks for it; else the place is whole.
    await go.waitFor({ timeout: SCREEN_MS })
    if ((await page.locator('.keys').count()) > 0) await type(value)
    await tap(go)
  }

  const tile = (value: string) =>
    page.locator('.tiles .tile--choice', { has: page.locator(`input[value="${value}"]`) })

  /** Touches the tiles of these choices; one that is not shown is looked for by its words. */
  async function choose(values: string): Promise<void> {
    for (const value of values.split(',')) {
      if ((await tile(value).count()) > 0) {
        await tap(tile(value))
        continue
      }
      await tap(tile('.other'))
      const found = page.locator(`.suggestion[data-value="${value}"]`)
      await page.locator('.suggestions').waitFor({ timeout: SCREEN_MS })
      for (const letter of value.replaceAll('-', ' ')) {
        if ((await found.count()) > 0) break
        await type(letter)
      }
      await tap(found)
    }
  }

  async function pledge(): Promise<void> {
    await waitFor('review.title')
    const tile = page.locator('.pledge .tile--choice')
    await tap(tile)
    await tile.locator('input:checked').waitFor({ state: 'attached', timeout: SCREEN_MS })
  }

  return {
    steps,
    taps: () => taps,
    charactersTyped: () => characters,
    screen,
    goOn,
    tap,
    press,
    waitFor,
    answer,
    pledge,
    async declare() {
      await pledge()
      await goOn()
    },
    agree,
    async identify(scan) {
      await waitFor('attract.title')
      await goOn()
      await agree()
      await waitFor('identify.title')
      // A core that has just started says that the reader is away until it has opened it.
      await page.locator('[data-say="identify.waiting"]').waitFor({ timeout: SCREEN_MS })
      await scan()
      await waitFor('confirm.title')
      await goOn()
    },
    async choose(group, code) {
      await waitFor('choose.title')
      await tap(
        page.locator('.tile--choice').filter({ has: page.locator(`input[value="${group}"]`) }),
      )
      await goOn()
      const procedure = page
        .locator('.tile--choice')
        .filter({ has: page.locator(`input[value="${code}"]`) })
      const more = page.locator('[data-say="choose.more"]')
      const pages = page.locator('[data-say="choose.page"]')
      // A group with one procedure leads straight to it.
      if ((await screen()) === 'choose.group-title') {
        for (let turned = 0; (await procedure.count()) === 0 && turned < PAGES_MAX; turned += 1) {
          const shown = await pages.textContent()
          await tap(more)
          await pages.filter({ hasNotText: shown ?? '' }).waitFor({ timeout: SCREEN_MS })
        }
        await tap(procedure)
        await goOn()
      }
      await waitFor('prepare.title*')
    },
    async answerAll(answers) {
      for (;;) {
        const shown = await screen()
        if (shown === 'review.title') return
        if (shown.startsWith('papers.')) {
          // The sheet that lies under the camera is taken by itself.
          await waitFor('papers.title-look')
          await goOn()
          continue
        }
        const key = /^procedure\.\d\.\d+\.question\.(.+)$/.exec(shown)?.[1]
        if (key === undefined || !(key in answers))
          throw new Error(`no answer planned for ${shown}`)
        await answer(answers[key] ?? null)
        await leave(shown)
      }
    },
    async step(name, run) {
      const began = performance.now()
      const result = await run()
      steps.push({ name, ms: Math.round(performance.now() - began) })
      return result
    },
  }
}
