import type { Page } from '@playwright/test'
import type { Journey } from '../../electron/training/index.ts'
import { runCli } from '../fixtures/run-cli.ts'
import { expect } from './kiosk.ts'

/** The PIN of the assistant 02. */
export const PIN = '204681'

export async function staff(dataDir: string, words: readonly string[], stdin = '') {
  return runCli(['staff', ...words, '--data-dir', dataDir], { stdin })
}

/** Adds the assistant 02; the socket is there a moment after the page. */
export const addAssistant = (dataDir: string) =>
  expect
    .poll(() => staff(dataDir, ['add', '02', '--counter', 'Quầy 2'], `${PIN}\n`), {
      timeout: 20_000,
    })
    .toMatchObject({ code: 0, complaints: [] })

/** Digits and the way on, on the screen that unlocks. */
export async function typeDigits(page: Page, journey: Journey, digits: string) {
  for (const digit of digits) {
    const key = page.locator('.digits').getByRole('button', { name: digit, exact: true })
    await journey.press(key, digit)
  }
  await page.locator('.action .btn--go').click()
}

export async function unlock(page: Page, journey: Journey) {
  await page.getByRole('button', { name: 'Gọi người giúp' }).click()
  await page.getByRole('button', { name: 'Cán bộ mở khóa' }).click()
  await journey.waitFor('unlock.title')
  await typeDigits(page, journey, `02${PIN}`)
  await page.locator('.staff').waitFor()
}
