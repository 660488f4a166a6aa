import { describe, expect, it } from 'vitest'
import type { SessionView } from '../../shared/contract/index.ts'
import { sampleView } from '../../test/fixtures/view.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { Dictation } from '../dictation/index.ts'
import { STAFF_LIMITS } from './limits.ts'
import { takesWords } from './steps.ts'
import { createKiosk } from './testing.ts'

const QUIET = new AbortController().signal
const sound = new Uint8Array(3200)

/** A recogniser that answers when the test says so, or is stopped. */
function createEar(): { ear: Dictation; answer: (words: string) => void; heard: Uint8Array[] } {
  const heard: Uint8Array[] = []
  let settle: (heard: Result<string, 'stopped'>) => void = () => {}
  return {
    heard,
    answer: (words) => settle(ok(words)),
    ear: {
      hear(pcm16) {
        heard.push(pcm16)
        return new Promise((resolve) => (settle = resolve))
      },
      stop: () => settle(err('stopped')),
    },
  }
}

/** On the first question, with an assistant who works for the citizen. */
async function working() {
  const { ear, answer, heard } = createEar()
  const kiosk = await createKiosk(ear)
  await kiosk.add()
  kiosk.walkToQuestion()
  await kiosk.unlock()
  await kiosk.use('work')
  const dictate = (page = kiosk.page) => kiosk.assistance.dictate(page, sound, QUIET)
  return { kiosk, answer, heard, dictate }
}

describe('dictating', () => {
  it('gives words for the entry, and the journal the kind of step alone', async () => {
    const { kiosk, answer, heard, dictate } = await working()
    expect(kiosk.role()).toMatchObject({ tools: expect.arrayContaining(['dictate']) })
    for (const words of ['Nguyễn Văn Ví Dụ', 'Ấp Mẫu']) {
      const said = dictate()
      answer(words)
      expect(await said).toEqual({ ok: true, text: words })
    }
    expect(heard).toEqual([sound, sound])
    // Nothing is answered by it.
    expect(kiosk.session.state()).toMatchObject({ visitState: 'answer', visit: { answers: {} } })
    const helped = kiosk.journal().filter((line) => line.includes('helped'))
    expect(helped).toEqual(['assistant:02 helped:dictated ref-1'])
    const bytes = JSON.stringify(kiosk.store.db.prepare('SELECT * FROM event').all())
    for (const trace of ['Ví Dụ', 'Ấp Mẫu']) expect(bytes).not.toContain(trace)
  })

  it('keeps the role, as a touch on the strip does', async () => {
    const { kiosk, answer, dictate } = await working()
    kiosk.timers.advance(STAFF_LIMITS.ROLE_MS - 1)
    const said = dictate()
    kiosk.timers.advance(STAFF_LIMITS.ROLE_MS - 1)
    answer('An')
    expect(await said).toMatchObject({ ok: true })
  })

  it('is nothing before one works for the citizen, on another page, or without the program', async () => {
    const { kiosk, heard, dictate } = await working()
    expect(await dictate({})).toEqual({ ok: false, why: 'not-here' })
    kiosk.act({ type: 'back' })
    expect(kiosk.role()).not.toMatchObject({ tools: expect.arrayContaining(['dictate']) })
    expect(await dictate()).toEqual({ ok: false, why: 'not-here' })
    await kiosk.use('step-out')
    expect(await dictate()).toEqual({ ok: false, why: 'not-here' })
    expect(heard).toEqual([])

    const plain = await createKiosk()
    await plain.add()
    plain.walkToQuestion()
    await plain.unlock()
    await plain.use('work')
    expect(plain.role()).not.toMatchObject({ tools: expect.arrayContaining(['dictate']) })
    const said = await plain.assistance.dictate(plain.page, sound, QUIET)
    expect(said).toEqual({ ok: false, why: 'not-here' })
  })

  it.each([
    ['steps out', (kiosk) => void kiosk.use('step-out')],
    ['is not there any more', (kiosk) => kiosk.timers.advance(STAFF_LIMITS.ROLE_MS)],
    ['is taken out of the book', (kiosk) => kiosk.assistance.removed('02')],
    ['has a page that goes', (kiosk) => kiosk.assistance.gone(kiosk.page)],
    ['goes on to another screen', (kiosk) => void kiosk.act({ type: 'back' })],
    ['ends the visit', (kiosk) => void kiosk.use('finish')],
    ['has a kiosk that is stopped', (kiosk) => kiosk.assistance.close()],
  ] satisfies [string, (kiosk: Awaited<ReturnType<typeof createKiosk>>) => void][])(
    'ends when the assistant %s',
    async (_, leave) => {
      const { kiosk, dictate } = await working()
      const said = dictate()
      leave(kiosk)
      expect(await said).toEqual({ ok: false, why: 'stopped' })
      expect(kiosk.journal().join()).not.toContain('dictated')
    },
  )
})

describe('words are written', () => {
  const choices = (count: number) =>
    Array.from({ length: count }, (_, at) => ({
      value: `${at}`,
      label: { key: `${at}`, text: `${at}` },
      help: null,
      drawing: null,
    }))
  type Question = Extract<SessionView, { screen: 'answer' }>['question']
  const asking = (input: Question['input']): SessionView => ({
    screen: 'answer',
    procedure: {
      code: '1.001193',
      name: { key: 'name', text: 'Khai sinh' },
      drawing: 'cradle',
      fileable: true,
    },
    question: {
      key: 'one',
      title: { key: 'title', text: 'Ai?' },
      hint: null,
      drawing: 'cradle',
      required: true,
      input,
    },
    index: 1,
    count: 2,
    value: null,
    problem: null,
    changing: false,
  })
  it.each<[string, boolean, SessionView]>([
    ['a name', true, asking({ kind: 'name', maxLength: 100 })],
    ['a text', true, asking({ kind: 'text', maxLength: 200 })],
    ['an address', true, asking({ kind: 'address', old: true, detail: true })],
    ['a list that is looked through', true, asking({ kind: 'choice', choices: choices(9) })],
    ['a few choices', false, asking({ kind: 'choice', choices: choices(8) })],
    ['a telephone number', false, asking({ kind: 'phone' })],
    ['a date', false, asking({ kind: 'date', partial: false })],
    ['the choice of a procedure', true, { screen: 'choose', groups: [], notHere: false }],
    ['the first screen', false, sampleView.session],
    ['help', false, { screen: 'help' }],
  ])('%s: %s', (_, expected, session) => {
    expect(takesWords(session)).toBe(expected)
  })
})
