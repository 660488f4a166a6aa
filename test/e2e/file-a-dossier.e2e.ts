import { addPhone, expect, fileIt, kioskBytes, test, walkToReview } from './kiosk.ts'

// Other procedures are filed in `effort.e2e.ts`, with every touch counted.
for (const code of ['1.001193', '2.000815', '1.004194']) {
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

test('nothing is filed before the declaration is touched, and a change takes it back', async ({
  kiosk,
  page,
}) => {
  const { journey, hall } = kiosk
  const pledge = page.locator('.pledge input')
  await walkToReview(kiosk, '1.004873')
  await journey.tap(page.locator('.action .btn--go'))
  await expect(page.getByRole('alert')).toContainText('Đọc lời cam đoan')
  await page.getByRole('alert').getByRole('button').click()
  await expect(pledge).toBeFocused()

  await journey.pledge()
  await addPhone(kiosk, page)
  await journey.answer('0900000000')
  await journey.waitFor('review.title')
  await expect(pledge).not.toBeChecked()
  await expect(page.locator('.row--press', { hasText: '0900 000 000' })).toBeVisible()

  await journey.pledge()
  await journey.tap(page.locator('.pledge .tile--choice'))
  await expect(pledge).not.toBeChecked()
  expect((await hall.world.state()).accepted).toBe(0)
  await fileIt(kiosk)
  await journey.waitFor('done.title-accepted')
})

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
  await walkToReview(kiosk, '1.004873')
  await addPhone(kiosk, page)
  await kiosk.journey.answer('99')
  await expect(page).toHaveTitle(/^Lỗi: /)
  await expect(page.locator('input#answer')).toHaveValue('99')
})
