import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test, type Page } from '@playwright/test'
import { loadPack } from '../../electron/catalogue/index.ts'
import { questionView } from '../../electron/session/question-view.ts'
import { emptyVisit } from '../../electron/session/visit.ts'
import type { SessionView } from '../../shared/contract/index.ts'
import { procedurePhrase, type Procedure } from '../../shared/forms/index.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { pseudoLanguage, writePseudoLanguage } from '../fixtures/pseudo-language.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'

/**
 * Every question of every procedure that is shipped, drawn by the real page: nothing is cut,
 * nothing has to be pushed, tiles are large, and the way on is in sight.
 */
const pageDir = join(dirname(builtProgram('browser-host.mjs')), '../renderer')
const packDir = fileURLToPath(new URL('../../resources/procedures', import.meta.url))

/** A tile is no lower than this; 0.05 mm are the browser's rounding. */
const TILE_MM = 20 - 0.05
/** Of the questions of one shape so many are looked at: those with most words. */
const OF_ONE_SHAPE = 4

const screens = {
  upright: { width: 1080, height: 1920 },
  across: { width: 1920, height: 1080 },
}

const brief = ({ code, shortName, drawing }: Procedure) => ({
  code,
  name: procedurePhrase(code, 'short-name', shortName),
  drawing,
  fileable: true,
})

async function shipped(): Promise<Procedure[]> {
  const pack = await loadPack(packDir)
  if (!pack.ok) throw new Error(JSON.stringify(pack.error))
  return pack.value
}

const visit = { ...emptyVisit, day: { year: 2026, month: 11, day: 21 } }

type Asked = Extract<SessionView, { screen: 'answer' }>

/** Questions that look alike have the same keys, and as many tiles with as much beside the word. */
function shapeOf({ question: { input, required } }: Asked): string {
  const choices = input.kind === 'choice' || input.kind === 'choices' ? input.choices : []
  const helps = choices.filter(({ help }) => help !== null).length
  const drawings = choices.filter(({ drawing }) => drawing !== null).length
  return [input.kind, required, choices.length, helps > 0, drawings > 0].join()
}

function lengthOf({ question: { title, hint, input } }: Asked): number {
  const choices = input.kind === 'choice' || input.kind === 'choices' ? input.choices : []
  const words = choices.map(({ label, help }) => label.text.length + (help?.text.length ?? 0))
  return title.text.length + (hint?.text.length ?? 0) + Math.max(0, ...words) * 3
}

async function questions(): Promise<Asked[]> {
  const all = (await shipped()).flatMap((procedure) =>
    procedure.form.fields
      // The rows of a table ask in the same words.
      .filter(({ key, wordsOf = key }) => wordsOf === key || /\b1\./.test(key))
      .filter(({ question }) => question !== undefined)
      .map((field): Asked => ({
        screen: 'answer',
        procedure: brief(procedure),
        question: questionView(procedure, visit, field),
        index: 8,
        count: 12,
        value: null,
        problem: null,
        changing: false,
      })),
  )
  const shapes = Map.groupBy(all, shapeOf)
  return [...shapes.values()].flatMap((alike) =>
    alike.toSorted((a, b) => lengthOf(b) - lengthOf(a)).slice(0, OF_ONE_SHAPE),
  )
}

/** What is wrong with the screen as it is drawn, in words; nothing where all is well. */
const faults = (page: Page, mayBeTurned = false): Promise<string[]> =>
  page.evaluate(
    ({ leastMm, mayBeTurned }) => {
      const mm = Number.parseFloat(document.documentElement.style.getPropertyValue('--mm'))
      const found: string[] = []
      const box = (element: Element) => element.getBoundingClientRect()
      const { scrollWidth, scrollHeight } = document.documentElement
      if (scrollWidth > innerWidth || scrollHeight > innerHeight)
        found.push('the page is too large')
      const turned = document.querySelector('.shelf--paged') !== null
      if (turned && !mayBeTurned) found.push('the answers do not fit')
      for (const word of document.querySelectorAll('h1, .hint, .tile__word, .tile__help, .btn')) {
        const { left, right, top, bottom } = box(word)
        // What lies on another part of a list that is turned is seen whole there.
        if (turned && word.closest('.shelf') !== null) continue
        const outside = left < 0 || right > innerWidth || top < 0 || bottom > innerHeight
        const cut = word.scrollWidth > word.clientWidth + 1 && word.clientWidth > 0
        if (outside || cut) found.push(`cut: ${word.textContent}`)
      }
      for (const tile of document.querySelectorAll('.tile--choice')) {
        const height = (box(tile).bottom - box(tile).top) / mm
        if (height < leastMm) found.push(`low (${height.toFixed(1)} mm): ${tile.textContent}`)
        const text = tile.querySelector('.tile__text')
        if (text && (box(text).bottom > box(tile).bottom || box(text).top < box(tile).top)) {
          found.push(`outgrows its tile: ${tile.textContent}`)
        }
      }
      const shelf = document.querySelector('.shelf')
      const hint = document.querySelector('.hint')
      if (shelf && hint && box(hint).bottom > box(shelf).top && box(hint).right > box(shelf).left) {
        found.push('the hint lies under the answers')
      }
      const key =
        document.querySelector('.action .btn--go') ?? document.querySelector('.action .btn')
      if (key) {
        const { left, right, top, bottom } = box(key)
        const there = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
        if (!there || !key.contains(there)) found.push('the way on is not in sight')
      }
      return found
    },
    { leastMm: TILE_MM, mayBeTurned },
  )

