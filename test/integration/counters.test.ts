import Database from 'better-sqlite3'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { kioskFiles } from '../../electron/settings/index.ts'
import type { Procedure } from '../../shared/forms/index.ts'
import { openCore, type OpenCore } from '../fixtures/core-in-process.ts'
import { sampleProcedure } from '../fixtures/procedure.ts'

/** The counters of the profile: a number for each that needs one, and nothing promised without. */

const stopping: Procedure = {
  ...sampleProcedure,
  form: {
    ...sampleProcedure.form,
    stops: [
      {
        key: 'divorced',
        when: { '==': [{ var: 'status' }, 'divorced'] },
        title: 'Cán bộ làm cùng',
        text: 'Lấy số và gặp cán bộ ở quầy.',
        source: sampleProcedure.source,
      },
    ],
  },
}

/** A machine that does other things too must fail no test by its slowness. */
const LONG = { timeout: 30_000 }

let core: OpenCore
beforeEach(async () => {
  core = await openCore([stopping])
})
afterEach(() => core.close())

function begin(status: 'single' | 'divorced'): void {
  core.identify()
  core.touch({ type: 'choose', code: stopping.code })
  core.touch({ type: 'begin' })
  core.touch({ type: 'answer', key: 'status', value: status })
}

async function declare() {
  core.touch({ type: 'answer', key: 'phone', value: null })
  core.touch({ type: 'accept-review' })
  core.touch({ type: 'declare' })
  return vi.waitFor(async () => {
    const screen = await core.screen()
    if (screen.screen !== 'done') throw new Error(`still at ${screen.screen}`)
    return screen
  }, LONG)
}

/** Rows of the journal about numbers without a filing, and all numbers that were given. */
function kept() {
  const db = new Database(join(kioskFiles(core.dataDir).store, 'kiosk.sqlite'), { readonly: true })
  const journal = db
    .prepare("SELECT client_ref, actor FROM event WHERE reason = 'ticket-without-filing'")
    .all()
  const tickets = db.prepare('SELECT count(*) FROM ticket').pluck().get()
  db.close()
  return { journal, tickets }
}

test('whoever comes to a stop takes a number, which their filing keeps if there is one', async () => {
  begin('divorced')
  expect(await core.screen()).toMatchObject({ screen: 'stop', ticket: { state: 'offered' } })
  core.touch({ type: 'take-ticket' })
  await vi.waitFor(
    async () =>
      expect(await core.screen()).toMatchObject({
        ticket: {
          state: 'issued',
          number: 'A001',
          counter: 'Quầy 2',
          // The profile has no printer, and the screen says so; the number holds.
          paper: { state: 'failed', printer: { state: 'not-configured' } },
        },
      }),
    LONG,
  )
  expect(kept()).toEqual({ journal: [{ client_ref: null, actor: 'kiosk' }], tickets: 1 })

  core.touch({ type: 'back' })
  core.touch({ type: 'answer', key: 'status', value: 'single' })
  expect(await declare()).toMatchObject({ ticket: { number: 'A001', counter: 'Quầy 2' } })
  expect(kept()).toMatchObject({ tickets: 1 })
})

test('a procedure without a counter is not offered, and the log says why', async () => {
  await core.restart(() => core.configure({ counters: { residence: 'Quầy 4' } }))
  core.identify()
  expect(core.touch({ type: 'choose', code: stopping.code })).toBe('ignored')
  expect(await core.screen()).toMatchObject({ screen: 'choose' })
  expect(core.search(stopping.code)).toMatchObject([{ fileable: false }])
  const said = core.logged.filter((line) => line.includes('"no-counter"'))
  expect(said.join()).toContain(stopping.code)
})

test('a filing whose counter an update has taken away is made, and promises no number', async () => {
  begin('single')
  await core.restart(() => core.configure({ counters: { residence: 'Quầy 4' } }))
  expect(await declare()).toMatchObject({ ticket: null })
  await vi.waitFor(() => expect(core.portal.accepted()).toBe(1), LONG)
})

test('a stop whose counter an update has taken away promises no number', async () => {
  begin('divorced')
  await core.restart(() => core.configure({ counters: {} }))
  expect(await core.screen()).toMatchObject({ screen: 'stop', ticket: null })
  expect(core.touch({ type: 'take-ticket' })).toBe('ignored')
})
