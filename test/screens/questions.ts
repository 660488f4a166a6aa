import type { Browser, Page } from 'playwright-core'
import type {
  Display,
  QuestionInput,
  QuestionView,
  ReviewRow,
  SessionView,
} from '../../shared/contract/index.ts'
import { defaultDisplay } from '../../shared/contract/index.ts'
import { sampleView } from '../fixtures/view.ts'
import { showStill } from './still.ts'

const phrase = (key: string, text: string) => ({ key, text })

const procedure = (code: string, name: string, drawing: string) => ({
  code,
  name: phrase(`procedure.${code}.short-name`, name),
  drawing,
  fileable: true,
})
const birth = procedure('1.001193', 'Khai sinh cho bé', 'cradle')

function ask(
  title: string,
  drawing: string,
  input: QuestionInput,
  more: Partial<QuestionView> & {
    readonly value?: Extract<SessionView, { screen: 'answer' }>['value']
    readonly problem?: Extract<SessionView, { screen: 'answer' }>['problem']
  } = {},
): SessionView {
  const { value = null, problem = null, ...question } = more
  return {
    screen: 'answer',
    procedure: birth,
    question: {
      key: 'sample',
      title: phrase('procedure.1.001193.question.sample', title),
      hint: null,
      drawing,
      required: true,
      input,
      ...question,
    },
    index: 2,
    count: 6,
    value,
    problem,
    changing: false,
  }
}

const choice = (value: string, label: string, drawing: string | null = null) => ({
  value,
  label: phrase(`procedure.1.001193.choice.sample.${value}`, label),
  help: null,
  drawing,
})

const groups = (
  'Kinh, Tày, Thái, Mường, Khmer, Hoa, Nùng, Mông, Dao, Gia Rai, Ê Đê, Ba Na, Xơ Đăng, Sán Chay, ' +
  'Cơ Ho, Chăm, Sán Dìu, Hrê, Mnông, Raglay, Xtiêng, Bru Vân Kiều'
)
  .split(', ')
  .map((name) => choice(name.toLowerCase().replaceAll(' ', '-'), name))

const needs: QuestionInput = {
  kind: 'choices',
  choices: [
    choice('walk', 'Đi lại', 'elders'),
    choice('see', 'Nhìn', 'lamp'),
    choice('hear', 'Nghe, nói', 'learn'),
    choice('mind', 'Trí nhớ', 'name'),
    choice('care', 'Ăn uống, tắm rửa', 'bowl'),
    choice('none', 'Không có khó khăn nào', 'check'),
  ],
  none: 'none',
}

const row = (key: string, label: string, text: string): ReviewRow => ({
  key,
  label: phrase(`procedure.1.001193.label.${key}`, label),
  value: { kind: 'text', text },
})

const table = (count: number): QuestionInput => ({
  kind: 'more',
  table: 'members',
  label: phrase('procedure.1.004194.table.members', 'Người cùng đăng ký'),
  rows: [
    ['Trần Thị Ví Dụ', '12/04/1992', 'Vợ'],
    ['Nguyễn Ví Dụ Con', '2019', 'Con'],
  ]
    .slice(0, count)
    .map((cells, index) => ({
      row: index + 1,
      cells: cells.map((value, at) => ({
        label: phrase(`procedure.1.004194.label.members.${index + 1}.${at}`, 'Ô'),
        value,
      })),
    })),
  least: 0,
})

const mother = phrase('procedure.1.001193.person.mother', 'người mẹ')
const card = (read: Extract<QuestionInput, { kind: 'card' }>['read']): QuestionInput => ({
  kind: 'card',
  person: mother,
  read,
})
const cardTitle = 'Mẹ của bé có thẻ căn cước ở đây không?'

const number = { state: 'issued', number: 'A027', counter: 'Quầy 2' } as const
type StopView = Extract<SessionView, { screen: 'stop' }>
const stop = (
  instead: boolean,
  ticket: StopView['ticket'] = null,
  thumbPrint = false,
): SessionView => ({
  screen: 'stop',
  procedure: birth,
  stop: thumbPrint
    ? { why: 'thumb-print' }
    : {
        why: 'form',
        title: phrase('procedure.1.001193.stop.late', 'Bé đã hơn 60 ngày tuổi'),
        text: phrase(
          'procedure.1.001193.stop-text.late',
          'Quá 60 ngày thì làm khai sinh quá hạn. Giấy tờ cần có vẫn như vậy.',
        ),
      },
  ticket,
  instead: instead ? procedure('1.004884', 'Khai sinh quá hạn', 'cradle') : null,
  mendable: instead || thumbPrint,
})

