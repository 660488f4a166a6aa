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

test('an answer that comes when nobody waits for it any more changes nothing', async ({
  kiosk,
  page,
}) => {
  const { hall, journey } = kiosk
  let release = () => {}
  let held: Promise<void> | null = null
  await page.routeWebSocket('**', (socket) => {
    const core = socket.connectToServer()
    let last = Promise.resolve()
    core.onMessage((message) => {
      const waits = held
      last = last.then(() => waits ?? undefined).then(() => socket.send(message))
    })
  })
  await page.reload()
  await journey.identify(() => hall.world.scan('father'))
  await journey.waitFor('choose.title')
  await page.locator('[data-say="choose.find"]').click()
  await journey.waitFor('search.title')
  await page.locator('input#find').fill('khai sinh')

  held = new Promise((resolve) => (release = resolve))
  await page.locator('[data-say="search.go"]').click()
  await page.locator('[data-say="choose.by-picture"]').click()
  await journey.waitFor('choose.title')
  release()
  // What the core says next comes after the answer.
  const contrast = page.getByRole('button', { name: 'Tương phản' })
  await contrast.click()
  await expect(contrast).toHaveAttribute('aria-pressed', 'true')
  await journey.waitFor('choose.title')
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
