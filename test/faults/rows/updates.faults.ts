import { afterEach, expect, it } from 'vitest'
import { z } from 'zod'
import type { Filing } from '../../../electron/portal/index.ts'
import type { Confirmed } from '../invariants.ts'
import { readBody, type Kiosk } from '../kiosk.ts'
import { createScene, type Scene } from '../scene.ts'

/** Row X4: filings of an older version wait while the kiosk is updated. */

let scene: Scene
afterEach(() => scene.close())

/** Invented later forms of a filing: a second one with one field more, and a third that is other. */
const second = (filing: Filing) => ({ ...filing, schemaVersion: 2, channel: 'kiosk' })
const third = ({ kioskId, clientRef, procedureCode, capturedAt, applicant, form }: Filing) => ({
  schemaVersion: 3,
  from: { kioskId, clientRef },
  declared: { procedureCode, capturedAt, boxes: form },
  person: applicant,
})
/** One that no portal takes any more. */
const oldest = (filing: Filing) => ({ ...filing, schemaVersion: 0 })

const versionSchema = z.looseObject({ schemaVersion: z.int() })
const secondSchema = z.looseObject({ channel: z.literal('kiosk') })
const thirdSchema = z.strictObject({
  schemaVersion: z.literal(3),
  from: z.looseObject({}),
  declared: z.looseObject({ boxes: z.unknown() }),
  person: z.unknown(),
})

/** A portal of version 3, which takes the two versions before it as well. */
function readVersion(body: unknown): unknown {
  const parsed = versionSchema.safeParse(body)
  if (!parsed.success) return undefined
  switch (parsed.data.schemaVersion) {
    case 1:
      return body
    case 2: {
      const { channel: _channel, ...rest } = secondSchema.parse(body)
      return { ...rest, schemaVersion: 1 }
    }
    case 3: {
      const { from, declared, person } = thirdSchema.parse(body)
      const { boxes: form, ...rest } = declared
      return { schemaVersion: 1, ...from, ...rest, form, applicant: person, components: [] }
    }
    default:
      return undefined
  }
}

const bodyOf = (kiosk: Kiosk, { clientRef }: Confirmed): string =>
  Buffer.from(readBody(kiosk, clientRef) ?? '').toString()
const versionOf = (body: string): number => versionSchema.parse(JSON.parse(body)).schemaVersion
const sent = (): string[] =>
  scene.front.seen.flatMap(({ what, body }) => (what === 'file' ? [body.toString()] : []))

it('X4 filings that wait over an update of the store go as the bytes they were', async () => {
  scene = await createScene()
  const before = await scene.open()
  const filings = [await scene.file(before), await scene.file(before)]
  const bodies = filings.map((filing) => bodyOf(before, filing))
  const kiosk = await scene.open({
    laterSchemas: [
      'ALTER TABLE submission ADD COLUMN later TEXT; CREATE TABLE newer (n INTEGER) STRICT;',
    ],
  })
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().waiting === 0)
  expect(sent()).toEqual(bodies)
  expect(scene.sandbox.accepted()).toBe(filings.length)
  expect(await scene.check()).toEqual([])
})

it('X4 a kiosk that makes version 3 sends what it has of 1 and 2 byte by byte, in order', async () => {
  scene = await createScene({ readVersion })
  const before = await scene.open()
  const filings = [await scene.file(before), await scene.file(before, { reshape: second })]
  const kiosk = await scene.open()
  filings.push(await scene.file(kiosk, { reshape: third }), await scene.file(kiosk))
  const bodies = filings.map((filing) => bodyOf(kiosk, filing))
  expect(bodies.map(versionOf)).toEqual([1, 2, 3, 1])

  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().waiting === 0)
  expect(sent()).toEqual(bodies)
  expect(kiosk.outbox.counts()).toEqual({ waiting: 0, needsStaff: 0, delivered: 4 })
  expect(await scene.check()).toEqual([])
})

it('X4 a version that the portal takes no more goes to staff as it was, the others go on', async () => {
  scene = await createScene({ readVersion })
  const kiosk = await scene.open()
  const old = await scene.file(kiosk, { reshape: oldest })
  const next = await scene.file(kiosk)
  const body = bodyOf(kiosk, old)
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().waiting === 0)
  expect(kiosk.outbox.get(old.clientRef)).toMatchObject({ state: 'NEEDS_STAFF' })
  expect(bodyOf(kiosk, old)).toBe(body)
  expect(kiosk.outbox.get(next.clientRef)).toMatchObject({ state: 'ERASED' })
  expect(await scene.check()).toEqual([])
})
