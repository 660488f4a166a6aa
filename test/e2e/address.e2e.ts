import { expect, test, type Page } from '@playwright/test'
import { walk, type Journey } from '../../electron/training/index.ts'
import { startInService, type KioskInService } from '../fixtures/kiosk-in-service.ts'

/** A place, picked in small steps from the real lists, on a kiosk that stands in a real province. */
const CODE = '1.004194'

let at: KioskInService
test.beforeEach(async () => {
  at = await startInService({ commune: { name: 'Xã Đăk Ơ', province: 'TP. Đồng Nai' } })
})
test.afterEach(async () => at.close())

/** To the question where one will stay. */
async function toPlace(page: Page): Promise<Journey> {
  const journey = walk(page)
  await page.goto(await at.kiosk.url)
  await journey.identify(() => at.world.scan('father'))
  await journey.choose('residence', CODE)
  await journey.goOn()
  await journey.answer('own')
  await journey.waitFor(`procedure.${CODE}.question.stay.place`)
  return journey
}

test('a place of the own province is three small steps, and back goes through them', async ({
  page,
}) => {
  const journey = await toPlace(page)
  const go = page.locator('.action .btn--go')
  const back = page.locator('.btn', { has: page.locator('[data-say="frame.back"]') })
  const suggestion = page.locator('.suggestion')

  // The own commune stands first, then the own province; what would be the answer is not chosen.
  const tiles = page.locator('.tiles .tile--choice')
  await expect(tiles.first()).toContainText('Xã Đăk Ơ')
  await expect(page.locator('.tiles input:checked')).toHaveCount(0)
  await expect(tiles.nth(1)).toContainText('Thành phố Đồng Nai')
  await journey.tap(tiles.nth(1))
  await journey.tap(go)

  // What anybody writes without tones; and the name of before, with its district.
  const words = page.locator('input#answer')
  await words.fill('phu son bu dang')
  await expect(suggestion).toHaveCount(1)
  await expect(suggestion).toContainText('Xã Thọ Sơn')
  await expect(suggestion).toContainText('trước là Xã Phú Sơn, Huyện Bù Đăng, Tỉnh Bình Phước')
  await words.fill('dak o')
  await expect(suggestion.first()).toContainText('Xã Đăk Ơ')
  await journey.tap(suggestion.first())

  await expect(page.locator('body')).toContainText('Xã Đăk Ơ, Thành phố Đồng Nai')
  await page.locator('input#answer').fill('Thôn 3')

  // Back to the words, to the province, and the same way on: nothing was lost.
  await journey.tap(back)
  await expect(words).toHaveValue('dak o')
  await journey.tap(back)
  await journey.tap(tiles.nth(1))
  await journey.tap(go)
  await expect(suggestion.first()).toContainText('Xã Đăk Ơ')
  await journey.tap(suggestion.first())
  await expect(page.locator('input#answer')).toHaveValue('Thôn 3')
  await journey.tap(go)

  await journey.waitFor(`procedure.${CODE}.question.stay.from`)
  await journey.tap(back)
  // Answered before: it stands there whole.
  await expect(page.locator('.tiles')).toContainText('Thôn 3, Xã Đăk Ơ, Thành phố Đồng Nai')
})

test('the own commune is one touch, and what lies below it is asked at once', async ({ page }) => {
  const journey = await toPlace(page)
  await journey.tap(page.locator('.tile--choice', { has: page.locator('input[value="here"]') }))
  await journey.tap(page.locator('.action .btn--go'))
  await page.locator('input#answer').fill('Thôn 3')
  await journey.tap(page.locator('.action .btn--go'))
  await journey.waitFor(`procedure.${CODE}.question.stay.from`)
  await journey.tap(page.locator('.btn', { has: page.locator('[data-say="frame.back"]') }))
  await expect(page.locator('.tiles')).toContainText('Thôn 3, Xã Đăk Ơ, Thành phố Đồng Nai')
})

test('a place elsewhere is found by a slip of the finger, over the whole country', async ({
  page,
}) => {
  const journey = await toPlace(page)
  await journey.tap(page.locator('.tile--choice', { has: page.locator('input[value="other"]') }))
  await journey.tap(page.locator('.action .btn--go'))
  await page.locator('input#answer').fill('trng liet')
  await expect(page.locator('.suggestion').first()).toContainText('trước là')
  await page.locator('input#answer').fill('qwrtp')
  await expect(page.locator('.suggestions__none')).toBeVisible()
})
