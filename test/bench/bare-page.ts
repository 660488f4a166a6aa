import type { Browser, Page } from 'playwright-core'
import { timedFinger, type TimedFinger } from './timed-finger.ts'

/** The screens of a visit as the page drew them, each with its own words, drawings and keys. */
interface DrawnScreens {
  readonly origin: string
  /** The opening tag of `<html>`. */
  readonly html: string
  readonly css: string
  /** The `<body>` with what stands around the screens, and the drawings. */
  readonly around: string
  /** What changes from screen to screen, one after the other. */
  readonly screens: readonly string[]
}

/** Copies what the page shows; `add` for each screen that is to be shown again. */
export async function copyScreens(page: Page) {
  const screens: string[] = []
  const around = await page.evaluate(() => {
    const copy = document.body.cloneNode(true)
    if (!(copy instanceof Element)) throw new Error('no body')
    for (const script of copy.querySelectorAll('script')) script.remove()
    const html = document.documentElement.cloneNode(false)
    return {
      origin: location.origin,
      html: html instanceof Element ? html.outerHTML.replace('</html>', '') : '',
      css: [...document.styleSheets, ...document.adoptedStyleSheets]
        .flatMap(({ cssRules }) => [...cssRules].map(({ cssText }) => cssText))
        .join('\n'),
      around: copy.outerHTML,
    }
  })
  return {
    async add() {
      screens.push(
        await page.evaluate(() =>
          [...document.querySelectorAll('.screen > :is(main, .strip, .action)')]
            .map(({ outerHTML }) => outerHTML)
            .join(''),
        ),
      )
    },
    drawn: (): DrawnScreens => ({ ...around, screens }),
  }
}

/**
 * The least that a page with these screens can do: it knows them all beforehand and puts the next in
 * the place of the last when the key is pressed. No core is asked and nothing is computed; what
 * remains is Chromium's own work for the same words, drawings and rules of style.
 */
export async function openBarePage(
  browser: Browser,
  drawn: DrawnScreens,
  viewport: { width: number; height: number },
): Promise<{ page: Page; finger: TimedFinger }> {
  const context = await browser.newContext({ viewport, hasTouch: true })
  const page = await context.newPage()
  const finger = await timedFinger(page)
  const url = `${drawn.origin}/bare`
  const templates = drawn.screens.map((screen) => `<template>${screen}</template>`).join('')
  const body = `${drawn.html}<head><meta charset="utf-8"><style>${drawn.css}</style></head>${drawn.around}${templates}</html>`
  await page.route(url, (route) => route.fulfill({ contentType: 'text/html', body }))
  await page.goto(url)
  await page.evaluate(() => {
    const screens = [...document.querySelectorAll('template')]
    const usualKey = document.querySelector('.btn--go')
    let shown = -1
    const next = () => {
      shown = (shown + 1) % screens.length
      const parts = [...document.querySelectorAll('.screen > :is(main, .strip, .action)')]
      const copy = screens[shown]?.content.cloneNode(true)
      const fresh = copy instanceof DocumentFragment ? [...copy.children] : []
      for (const [at, part] of parts.entries()) part.replaceWith(fresh[at] ?? '')
      // Where a card leads on, here a key must.
      if (document.querySelector('.btn--go') !== null || usualKey === null) return
      document.querySelector('.action')?.append(usualKey.cloneNode(true))
    }
    const key = (target: EventTarget | null) =>
      target instanceof Element ? target.closest<HTMLElement>('.btn--go') : null
    document.addEventListener('click', ({ target }) => void (key(target) !== null && next()))
    // As the kiosk's own page does: no mouse is made of the tap.
    document.addEventListener(
      'touchend',
      (event) => {
        event.preventDefault()
        key(event.target)?.click()
      },
      { passive: false },
    )
  })
  return { page, finger }
}
