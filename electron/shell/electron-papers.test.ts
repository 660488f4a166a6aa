import { expect, test } from 'vitest'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { PAGE_MAX_BYTES } from '../../shared/contract/index.ts'
import { PAPER_ANSWER_MS, PAPERS_AT_ONCE, passPapers } from './electron-papers.ts'
import type { PaperQuestion } from './paper-link.ts'

/** Main's part, with a core that the test plays. */
function passage(hasCore = true) {
  const timers = createManualTimers()
  const asked: { id: number; question: PaperQuestion }[] = []
  const papers = passPapers((id, question) => {
    asked.push({ id, question })
    return hasCore
  }, timers)
  return { timers, asked, papers }
}

const bring = (body: BodyInit) =>
  new Request('kiosk://app/papers/abc', {
    method: 'POST',
    headers: { 'content-type': 'image/jpeg' },
    body,
  })

test('a page goes to the core whole, and its answer back with the headers of every answer', async () => {
  const { asked, papers } = passage()
  const answering = papers.answer(bring('a page'))
  await expect.poll(() => asked.length).toBe(1)
  expect(asked[0]?.question).toMatchObject({
    method: 'POST',
    token: 'abc',
    contentType: 'image/jpeg',
  })
  expect(Buffer.from(asked[0]?.question.body ?? []).toString()).toBe('a page')
  papers.hear(asked[0]?.id ?? 0, { status: 201, contentType: null, body: new Uint8Array() })
  const answer = await answering
  expect(answer?.status).toBe(201)
  expect(answer?.headers.get('cache-control')).toBe('no-store')
})

test('what is no paper is not answered here', () => {
  expect(passage().papers.answer(new Request('kiosk://app/index.html'))).toBeNull()
})

test('a page that is too large is refused before the core hears of it', async () => {
  const { asked, papers } = passage()
  const answer = await papers.answer(bring(new Uint8Array(PAGE_MAX_BYTES + 1)))
  expect([answer?.status, asked.length]).toEqual([413, 0])
})

test('a page that says it is too large is refused unread', async () => {
  const { asked, papers } = passage()
  let read = 0
  const body = new ReadableStream({ pull: () => void (read += 1) }, { highWaterMark: 0 })
  const headers = { 'content-length': String(PAGE_MAX_BYTES + 1) }
  const init = { method: 'POST', headers, body, duplex: 'half' } as const
  const answer = await papers.answer(new Request('kiosk://app/papers/abc', init))
  expect([answer?.status, read, asked.length]).toEqual([413, 0, 0])
})

test.each<[string, number, string, RequestInit]>([
  ['token', 403, 'x'.repeat(129), { method: 'GET' }],
  ['content type', 415, 'abc', { headers: { 'content-type': `image/jpeg; ${'x'.repeat(128)}` } }],
  ['method', 405, 'abc', { method: 'X'.repeat(17) }],
])('a %s that the core would choke on never reaches it', async (_, status, token, init) => {
  const { asked, papers } = passage()
  const answer = await papers.answer(new Request(`kiosk://app/papers/${token}`, init))
  expect([answer?.status, asked.length]).toEqual([status, 0])
})

test('more at once than a paper has pages is refused, until some are answered', async () => {
  const { asked, papers } = passage()
  const first = Array.from({ length: PAPERS_AT_ONCE }, () => papers.answer(bring('a page')))
  await expect.poll(() => asked.length).toBe(PAPERS_AT_ONCE)
  expect((await papers.answer(bring('a page')))?.status).toBe(503)
  papers.hear(asked[0]?.id ?? 0, { status: 201, contentType: null, body: new Uint8Array() })
  expect((await first[0])?.status).toBe(201)
  const next = papers.answer(bring('a page'))
  await expect.poll(() => asked.length).toBe(PAPERS_AT_ONCE + 1)
  papers.coreGone()
  expect((await next)?.status).toBe(503)
})

test('without a core there is no answer but 503', async () => {
  expect((await passage(false).papers.answer(bring('a page')))?.status).toBe(503)
})

test('a core that dies, or does not answer in time, is 503 too', async () => {
  const dead = passage()
  const lost = dead.papers.answer(bring('a page'))
  await expect.poll(() => dead.asked.length).toBe(1)
  dead.papers.coreGone()
  expect((await lost)?.status).toBe(503)

  const slow = passage()
  const late = slow.papers.answer(bring('a page'))
  await expect.poll(() => slow.asked.length).toBe(1)
  slow.timers.advance(PAPER_ANSWER_MS)
  expect((await late)?.status).toBe(503)
})
