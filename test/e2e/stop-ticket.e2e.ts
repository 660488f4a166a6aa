import { join } from 'node:path'
import { qrOf } from '../fixtures/slip-qr.ts'
import { expect, test, walkToReview } from './kiosk.ts'

test('a citizen at a stop takes a number for the counter, and nothing is filed', async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  await journey.identify(() => hall.world.scan('father'))
  await journey.choose('certification', '2.000884')
  await journey.goOn()
  await journey.answer('deal')
  await journey.waitFor('procedure.2.000884.stop.deal')

  await hall.world.setPaper('out')
  await journey.tap(page.locator('.action .btn--go'))
  await expect(page.locator('.code')).toHaveText('B001')
  await expect(page.locator('[data-say="ticket.failed.paper-out"]')).toBeVisible()
  await hall.world.setPaper('in')
  await expect(page.locator('[data-say="ticket.printed"]')).toBeVisible()
  const { prints, accepted } = await hall.world.state()
  expect(await qrOf(join(hall.printsDir, prints.at(-1) ?? ''))).toMatch(/^MCK:T:KM4:\d{8}:B001$/)
  expect(accepted).toBe(0)

  await journey.goOn()
  await journey.waitFor('attract.title')
})

test('whoever wants no card read takes a number for the counter, known by a drawing', async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  await journey.goOn()
  await journey.waitFor('notice.title')
  await page.locator('[data-say="notice.refuse"]').click()
  await journey.waitFor('declined.title')
  const onward = page.locator('.action .btn--go')
  await journey.tap(onward)
  await expect(page.locator('[data-say="declined.none-chosen"]').first()).toBeVisible()
  await page.locator('.tile--choice:has(use[href="#stamp"])').click()
  await journey.tap(onward)
  await expect(page.locator('.code')).toHaveText('B001')
  await expect(page.locator('[data-say="ticket.printed"]')).toBeVisible()
  const { prints, accepted } = await hall.world.state()
  expect(await qrOf(join(hall.printsDir, prints.at(-1) ?? ''))).toMatch(/^MCK:T:KM4:\d{8}:B001$/)
  expect(accepted).toBe(0)
  await journey.goOn()
  await journey.waitFor('attract.title')
})

test('who cannot declare by touch takes number and answers to the counter for a thumb-print', async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  await walkToReview(kiosk, '1.004873')
  await journey.tap(page.locator('.action .btn', { has: page.getByText('Điểm chỉ tại quầy') }))
  await journey.waitFor('stop.thumb-title')
  await hall.world.setPaper('out')
  await journey.tap(page.locator('.action .btn--go'))
  await expect(page.locator('[data-say="ticket.failed-answers-2"]')).toBeVisible()
  // Without the paper the answers are not thrown away unasked.
  await journey.goOn()
  await journey.waitFor('leave.title')
  await page.getByRole('button', { name: 'Quay lại' }).click()
  await journey.waitFor('stop.thumb-title')
  await hall.world.setPaper('in')
  await page.getByRole('button', { name: 'In lại số' }).click()
  await expect(page.locator('[data-say="ticket.printed"]')).toBeVisible()
  const { prints, accepted } = await hall.world.state()
  expect(await qrOf(join(hall.printsDir, prints.at(-1) ?? ''))).toMatch(/^MCK:T:KM4:\d{8}:A001$/)
  expect(accepted).toBe(0)
  await journey.goOn()
  await journey.waitFor('attract.title')
})
