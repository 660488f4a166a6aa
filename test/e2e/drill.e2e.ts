import { z } from 'zod'
import { plans } from '../fixtures/plans.ts'
import { runCli } from '../fixtures/run-cli.ts'
import { corePids, expect, fileIt, kioskBytes, test, walkToReview } from './kiosk.ts'

/** The drill of an outage, from the first touch to the last erased byte. */

const listSchema = z.array(
  z.object({ clientRef: z.string(), state: z.string(), dossierCode: z.string().nullable() }),
)

/** What the technician's command says of every filing. */
async function listFilings(dataDir: string) {
  const ran = await runCli(['outbox', 'list', '--json', '--data-dir', dataDir])
  expect(ran).toMatchObject({ code: 0, complaints: [] })
  return listSchema.parse(JSON.parse(ran.stdout))
}

test('three filings wait, the core is killed twice while they leave, and three dossiers come of it', async ({
  kiosk,
}) => {
  const { journey, hall, dataDir } = kiosk
  const accepted = async () => (await hall.world.state()).accepted
  await hall.world.setPortal('cut')
  for (const code of Object.keys(plans).slice(0, 3)) {
    await walkToReview(kiosk, code)
    await fileIt(kiosk)
    await journey.waitFor('done.title-away')
    await journey.goOn()
    await journey.waitFor('attract.title')
  }
  const waiting = await listFilings(dataDir)
  expect(waiting.map(({ dossierCode }) => dossierCode)).toEqual([null, null, null])

  // The portal takes one and is gone again: the core is killed with the rest still on its way.
  const running = async (other?: number) => {
    const shell = hall.shell.pid ?? 0
    const anew = async () => (await corePids(shell)).find((pid) => pid !== other) ?? null
    await expect.poll(anew, { timeout: 20_000 }).not.toBeNull()
    return (await anew()) ?? 0
  }
  let core = await running()
  for (const arrived of [1, 2]) {
    await hall.world.setPortal('one-more')
    await expect.poll(accepted, { intervals: [1], timeout: 30_000 }).toBe(arrived)
    process.kill(core, 'SIGKILL')
    core = await running(core)
  }

  await hall.world.setPortal('up')
  const states = async () => (await listFilings(dataDir)).map(({ state }) => state)
  await expect
    .poll(states, { intervals: [500], timeout: 40_000 })
    .toEqual(['ERASED', 'ERASED', 'ERASED'])
  expect(await accepted()).toBe(3)
  const erased = await listFilings(dataDir)
  expect(erased.map(({ clientRef }) => clientRef)).toEqual(
    waiting.map(({ clientRef }) => clientRef),
  )
  const codes = erased.map(({ dossierCode }) => dossierCode)
  for (const code of codes) expect(code).toMatch(/^H19\.99-\d{8}-000000[123]$/)
  expect(new Set(codes).size).toBe(3)
  const bytes = await kioskBytes(dataDir)
  for (const trace of ['Ví Dụ', 'Nguyễn Văn', '083090000000', 'Ấp Mẫu']) {
    expect(bytes.includes(trace), trace).toBe(false)
  }
})
