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
  page,
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

  // One citizen's filings go one after the other: when one is in, the next is on its way.
  for (const arrived of [1, 2]) {
    const [pid] = await corePids(hall.shell.pid ?? 0)
    if (pid === undefined) throw new Error('no core is running')
    const back = page.waitForEvent('websocket')
    await hall.world.setPortal('up')
    await expect.poll(accepted, { intervals: [1], timeout: 20_000 }).toBeGreaterThanOrEqual(arrived)
    process.kill(pid, 'SIGKILL')
    // The next core is not to finish the rest before it is killed as well.
    await hall.world.setPortal('cut')
    await back
    expect(await accepted()).toBeLessThan(3)
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
