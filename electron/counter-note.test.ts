import { defaultDisplay } from '../shared/contract/index.ts'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { ok } from '../shared/domain/result.ts'
import { versionsOf } from '../shared/forms/index.ts'
import { sampleCardText, sampleProcedure } from '../test/fixtures/procedure.ts'
import { createCounterNote, createCounterNotePaper } from './counter-note.ts'
import { parseCode } from './identity/index.ts'
import type { Printing } from './printing/index.ts'
import { createQueueNumbers } from './queue-numbers.ts'
import type { SessionState } from './session/index.ts'
import { sampleNotice } from './session/notice.test-data.ts'
import { emptyVisit } from './session/visit.ts'
import { storeSchemaSql } from './store/index.ts'
import { ticketSchemaSql } from './tickets/index.ts'

type Note = Parameters<Printing['printCounterNote']>[0]

const nowMs = Date.UTC(2026, 10, 24, 3)
const code = parseCode(sampleCardText, { year: 2026, month: 11, day: 24 })

function stateWith(visit: Partial<SessionState['visit']>): SessionState {
  return {
    visitState: 'answer',
    visit: {
      ...emptyVisit,
      clientRef: 'ref-1',
      card: code.kind === 'id-card' ? code.card : null,
      procedure: sampleProcedure.code,
      day: { year: 2026, month: 11, day: 24 },
      ...visit,
    },
    today: { year: 2026, month: 11, day: 24 },
    filing: null,
    hasPagePrinter: false,
    display: defaultDisplay,
    helpOpen: false,
    touchedAtMs: nowMs,
    cardLeft: false,
    notice: sampleNotice,
    cardLies: false,
    warnedForMs: null,
  }
}

function createNote() {
  const db = new Database(':memory:')
  db.exec(storeSchemaSql)
  db.exec(ticketSchemaSql)
  const notes: Note[] = []
  const move = createCounterNote({
    procedures: versionsOf([sampleProcedure]),
    numbers: createQueueNumbers({
      counters: { [sampleProcedure.group]: 'Quầy 2' },
      store: { db },
      log: () => {},
    }),
    print: createCounterNotePaper({
      profile: { kioskId: 'KM4', commune: { name: 'Xã Mẫu', province: 'Tỉnh Thí Điểm' } },
      printing: {
        async printCounterNote(note) {
          notes.push(note)
          return ok({ confirmed: true })
        },
      },
    }),
    now: () => nowMs,
  })
  return { move, notes }
}

test('what was answered goes to the counter on paper; what the card says does not', async () => {
  const { move, notes } = createNote()
  const answers = { status: 'divorced', court: 'Tòa án Mẫu' }
  const answer = await move(stateWith({ answers }))
  const ticket = { number: 'A001', counter: 'Quầy 2' }
  expect(answer).toEqual({ outcome: 'moved', ticket, paper: { state: 'printed' } })
  const said = JSON.stringify(notes)
  expect(said).toContain('Tòa án Mẫu')
  expect(said).not.toMatch(/Ví Dụ|0830/)
})

test('asked twice, the place in the queue is the same', async () => {
  const { move, notes } = createNote()
  await move(stateWith({}))
  await move(stateWith({}))
  expect(notes.map(({ number }) => number)).toEqual(['A001', 'A001'])
})

test('the second paper with one number says that it is one', async () => {
  const { move, notes } = createNote()
  await move(stateWith({}))
  await move(stateWith({}))
  await move(stateWith({ clientRef: 'ref-2' }))
  expect(notes.map(({ number, reprint }) => ({ number, reprint }))).toEqual([
    { number: 'A001', reprint: false },
    { number: 'A001', reprint: true },
    { number: 'A002', reprint: false },
  ])
})

test('so does the first note with a number that the citizen has on paper already', async () => {
  const { move, notes } = createNote()
  const ticket: SessionState['visit']['ticket'] = {
    state: 'issued',
    group: sampleProcedure.group,
    number: 'A001',
    counter: 'Quầy 2',
    issuedAtMs: nowMs,
    paper: { state: 'printed' },
    reprint: false,
    note: null,
  }
  await move(stateWith({ ticket }))
  expect(notes).toMatchObject([{ number: 'A001', reprint: true }])
})

test('without a procedure there is nothing to take along', async () => {
  const { move, notes } = createNote()
  expect(await move(stateWith({ procedure: null }))).toEqual({ outcome: 'ignored' })
  expect(notes).toEqual([])
})
