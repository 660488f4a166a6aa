import type { Page } from '@playwright/test'
import { typeCard } from '../../electron/training/index.ts'
import { plans } from '../fixtures/plans.ts'
import { expect, test } from './kiosk.ts'

/** The chip of the scanned card, over the simulated reader of training mode: true APDUs all the way. */

/** A core that starts and then reads a chip, beside two other kiosks. */
const PATIENT = { timeout: 60_000 } as const
const line = (page: Page, key: string) => page.locator(`[data-say="${key}"]`)

test('the card that was scanned is proved by its chip, and a dossier comes of it', async ({
  kiosk,
  page,
}) => {
  const { journey, hall } = kiosk
  await journey.waitFor('attract.title')
  await journey.goOn()
  await expect(page.locator('[data-say$=".readsChip"]')).toBeVisible()
  await journey.agree()
  await line(page, 'identify.waiting').waitFor()
  await hall.world.scan('father')
  await journey.waitFor('confirm.title')
  await expect(line(page, 'chip.invite')).toBeVisible()
  const reading = line(page, 'chip.reading').waitFor(PATIENT)
  await hall.world.setCard('same')
  await reading
  await expect(line(page, 'chip.verified')).toBeVisible(PATIENT)
  await journey.goOn()
  await journey.choose('civil-status', '1.004873')
  await journey.goOn()
  await journey.answerAll(plans['1.004873']?.answers ?? {})
  await journey.declare()
  await journey.waitFor('done.title-accepted')
})

test('a card that is pulled early may be laid again, and another one is refused', async ({
  kiosk,
  page,
}) => {
  const { journey, hall } = kiosk
  await journey.waitFor('attract.title')
  await hall.world.scan('student')
  await journey.agree()
  await journey.waitFor('confirm.title')
  await hall.world.setCard('hasty')
  await expect(line(page, 'chip.removed')).toBeVisible(PATIENT)
  await hall.world.setCard('other')
  await expect(line(page, 'chip.other-card')).toBeVisible(PATIENT)
  await hall.world.setCard('none')
  await hall.world.setCard('strange')
  await expect(line(page, 'chip.chain-unknown')).toBeVisible(PATIENT)
  await expect(page.locator('body')).not.toContainText('xác thực')
  await journey.goOn()
  await journey.waitFor('choose.title')
})

test('the chip says the name that a scanner which types has lost', async ({ kiosk, page }) => {
  const { journey, hall } = kiosk
  await journey.waitFor('attract.title')
  await page.locator('.dock').waitFor()
  await expect(async () => {
    await typeCard(page, 'father')
    await line(page, 'notice.card-lies').waitFor({ timeout: 3000 })
  }).toPass(PATIENT)
  await journey.agree()
  await journey.waitFor('card-part.name')
  await hall.world.setCard('same')
  await journey.waitFor('confirm.title')
  await expect(page.locator('body')).toContainText('Nguyễn Văn Ví Dụ')
  await expect(line(page, 'confirm.by-chip')).toBeVisible()
})

test('a core that is killed in the middle reads the card anew', async ({ kiosk, page }) => {
  const { journey, hall } = kiosk
  await journey.waitFor('attract.title')
  await hall.world.scan('father')
  await journey.agree()
  await journey.waitFor('confirm.title')
  await page.locator('.dock__tab').click()
  const reading = line(page, 'chip.reading').waitFor(PATIENT)
  await hall.world.setCard('same')
  await reading
  await page.locator('[data-say="dock.kill"]').click()
  await expect(line(page, 'chip.verified')).toBeVisible(PATIENT)
})

test('a card that no scanner has read and no number opens, leads back to the scanner', async ({
  kiosk,
  page,
}) => {
  const { journey, hall } = kiosk
  await journey.waitFor('attract.title')
  await hall.world.setCard('same')
  await journey.goOn()
  await journey.agree()
  await journey.tap(page.locator('.tile--aside'))
  await journey.waitFor('access.title')
  const box = page.locator('#answer')
  const digit = (face: string) =>
    page.locator('.digits').getByRole('button', { name: face, exact: true })
  for (const face of '1234567') await journey.press(digit(face), face)
  await expect(box).toHaveValue('123456')
  await journey.tap(page.locator('.action .btn--go'))
  await expect(line(page, 'access.no-number')).toBeVisible(PATIENT)
  await journey.tap(page.locator('.action .btn').first())
  await expect(line(page, 'identify.waiting')).toBeVisible()
})
