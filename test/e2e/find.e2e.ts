import { expect, test } from './kiosk.ts'

test('a procedure is found as people ask for it, and what fits nothing ends at the pictures', async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  await journey.identify(() => hall.world.scan('father'))
  await journey.waitFor('choose.title')
  await page.locator('[data-say="choose.find"]').click()
  await journey.waitFor('search.title')

  await page.locator('input#find').fill('bún bò')
  await journey.goOn()
  await journey.waitFor('search.found-none')
  await page.locator('label.tile', { hasText: 'Nơi ở' }).click()
  await journey.waitFor('choose.title')
  await expect(page.locator('input[value="residence"]')).toBeChecked()

  // What is pressed stays where it is: a page that is just full would be turned in parts for it.
  const last = page.locator('label.tile').last()
  const place = await last.boundingBox()
  await last.hover()
  await page.mouse.down()
  expect(await last.boundingBox()).toEqual(place)
  await page.mouse.up()

  await page.locator('[data-say="choose.find"]').click()
  await journey.waitFor('search.title')
  await page.locator('input#find').fill('toi can giay doc thann')
  await journey.goOn()
  await journey.waitFor('search.found')
  await page.locator('label.tile').first().click()
  await expect(page.locator('input[value="1.004873"]')).toBeChecked()
  await journey.goOn()
  await journey.waitFor('prepare.title')
})

test("a procedure's sheet, shown to the machine, leads to that procedure", async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  await journey.waitFor('attract.title')
  await page.locator('.dock').waitFor()
  await hall.world.scanText('MCK:P:1.001193')
  await journey.agree()
  await expect(page.locator('[data-say="identify.wanted"]').first()).toContainText(
    'Đăng ký khai sinh',
  )
  await hall.world.scan('father')
  await journey.waitFor('confirm.title')
  await journey.goOn()
  await journey.waitFor('prepare.title')

  await page.getByRole('button', { name: 'Quay lại' }).click()
  await journey.waitFor('choose.title')
  await hall.world.scanText('MCK:P:9.000000')
  await expect(page.locator('[data-say="choose.sheet-not-here"]')).toBeVisible()
  await hall.world.scanText('MCK:P:1.004873')
  await journey.waitFor('prepare.title')
})