const longNames = [
  'Khai sinh cho bé',
  'Nhận cha, mẹ, con',
  'Đăng ký kết hôn',
  'Xác nhận tình trạng hôn nhân',
  'Khai tử cho người mất',
  'Sửa họ tên, ngày sinh trong hộ tịch',
  'Xin lại bản sao giấy khai sinh',
  'Làm lại khai sinh vì mất sổ gốc',
  'Làm lại khai tử',
  'Đăng ký giám hộ',
  'Thôi làm người giám hộ',
  'Khai sinh kèm nhận cha, mẹ, con',
  'Ghi việc kết hôn ở nước ngoài',
  'Xác nhận thông tin hộ tịch',
].map((name, index) =>
  procedure(`1.00000${index}`, name, ['cradle', 'rings', 'lamp'][index % 3] ?? ''),
)

const choose: SessionView = {
  screen: 'choose',
  groups: [
    ['civil-status', 'cradle', 'Khai sinh, kết hôn, khai tử'],
    ['residence', 'house', 'Nơi ở, tạm trú, thường trú'],
    ['social-support', 'bowl', 'Trợ cấp, hỗ trợ'],
    ['certification', 'stamp', 'Chứng thực bản sao'],
    ['business', 'shop', 'Mở cửa hàng, hộ kinh doanh'],
  ].map(([id = '', drawing = '', name = '']) => ({
    id,
    drawing,
    name: phrase(`group.${id}`, name),
    procedures: longNames,
  })),
  notHere: false,
}

const done: SessionView = {
  screen: 'done',
  procedure: procedure('1.000656', 'Khai tử cho người mất', 'lamp'),
  reference: 'KM4TR7HC',
  delivery: { state: 'accepted', dossierCode: 'H00.00.00-261122-0001' },
  ticket: { number: 'A027', counter: 'Quầy 2' },
  paper: { state: 'printed' },
  receipt: { state: 'none' },
  next: phrase('procedure.1.000656.next', 'Cán bộ xem giấy báo tử rồi trả trích lục trong ngày.'),
  ends: 'appointment',
  after: [procedure('1.001776', 'Mai táng phí', 'coin')],
  mayGoOn: true,
  before: [],
  due: { state: 'day', day: { year: 2026, month: 11, day: 27 }, before: '17:00' },
}

export const review: Extract<SessionView, { screen: 'review' }> = {
  screen: 'review',
  procedure: birth,
  known: [
    row('name', 'Họ và tên', 'Nguyễn Văn Ví Dụ'),
    row('number', 'Số căn cước', '083 ••• ••0000'),
  ],
  answers: [
    row('child.name', 'Họ và tên bé', 'Lê Thị Mẫu'),
    {
      key: 'needs',
      label: phrase('procedure.1.001193.label.needs', 'Khó khăn'),
      value: {
        kind: 'words',
        words: [phrase('a', 'Đi lại'), phrase('b', 'Nhìn')],
      },
    },
    {
      key: 'money',
      label: phrase('procedure.1.001193.label.money', 'Vốn kinh doanh'),
      value: { kind: 'money', amount: 1_200_000 },
    },
  ],
  offered: [
    {
      key: 'contact.phone',
      label: phrase('procedure.1.001193.label.contact.phone', 'Số điện thoại'),
      value: null,
    },
  ],
  assumed: [row('copies', 'Nơi nhận kết quả', 'Tại quầy của xã')],
  tables: [
    {
      key: 'members',
      label: phrase('procedure.1.004194.table.members', 'Người cùng đăng ký'),
      rows: [
        {
          row: 1,
          cells: [
            row('members.1.name', 'Họ và tên', 'Trần Thị Ví Dụ'),
            row('members.1.relation', 'Quan hệ', 'Vợ'),
          ],
        },
      ],
      change: 'members.more.2',
    },
  ],
  papers: [],
  statement: phrase(
    'procedure.1.001193.declaration',
    'Tôi cam đoan những điều khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật.',
  ),
  fee: { kind: 'free' },
}

export interface Still {
  readonly session: SessionView
  /** What is touched before the picture is taken: the page's own small steps. */
  readonly touch?: (page: Page) => Promise<void>
}

const money: QuestionInput = { kind: 'money', min: 0, max: 100_000_000_000 }

const born = ask('Bé sinh ở đâu?', 'house', { kind: 'address', old: true, detail: true })

