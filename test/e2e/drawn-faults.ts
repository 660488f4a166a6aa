import type { Page } from '@playwright/test'

/**
 * Measures in millimetres, each with where it comes from: VVSG 2.0 (VxSuite) has the floor of a
 * target, Colle & Hiszem 2004 and Duff et al. 2010 the height of what is pressed most, ADA 707.7.2
 * the height of capitals.
 */
export interface Measures {
  /** No target is smaller on either side. */
  readonly floorMm: number
  /** Answers and the way on are at least so high. */
  readonly primaryMm: number
  /** Between two targets. */
  readonly gapMm: number
  /** Capitals of what is read; */
  readonly capitalMm: number
  /** and of keys whose place is learned (frame, keyboards), and of what says again what is read. */
  readonly learnedMm: number
  /** Share of the screen's height above which nothing is to be pressed, */
  readonly reach: number
  /** but for these. */
  readonly beyondReach: string
}

/** What is wrong with the screen as it is drawn, in words; nothing where all is well. */
export const drawnFaults = (page: Page, measures: Measures): Promise<string[]> =>
  page.evaluate(({ floorMm, primaryMm, gapMm, capitalMm, learnedMm, reach, beyondReach }) => {
    const found = new Set<string>()
    const mm = Number.parseFloat(document.documentElement.style.getPropertyValue('--mm'))
    /** Rounding of the browser, in millimetres. */
    const rounding = 0.06
    const nameOf = (element: Element) =>
      element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? ''

    const { scrollWidth, scrollHeight } = document.documentElement
    if (scrollWidth > innerWidth || scrollHeight > innerHeight) found.add('the page is too large')

    const visible = (element: Element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.getBoundingClientRect().width > 1
    /** What a list that is turned in parts leaves of a target. */
    const shownOf = (element: Element) => {
      const { left, right, top, bottom } = element.getBoundingClientRect()
      const shelf = element.closest('.shelf--paged .shelf__view')?.getBoundingClientRect()
      const from = Math.max(top, shelf?.top ?? top)
      const to = Math.min(bottom, shelf?.bottom ?? bottom)
      return { left, right, top: from, bottom: to, width: right - left, height: to - from }
    }
    const targets = [
      ...document.querySelectorAll(
        'button:not(:disabled), label:has(input), input:not([type=radio], [type=checkbox])',
      ),
    ].filter((element) => {
      const whole = element.getBoundingClientRect().height
      // The rest of one that is cut by its list is seen whole on the next part.
      return visible(element) && shownOf(element).height > whole - 1
    })

    for (const target of targets) {
      const { left, right, top, bottom, width, height } = shownOf(target)
      const name = nameOf(target)
      const low = Math.min(width, height) / mm
      if (low < floorMm - rounding) found.add(`small (${low.toFixed(1)} mm): ${name}`)
      const primary = target.matches('.btn--go, .tile--choice')
      if (primary && height / mm < primaryMm - rounding) {
        found.add(`low (${(height / mm).toFixed(1)} mm): ${name}`)
      }
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) {
        found.add(`outside: ${name}`)
      }
      // The link of an error leads down to its field.
      if (
        !target.matches(`${beyondReach}, .summary__link`) &&
        (top + bottom) / 2 < reach * innerHeight
      ) {
        found.add(`out of reach (${((top / innerHeight) * 100).toFixed(0)} %): ${name}`)
      }
    }
    for (const [index, one] of targets.entries()) {
      for (const other of targets.slice(index + 1)) {
        if (one.contains(other) || other.contains(one)) continue
        const a = shownOf(one)
        const b = shownOf(other)
        const across = Math.max(a.left, b.left) - Math.min(a.right, b.right)
        const down = Math.max(a.top, b.top) - Math.min(a.bottom, b.bottom)
        const gap = Math.max(across, down) / mm
        if (gap < gapMm - rounding) {
          found.add(`close (${gap.toFixed(1)} mm): ${nameOf(one)} / ${nameOf(other)}`)
        }
      }
    }

    // Good and bad must be told apart without colours.
    for (const state of document.querySelectorAll('.state--done, .state--wait, .state--stop')) {
      const told = state.querySelector('svg') !== null && state.textContent?.trim() !== ''
      if (!told) found.add(`told by colour alone: ${state.textContent?.slice(0, 40)}`)
    }

    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const element = node.parentElement
      if (element === null || node.textContent?.trim() === '' || !visible(element)) continue
      const capital = (Number.parseFloat(getComputedStyle(element).fontSize) * 0.74) / mm
      const isLearned =
        element.closest('.top, .bottom, .keys, .digits, .strip, .checkcard') !== null
      if (capital < (isLearned ? learnedMm : capitalMm) - rounding) {
        found.add(`text of ${capital.toFixed(1)} mm: ${node.textContent?.trim().slice(0, 40)}`)
      }
      const cut = element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0
      if (cut && getComputedStyle(element).overflow !== 'visible') {
        found.add(`cut: ${node.textContent?.trim()}`)
      }
    }
    return [...found]
  }, measures)