const languages = [
  ...sampleView.kiosk.languages,
  { tag: 'en', name: 'English', texts: true },
  pseudoLanguage,
]

const view = (session: SessionView, language = 'vi') => ({
  ...sampleView,
  kiosk: { ...sampleView.kiosk, training: false, languages },
  display: { ...sampleView.display, language },
  session,
})

for (const { tag } of languages.slice(1)) {
  test(`every question fits a screen in a longer language (${tag})`, async ({ page }) => {
    const pseudo = await writePseudoLanguage()
    const served = await serveView(view({ screen: 'attract' }, tag), pageDir, [pseudo.dir])
    await page.setViewportSize(screens.upright)
    await page.goto(served.url)
    await page.locator(`html[lang="${tag}"]`).waitFor()
    const wrong: string[] = []
    for (const session of await questions()) {
      served.show(view(session, tag))
      await page.locator(`h1 [data-say="${session.question.title.key}"]`).waitFor()
      await page.locator('.tiles:empty').waitFor({ state: 'detached' })
      await page.evaluate(() => document.fonts.ready)
      for (const fault of await faults(page, true)) {
        wrong.push(`${session.procedure.code} ${session.question.key}: ${fault}`)
      }
    }
    await served.close()
    await pseudo.remove()
    expect(wrong).toEqual([])
  })
}

for (const [name, viewport] of Object.entries(screens)) {
  test(`every question fits a screen ${name}`, async ({ page }) => {
    const asked = await questions()
    const served = await serveView(view({ screen: 'attract' }), pageDir)
    await page.setViewportSize(viewport)
    await page.goto(served.url)
    const wrong: string[] = []
    for (const session of asked) {
      served.show(view(session))
      await page.locator(`h1 [data-say="${session.question.title.key}"]`).waitFor()
      await page.locator('.tiles:empty').waitFor({ state: 'detached' })
      await page.evaluate(() => document.fonts.ready)
      for (const fault of await faults(page)) {
        wrong.push(`${session.procedure.code} ${session.question.key}: ${fault}`)
      }
    }
    await served.close()
    expect(wrong).toEqual([])
    expect(asked.length).toBeGreaterThan(60)
  })

  test(`the procedures of every group fit a screen ${name}`, async ({ page }) => {
    const procedures = await shipped()
    const wrong: string[] = []
    for (const [id, own] of Map.groupBy(procedures, ({ group }) => group)) {
      const group = {
        id,
        drawing: 'cradle',
        name: { key: `group.${id}`, text: 'Khai sinh, kết hôn, khai tử' },
        procedures: own.map(brief),
      }
      const served = await serveView(
        view({ screen: 'choose', groups: [group], notHere: false }),
        pageDir,
      )
      await page.setViewportSize(viewport)
      await page.goto(served.url)
      await page.locator('.tile--choice').click()
      await page.locator('.action .btn--go').click()
      await page.locator('h1 [data-say="choose.group-title"]').waitFor()
      const more = page.locator('.action [data-say="choose.more"]')
      const seen = new Set<string>()
      for (;;) {
        const first = await page.locator('.tile--choice input').first().getAttribute('value')
        if (first === null || seen.has(first)) break
        seen.add(first)
        for (const fault of await faults(page)) wrong.push(`${id}: ${fault}`)
        if ((await more.count()) === 0) break
        await more.click()
      }
      await served.close()
    }
    expect(wrong).toEqual([])
  })
}