/** Every kind of question beside those of the road, and the screens that only some forms bring. */
export const stills: Readonly<Record<string, Still>> = {
  choose: { session: choose },
  'choose-group': {
    session: choose,
    async touch(page) {
      await page.locator('.tile--choice').first().click()
      await page.locator('.action .btn--go').click()
      await page.locator('[data-say="choose.group-title"]').first().waitFor()
    },
  },
  choices: {
    session: ask('Ông/bà gặp khó khăn việc gì?', 'elders', needs, { value: ['walk', 'hear'] }),
  },
  'long-choice': {
    session: ask('Ông/bà là người dân tộc nào?', 'name', { kind: 'choice', choices: groups }),
  },
  'long-choice-search': {
    session: ask('Ông/bà là người dân tộc nào?', 'name', { kind: 'choice', choices: groups }),
    async touch(page) {
      await page.locator('.tile--choice').last().click()
      await page.locator('.key', { hasText: /^m$/ }).click()
    },
  },
  'long-choice-found': {
    session: ask('Ông/bà là người dân tộc nào?', 'name', { kind: 'choice', choices: groups }),
    async touch(page) {
      await page.locator('.tile--choice').last().click()
      await page.locator('.key', { hasText: /^m$/ }).click()
      await page.locator('.suggestion').first().click()
      await page.locator('.action .btn--go').waitFor()
    },
  },
  money: { session: ask('Vốn kinh doanh là bao nhiêu?', 'coin', money, { value: 1_200_000 }) },
  'money-problem': {
    session: ask('Vốn kinh doanh là bao nhiêu?', 'coin', money, {
      value: 0,
      problem: { code: 'check', phrase: phrase('x', 'Vốn phải lớn hơn 0. Xem lại ô này.') },
    }),
  },
  year: {
    session: ask('Ông/bà sinh năm nào?', 'calendar', { kind: 'year' }, { value: { year: 1958 } }),
  },
  address: { session: born },
  'address-pick': {
    session: born,
    async touch(page) {
      await page.locator('.tile--choice').nth(1).click()
      await page.locator('.action .btn--go').click()
      await page.locator('.key', { hasText: /^d$/ }).click()
      await page.locator('.suggestion').first().waitFor()
    },
  },
  'address-detail': {
    session: born,
    async touch(page) {
      await page.locator('.tile--choice').first().click()
      await page.locator('.action .btn--go').click()
      await page.locator('[data-say="address.detail"]').waitFor()
    },
  },
  card: { session: ask(cardTitle, 'card', card(null), { required: false }) },
  'card-same': {
    session: ask(cardTitle, 'card', card(null), {
      required: false,
      problem: { code: 'same-card' },
    }),
  },
  'card-read': {
    session: ask(
      cardTitle,
      'card',
      card({
        name: 'Lý Thị Ví Dụ',
        maskedNumber: '083 ••• ••0000',
        birth: { year: 1992, month: 4, day: 23 },
      }),
      { required: false },
    ),
  },
  'more-first': { session: ask('Có ai cùng đăng ký không?', 'relatives', table(0)) },
  more: { session: ask('Còn ai cùng đăng ký nữa không?', 'relatives', table(2)) },
  'stop-instead': { session: stop(true) },
  stop: { session: stop(false) },
  'stop-ticket': { session: stop(false, { state: 'offered' }) },
  'stop-thumb-print': { session: stop(false, { state: 'offered' }, true) },
  'stop-thumb-print-failed': {
    session: stop(
      false,
      { ...number, paper: { state: 'failed', printer: { state: 'paper-out' } } },
      true,
    ),
  },
  'stop-refused': { session: stop(false, { state: 'refused' }) },
  'stop-issued': { session: stop(false, { ...number, paper: { state: 'printed' } }) },
  'stop-no-paper': {
    session: stop(false, {
      ...number,
      paper: { state: 'failed', printer: { state: 'paper-out' } },
    }),
  },
  review: { session: review },
  'review-declared': { session: { ...review, screen: 'declare', notKept: false } },
  'done-after': { session: done },
}

const PORTRAIT = { width: 1080, height: 1920 }
/** Stills with most on them: where room is short it shows here first. */
const tight = [
  'choices',
  'long-choice-search',
  'long-choice-found',
  'money-problem',
  'address',
  'card',
  'more',
  'stop-instead',
  'stop-no-paper',
  'review',
]
const usual = defaultDisplay

/** Ways in which the page is drawn, and the stills that are looked at in each. */
const looks: readonly {
  readonly name: string
  readonly viewport: { readonly width: number; readonly height: number }
  readonly display: Display
  readonly stills: readonly string[]
}[] = [
  { name: '', viewport: PORTRAIT, display: usual, stills: Object.keys(stills) },
  {
    name: '-landscape',
    viewport: { width: 1920, height: 1080 },
    display: usual,
    stills: Object.keys(stills),
  },
  ...(
    [
      ['-largest', { ...usual, text: 'largest' }],
      ['-high-contrast', { ...usual, contrast: 'high' }],
      ['-lowered', { ...usual, lowered: true }],
    ] as const
  ).map(([name, display]) => ({ name, viewport: PORTRAIT, display, stills: tight })),
]

/** Pictures of the questions and their neighbours, in the ways in which the page is drawn. */
export async function takeQuestions(
  browser: Browser,
  pageDir: string,
  take: (page: Page, name: string) => Promise<void>,
): Promise<void> {
  const kiosk = { ...sampleView.kiosk, training: false }
  for (const look of looks) {
    for (const [name, { session, touch }] of Object.entries(stills)) {
      if (!look.stills.includes(name)) continue
      const view = { ...sampleView, kiosk, session, display: look.display }
      await showStill(browser, pageDir, view, look.viewport, async (page) => {
        await touch?.(page)
        await take(page, `questions/${name}${look.name}`)
      })
    }
  }
}
