import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type * as Axe from 'axe-core'
import { expect, test, type Page } from '@playwright/test'
import { defaultDisplay, type Display, type View } from '../../shared/contract/index.ts'
import { everyScreen, type ScreenExample } from '../fixtures/every-screen.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'
import { drawnFaults, type Measures } from './drawn-faults.ts'

/**
 * Every kind of screen, in every way in which it is drawn: what assistive technology reads of it
 * (axe, WCAG 2.2 A and AA, and 7:1 for text), and what eyes and fingers meet, in millimetres of
 * three panels (EN 301 549, VVSG 2.0).
 */
const pageDir = join(dirname(builtProgram('browser-host.mjs')), '../renderer')
declare global {
  interface Window {
    readonly axe: typeof Axe
  }
}
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8')
const EVERY_RULE: Axe.RunOptions = {
  runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  // Of the rules of AAA: 7:1 for text.
  rules: { 'color-contrast-enhanced': { enabled: true } },
}
const COLOUR_RULES: Axe.RunOptions = {
  runOnly: {
    type: 'rule',
    values: ['color-contrast', 'color-contrast-enhanced', 'link-in-text-block'],
  },
}

/** The examples are spread over so many tests, which run beside each other. */
const PARTS = 4

const panels = {
  '21.5 inch upright': { width: 1080, height: 1920, pixelsPerMm: 4.04 },
  '32 inch upright': { width: 1080, height: 1920, pixelsPerMm: 2.71 },
  '15.6 inch across': { width: 1920, height: 1080, pixelsPerMm: 5.56 },
} as const
type Panel = (typeof panels)[keyof typeof panels]

const drawings: readonly (readonly [name: string, panel: Panel, lowered: boolean])[] = [
  ['32 inch, lowered', panels['32 inch upright'], true],
  ...Object.entries(panels).map(([name, panel]) => [name, panel, false] as const),
]

const texts = ['normal', 'large', 'larger', 'largest'] as const

const languages = [
  { tag: 'vi', name: 'Tiếng Việt', texts: true },
  { tag: 'en', name: 'English', texts: true },
]

const viewOf = (
  { session, assistance = sampleView.assistance }: ScreenExample,
  panel: Panel,
  display: Display,
): View => ({
  ...sampleView,
  assistance,
  kiosk: { ...sampleView.kiosk, training: false, pixelsPerMm: panel.pixelsPerMm, languages },
  session,
  display,
})

/** Opens the page; `open` goes to an example, `draw` changes how it is drawn, with what was touched kept. */
async function openPage(page: Page) {
  const first = panels['21.5 inch upright']
  const start = everyScreen.find(({ name }) => name === 'attract')
  if (start === undefined) throw new Error('no first screen')
  const beginning = viewOf(start, first, defaultDisplay)
  const served = await serveView(beginning, pageDir)
  await page.setViewportSize(first)
  await page.goto(served.url)
  await page.evaluate(axeSource)
  let shown = start

  async function draw(panel: Panel, display: Display): Promise<void> {
    // A window costs more to change than all that is in it.
    if (page.viewportSize()?.width !== panel.width) await page.setViewportSize(panel)
    served.show(viewOf(shown, panel, display))
    const mm = `[style*="--mm: ${panel.pixelsPerMm}"]`
    const layout = display.lowered ? '[data-layout="lowered"]' : ':not([data-layout="lowered"])'
    const { text, contrast, language } = display
    const look = `[data-text="${text}"][data-contrast="${contrast}"][lang="${language}"]`
    // In one call: there are some two thousand drawings.
    await page.evaluate(async (drawn) => {
      while (!document.documentElement.matches(drawn)) await new Promise((done) => setTimeout(done))
      await document.fonts.ready
    }, `${look}${mm}${layout}`)
  }
  return {
    draw,
    async open(example: ScreenExample, display: Display): Promise<void> {
      // By the first screen: nothing stays of what was touched on the one before.
      shown = start
      await draw(first, display)
      await page.locator('h1 [data-say="attract.title"]').waitFor()
      shown = example
      await draw(first, display)
      if (example.session.screen !== 'attract') {
        await page.locator('h1 [data-say="attract.title"]').waitFor({ state: 'detached' })
      }
      await page.locator('h1 [data-say]').first().waitFor()
      await page.locator('.tiles:empty').waitFor({ state: 'detached' })
      if (example.assistance?.role.state === 'unlocked') await page.locator('.staff').waitFor()
      await example.touch?.(page)
    },
    close: () => served.close(),
  }
}

/** Low frames hold the first steps of larger text, no more. */
const CAPITALS_MM = {
  upright: { normal: 4.8, large: 6.4, larger: 7.4, largest: 8.5 },
  across: { normal: 4.8, large: 5.6, larger: 6, largest: 6.4 },
  lowered: { normal: 4.8, large: 5.6, larger: 5.6, largest: 5.6 },
} as const

