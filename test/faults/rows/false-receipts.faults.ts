import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Turn } from '../front.ts'
import { readBody, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

/** Row S13: a portal, or something in its place, that goes on giving receipts which are none. */

let scene: Scene
let kiosk: Kiosk
beforeEach(async () => {
  scene = await createScene()
  kiosk = await scene.open()
})
afterEach(() => scene.close())

const FALSE_RECEIPTS = "SELECT count(*) FROM attempt WHERE outcome LIKE '%-receipt-%'"

const lies: readonly (readonly [string, (receipt: Record<string, unknown>) => unknown])[] = [
  [
    'of another filing',
    (receipt) => ({ ...receipt, clientRef: '01a0a2b0-0000-7000-8000-000000000000' }),
  ],
  ['of other bytes', (receipt) => ({ ...receipt, bodySha256: '0'.repeat(64) })],
  [
    'with another signature',
    (receipt) => ({ ...receipt, signature: Buffer.alloc(64, 1).toString('base64') }),
  ],
  ['signed by an unknown key', (receipt) => ({ ...receipt, keyId: 'other' })],
]

for (const [name, change] of lies) {
  it(`S13 a receipt ${name} is none: nothing is erased, and the third time there is an alarm`, async () => {
    const lie: Turn = { kind: 'edit', change: (text) => JSON.stringify(change(JSON.parse(text))) }
    const asked: Turn = {
      kind: 'edit',
      change: (text) => {
        const known = JSON.parse(text)
        return JSON.stringify(
          'receipt' in known ? { ...known, receipt: change(known.receipt) } : known,
        )
      },
    }
    scene.front.rule(({ what }) => (what === 'file' ? lie : what === 'ask' ? asked : undefined))
    const filing = await scene.file(kiosk)
    kiosk.outbox.start()
    const told = () => Number(kiosk.store.db.prepare(FALSE_RECEIPTS).pluck().get())
    await scene.flowUntil(() => told() === 2)
    expect(kiosk.outbox.alarms()).toEqual([])
    await scene.flowUntil(() => told() >= 6)
    const { clientRef } = filing
    expect(kiosk.outbox.alarms()).toMatchObject([{ code: 'receipts-that-are-none', clientRef }])
    expect(scene.log.filter((line) => line.startsWith('alarm'))).toEqual([
      `alarm receipts-that-are-none ${clientRef}`,
    ])
    expect(kiosk.outbox.counts()).toMatchObject({ delivered: 0 })
    expect(readBody(kiosk, clientRef)).not.toBe(undefined)
    expect(await scene.check()).toEqual([])
    scene.front.rule(undefined)
    await scene.flowUntil(() => kiosk.outbox.get(clientRef)?.state === 'ERASED')
    expect(scene.sandbox.accepted()).toBe(1)
    expect(await scene.check()).toEqual([])
  })
}
