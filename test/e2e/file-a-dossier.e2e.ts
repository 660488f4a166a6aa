import { expect, fileIt, kioskBytes, test, walkToReview } from './kiosk.ts'
import { plans } from '../fixtures/plans.ts'

for (const code of Object.keys(plans)) {
  test(`a citizen files ${code} and holds slip, ticket and dossier code`, async ({
    kiosk,
    page,
  }) => {
    await walkToReview(kiosk, code)
    await fileIt(kiosk)
    await kiosk.journey.waitFor('done.title-accepted')
    await expect(page.locator('[data-say="paper.printed"]')).toBeVisible()
    await expect(page.locator('.dossier')).toHaveText(/^H19\.99-\d{8}-0000001$/)
    expect((await kiosk.hall.world.state()).accepted).toBe(1)
    // The dossier code shows at once; the receipt is drawn after it and lands in the tray later.
    await expect
      .poll(async () => (await kiosk.hall.world.state()).prints)
      .toEqual(['001.png', '002.png', 'receipt-1.pdf'])
  })
}

test('the portal is away: the slip says so, and the filing leaves when it is back', async ({
  kiosk,
  page,
}) => {
  await kiosk.hall.world.setPortal('cut')
  await walkToReview(kiosk, '1.004873')
  await fileIt(kiosk)
  await kiosk.journey.waitFor('done.title-away')
  await expect(page.locator('[data-say="paper.printed"]')).toBeVisible()
  await kiosk.hall.world.setPortal('up')
  await kiosk.journey.waitFor('done.title-accepted')
  expect((await kiosk.hall.world.state()).accepted).toBe(1)
})

test('nothing of the citizen is left on the kiosk after the end', async ({ kiosk }) => {
  await walkToReview(kiosk, '1.004873')
  // While the visit lasts it is kept, but sealed.
  const during = await kioskBytes(kiosk.dataDir)
  expect(during.includes('Ví Dụ')).toBe(false)
  expect(during.includes('083090000000')).toBe(false)
  await fileIt(kiosk)
  await kiosk.journey.waitFor('done.title-accepted')
  await kiosk.journey.goOn()
  await kiosk.journey.waitFor('attract.title')
  const after = await kioskBytes(kiosk.dataDir)
  for (const trace of ['Ví Dụ', 'Nguyễn Văn', '083090000000', 'Ấp Mẫu']) {
    expect(after.includes(trace), trace).toBe(false)
  }
})

test('a printer without paper keeps the promise, and prints by itself when paper is in', async ({
  kiosk,
  page,
}) => {
  await kiosk.hall.world.setPaper('out')
  await walkToReview(kiosk, '1.004873')
  await fileIt(kiosk)
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 20_000 })
  await kiosk.hall.world.setPaper('in')
  await expect(page.locator('[data-say="paper.printed"]')).toBeVisible({ timeout: 20_000 })
})

test('an answer that does not fit is refused with its reason, and the entry stays', async ({
  kiosk,
  page,
}) => {
  const { journey } = kiosk
  await journey.identify(() => kiosk.hall.world.scan('father'))
  await journey.choose('civil-status', '1.004873')
  await journey.goOn()
  for (const value of ['self', 'kinh', 'never', 'property']) {
    const shown = await journey.screen()
    await journey.answer(value)
    await expect(page.locator(`h1 [data-say="${shown}"]`)).toHaveCount(0)
  }
  await journey.answer('99')
  await expect(page).toHaveTitle(/^Lỗi: /)
  await expect(page.locator('input#answer')).toHaveValue('99')
})