const measures = (panel: Panel, { text, lowered }: Display): Measures => {
  const upright = panel.width < panel.height
  return {
    floorMm: 12.7,
    primaryMm: 20,
    gapMm: 3,
    capitalMm: CAPITALS_MM[lowered ? 'lowered' : upright ? 'upright' : 'across'][text],
    learnedMm: 4.8,
    reach: lowered ? 0.5 : upright ? 0.4 : 0,
    beyondReach: lowered ? ':not(*)' : '.settings *',
  }
}

/** Words that a library or a forgotten message would bring; none of them is a Vietnamese word. */
const ENGLISH =
  /\b(the|and|with|your|please|error|loading|dismiss|close|cancel|submit|search|next|back|required|undefined|null)\b/giu

const englishWords = (page: Page): Promise<string[]> =>
  page.evaluate(
    ({ source, flags }) =>
      [
        document.title,
        document.body.innerText,
        ...[...document.querySelectorAll('[aria-label], [title], [alt], [placeholder]')].flatMap(
          (element) =>
            ['aria-label', 'title', 'alt', 'placeholder'].map(
              (name) => element.getAttribute(name) ?? '',
            ),
        ),
      ].flatMap((text) => text.match(new RegExp(source, flags)) ?? []),
    { source: ENGLISH.source, flags: ENGLISH.flags },
  )

async function axeFaults(page: Page, rules: Axe.RunOptions): Promise<string[]> {
  const { violations } = await page.evaluate(
    (options): Promise<Axe.AxeResults> =>
      // The library of drawings says nothing; what is drawn of it is looked at where it stands.
      window.axe.run({ exclude: ['.library'] }, { ...options, resultTypes: ['violations'] }),
    rules,
  )
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id} ${html}`))
}

for (let part = 0; part < PARTS; part += 1) {
  test(`every screen is for everyone, part ${part + 1} of ${PARTS}`, async ({ page }) => {
    test.setTimeout(240_000)
    const found: string[] = []
    const shown = await openPage(page)
    for (const example of everyScreen.filter((_, index) => index % PARTS === part)) {
      await shown.open(example, defaultDisplay)
      for (const word of await englishWords(page)) found.push(`${example.name}: ${word}`)
      for (const text of texts) {
        const display = { ...defaultDisplay, text }
        const upright = panels['21.5 inch upright']
        // Vietnamese last: it is what is measured below.
        for (const language of text === 'normal' || text === 'largest' ? ['en', 'vi'] : ['vi']) {
          await shown.draw(upright, { ...display, language })
          for (const fault of await axeFaults(page, EVERY_RULE)) {
            found.push(`${example.name}, ${text} text, ${language}: ${fault}`)
          }
        }
      }
      // Colours are all that high contrast changes; small text needs most of it.
      await shown.draw(panels['21.5 inch upright'], { ...defaultDisplay, contrast: 'high' })
      for (const fault of await axeFaults(page, COLOUR_RULES)) {
        found.push(`${example.name}, high contrast: ${fault}`)
      }
      // What staff press may be smaller and higher: `helping-hand.e2e.ts` sees what it lies on.
      const assisted = example.assistance?.role.state === 'unlocked'
      for (const [name, panel, lowered] of assisted ? [] : drawings) {
        for (const text of texts) {
          const display = { ...defaultDisplay, text, lowered }
          await shown.draw(panel, display)
          for (const fault of await drawnFaults(page, measures(panel, display))) {
            found.push(`${example.name}, ${text} text, ${name}: ${fault}`)
          }
        }
      }
    }
    await shown.close()
    expect(found).toEqual([])
  })
}

test('the keys that come with the voice leave room for all others', async ({ page }) => {
  test.setTimeout(120_000)
  const voice = { ...defaultDisplay.voice, on: true }
  const found: string[] = []
  const few = new Set(['answer, choice', 'answer, name', 'done, held'])
  const shown = await openPage(page)
  for (const example of everyScreen.filter(({ name }) => few.has(name))) {
    await shown.open(example, { ...defaultDisplay, voice })
    for (const text of texts) {
      for (const [name, panel, lowered] of drawings) {
        const display = { ...defaultDisplay, text, lowered, voice }
        await shown.draw(panel, display)
        await page.locator('.strip__keys').waitFor({ state: 'attached' })
        for (const fault of await drawnFaults(page, measures(panel, display))) {
          found.push(`${example.name}, ${text} text, ${name}: ${fault}`)
        }
      }
    }
  }
  await shown.close()
  expect(found).toEqual([])
})
