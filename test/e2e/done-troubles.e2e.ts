import { dirname, join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import type { SessionView } from '../../shared/contract/index.ts'
import { builtProgram } from '../fixtures/kiosk-process.ts'
import { serveView } from '../fixtures/serve-view.ts'
import { sampleView } from '../fixtures/view.ts'

/**
 * The last screen where slip and receipt did not come out, on the screens that kiosks have and with
 * small and large text: what went wrong, the code and the number are all in sight at once.
 */

const session: SessionView = {
  screen: 'done',
  procedure: {
    code: '1.004873',
    name: {
      key: 'procedure.1.004873.short-name',
      text: 'Giấy xác nhận tình trạng hôn nhân',
    },
    drawing: 'rings',
    fileable: true,
  },
  reference: 'KM4TR7HC',
  ticket: { number: 'A027', counter: 'Quầy 2' },
  next: { key: 'procedure.1.004873.next', text: 'Cán bộ xem giấy tờ gốc rồi hẹn ngày trả.' },
  delivery: { state: 'accepted', dossierCode: 'H00.00.00-261122-0001' },
  paper: { state: 'printed' },
  receipt: { state: 'failed', printer: { state: 'paper-out' } },
  due: { state: 'day', day: { year: 2026, month: 11, day: 27 }, before: '17:00' },
  ends: 'filed',
  mayGoOn: true,
  after: [],
  before: [],
}
const both: SessionView = {
  ...session,
  paper: { state: 'failed', printer: { state: 'paper-out' } },
}

/** Whether all of it can be seen: inside the screen, and covered by nothing, corner to corner. */
const inSight = (shown: Locator) =>
  shown.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect()
    return [
      [left + 12, top + 12],
      [right - 12, bottom - 12],
    ].every(([x = 0, y = 0]) => {
      const there = document.elementFromPoint(x, y)
      return there !== null && element.contains(there)
    })
  })

const screens = {
  upright: { width: 1080, height: 1920 },
  across: { width: 1920, height: 1080 },
}
for (const [name, viewport] of Object.entries(screens)) {
  for (const text of ['normal', 'large', 'largest'] as const) {
    for (const [what, given] of Object.entries({ receipt: session, 'slip and receipt': both })) {
      test(`no ${what} on a screen ${name} with ${text} text: said without a touch`, async ({
        page,
      }) => {
        const served = await serveView(
          {
            ...sampleView,
            kiosk: { ...sampleView.kiosk, training: false },
            display: { ...sampleView.display, text },
            session: given,
          },
          join(dirname(builtProgram('browser-host.mjs')), '../renderer'),
        )
        await page.setViewportSize(viewport)
        await page.goto(served.url)
        const alert = page.getByRole('alert')
        await expect(alert).toBeVisible()
        for (const shown of [
          alert.locator('.state').last(),
          ...(await page.locator('.code').all()),
        ]) {
          expect(await inSight(shown)).toBe(true)
        }
        await served.close()
      })
    }
  }
}
