import { join } from 'node:path'
import { qrOf } from '../fixtures/slip-qr.ts'
import { corePids, expect, fileIt, test, walkToReview } from './kiosk.ts'

test('the slip under the scanner says what became of the filing, and follows it', async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  await hall.world.setPortal('cut')
  await walkToReview(kiosk, '1.004873')
  await fileIt(kiosk)
  await journey.waitFor('done.title-away')
  await expect(page.locator('[data-say="paper.printed"]')).toBeVisible()
  const reference = await page.locator('.code').first().textContent()
  await journey.goOn()
  await journey.waitFor('attract.title')

  const slip = await qrOf(join(hall.printsDir, '001.png'))
  await hall.world.scanText(slip)
  await journey.waitFor('look-up.title-waiting')
  await expect(page.locator('.state [data-say="look-up.state-waiting"]')).toBeVisible()
  await expect(page.locator('.code')).toHaveText(reference ?? '')
  await expect(page.locator('.receipt__where')).toHaveText('Quầy 2')

  const [pid] = await corePids(hall.shell.pid ?? 0)
  if (pid === undefined) throw new Error('no core is running')
  const back = page.waitForEvent('websocket')
  process.kill(pid, 'SIGKILL')
  await back
  await journey.waitFor('look-up.title-waiting')

  await hall.world.setPortal('up')
  await journey.waitFor('look-up.title-sent')
  await expect(page.locator('.code')).toHaveText(reference ?? '')
  await expect(page.locator('.dossier')).toHaveText(/^H19\.99-\d{8}-0000001$/)
  await expect(page.locator('body')).not.toContainText(/Ví Dụ|083/)
  await journey.goOn()
  await journey.waitFor('attract.title')

  await journey.goOn()
  await journey.agree()
  await journey.waitFor('identify.title')
  await hall.world.scanText(slip)
  await journey.waitFor('look-up.title-sent')
  await hall.world.scan('father')
  await journey.waitFor('confirm.title')
})

test('a slip of another kiosk is told so, and a ticket is told what it is', async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  await journey.goOn()
  await journey.agree()
  await page.locator('[data-say="identify.waiting"]').waitFor()
  await hall.world.scanText('MCK:S:01932b6e-0000-7000-8000-00000000000a')
  await journey.waitFor('look-up.title-unknown')
  await expect(page.locator('[data-say="look-up.unknown-do-2"]')).toContainText('KM4')
  await hall.world.scanText('MCK:T:KM4:20261121:A027')
  await journey.waitFor('identify.title')
  await expect(page.locator('[data-say="identify.problem.ticket"]').first()).toBeVisible()
})

test('the slip says what the authority asks for, on the screen and nowhere who', async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  await walkToReview(kiosk, '1.004873')
  await fileIt(kiosk)
  await journey.waitFor('done.title-accepted')
  await expect(page.locator('[data-say="paper.printed"]')).toBeVisible()
  await journey.goOn()
  await journey.waitFor('attract.title')

  const slip = await qrOf(join(hall.printsDir, '001.png'))
  // What lies there on and on is read once: another code takes its place in between.
  const takeAway = async () => {
    await hall.world.scanText('MCK:T:KM4:20261121:A027')
    await journey.waitFor('notice.title')
  }
  await hall.world.scanText(slip)
  await expect(page.locator('[data-say="look-up.asked"]')).toBeVisible()
  await takeAway()

  await hall.world.askSupplement()
  await hall.world.scanText(slip)
  await journey.waitFor('look-up.title-supplement')
  await expect(page.locator('.missing li')).toHaveText([
    'Bản sao trích lục ly hôn',
    'Giấy xác nhận của UBND xã nơi ở trước đây',
  ])
  await expect(page.locator('.dossier')).toHaveText(/^H19\.99-\d{8}-0000001$/)
  await expect(page.locator('body')).not.toContainText(/Ví Dụ|083/)
  // This kiosk has no page printer.
  await expect(page.locator('[data-say="look-up.print-missing"]')).toHaveCount(0)

  const [pid] = await corePids(hall.shell.pid ?? 0)
  if (pid === undefined) throw new Error('no core is running')
  // What was heard stays, and is not asked for again.
  await hall.world.setPortal('cut')
  const back = page.waitForEvent('websocket')
  process.kill(pid, 'SIGKILL')
  await back
  await journey.waitFor('look-up.title-supplement')
  await journey.goOn()
  await journey.waitFor('attract.title')
})
