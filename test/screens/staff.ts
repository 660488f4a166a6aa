import type { Browser, Page } from 'playwright-core'
import type { AssistanceView, Display, SessionView, View } from '../../shared/contract/index.ts'
import { sampleView } from '../fixtures/view.ts'
import { review } from './questions.ts'
import { showStill } from './still.ts'

const PORTRAIT = { width: 1080, height: 1920 }
const LANDSCAPE = { width: 1920, height: 1080 }

const phrase = (key: string, text: string) => ({ key, text })
const procedure = {
  code: '1.001193',
  name: phrase('procedure.1.001193.short-name', 'Khai sinh cho bé'),
  drawing: 'cradle',
  fileable: true,
}
const choice = (value: string, label: string, drawing: string) => ({
  value,
  label: phrase(`procedure.1.001193.choice.sample.${value}`, label),
  help: null,
  drawing,
})
const question: SessionView = {
  screen: 'answer',
  procedure,
  question: {
    key: 'sample',
    title: phrase('procedure.1.001193.question.sample', 'Ông/bà là gì của cháu bé?'),
    hint: phrase('procedure.1.001193.hint.sample', 'Người đứng ra khai sinh cho cháu.'),
    drawing: 'cradle',
    required: true,
    input: {
      kind: 'choice',
      choices: [
        choice('mother', 'Mẹ', 'mother'),
        choice('father', 'Cha', 'father'),
        choice('elders', 'Ông hoặc bà', 'elders'),
        choice('other', 'Người thân khác', 'relatives'),
      ],
    },
  },
  index: 1,
  count: 14,
  value: 'elders',
  problem: null,
  changing: false,
}
const naming: SessionView = {
  ...question,
  question: {
    ...question.question,
    title: phrase('procedure.1.001193.question.name', 'Họ và tên của cháu bé?'),
    input: { kind: 'name', maxLength: 100 },
  },
  value: null,
}
const declare: SessionView = { ...review, screen: 'declare', notKept: false }
const help: SessionView = { screen: 'help' }

type Role = AssistanceView['role']
const asking = (change: Partial<Extract<Role, { state: 'asking' }>>): AssistanceView => ({
  call: 'waiting',
  role: { state: 'asking', door: { state: 'open' }, refused: null, ...change },
})
const unlocked = (change: Partial<Extract<Role, { state: 'unlocked' }>> = {}): AssistanceView => ({
  call: 'none',
  role: {
    state: 'unlocked',
    assistant: '02',
    counter: 'Quầy 2',
    working: false,
    ending: false,
    tools: ['work', 'choose-other', 'to-counter', 'face', 'finish'],
    ...change,
  },
})
const all = ['work', 'choose-other', 'to-counter', 'retry', 'face', 'finish'] as const

interface Still {
  readonly session: SessionView
  readonly assistance: AssistanceView
  readonly display?: Partial<Display>
  readonly viewport?: typeof PORTRAIT
  /** The tab is touched first. */
  readonly unfold?: true
  /** An assistant begins to dictate. */
  readonly dictate?: true
}

/** Every screen of a helping hand, by the name of its picture. */
export const staffStills: Readonly<Record<string, Still>> = {
  'help-long': { session: help, assistance: { call: 'long', role: { state: 'locked' } } },
  unlock: { session: help, assistance: asking({}) },
  'unlock-wait': {
    session: help,
    assistance: asking({ door: { state: 'wait', seconds: 120 }, refused: 'pin' }),
  },
  'unlock-stopped': { session: help, assistance: asking({ door: { state: 'stopped' } }) },
  'unlock-landscape': {
    session: help,
    assistance: asking({ refused: 'pin' }),
    viewport: LANDSCAPE,
  },
  'unlock-largest': {
    session: help,
    assistance: asking({ refused: 'pin' }),
    display: { text: 'largest' },
  },
  strip: { session: question, assistance: unlocked() },
  'strip-ending': {
    session: question,
    assistance: unlocked({ ending: true, working: true, tools: [...all] }),
  },
  'strip-keyboard': { session: naming, assistance: unlocked({ working: true }) },
  'strip-dictating': {
    session: naming,
    assistance: unlocked({ working: true, tools: ['work', 'dictate', 'finish'] }),
    dictate: true,
  },
  'strip-declare': { session: declare, assistance: unlocked() },
  'strip-high-contrast': {
    session: question,
    assistance: unlocked(),
    display: { contrast: 'high' },
  },
  'strip-lowered': { session: question, assistance: unlocked(), display: { lowered: true } },
  'strip-large-folded': {
    session: question,
    assistance: unlocked(),
    display: { text: 'large' },
  },
  'strip-largest-folded': {
    session: question,
    assistance: unlocked(),
    display: { text: 'largest' },
  },
  'strip-largest-unfolded': {
    session: question,
    assistance: unlocked(),
    display: { text: 'largest' },
    unfold: true,
  },
  'strip-landscape-folded': { session: question, assistance: unlocked(), viewport: LANDSCAPE },
  'strip-landscape-unfolded': {
    session: question,
    assistance: unlocked({ tools: [...all] }),
    viewport: LANDSCAPE,
    unfold: true,
  },
}

/** Pictures of the page while somebody is called, unlocks and helps. */
export async function takeStaff(
  browser: Browser,
  pageDir: string,
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  for (const [name, still] of Object.entries(staffStills)) {
    const { session, assistance, display, viewport = PORTRAIT, unfold, dictate } = still
    const view: View = {
      ...sampleView,
      kiosk: { ...sampleView.kiosk, training: false },
      session,
      assistance,
      display: { ...sampleView.display, ...display },
    }
    await showStill(browser, pageDir, view, viewport, async (page) => {
      if (assistance.role.state === 'unlocked') await page.locator('.staff').waitFor()
      if (unfold === true) await page.locator('.staff__tab').click()
      if (dictate === true) {
        await page.context().grantPermissions(['microphone'])
        await page.locator('[data-tool="dictate"]').click()
        await page.locator('[data-dictating="listening"]').waitFor()
      }
      await take(page, `staff/${name}`)
    })
  }
}
