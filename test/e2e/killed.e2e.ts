import type { Page } from '@playwright/test'
import { corePids, expect, fileIt, plans, test, walkToReview } from './kiosk.ts'

/** Kills the core as `kill -9` would and waits until the page talks to the next one. */
async function killCore(page: Page, shellPid: number | undefined): Promise<void> {
  const [pid] = await corePids(shellPid ?? 0)
  if (pid === undefined) throw new Error('no core is running')
  const back = page.waitForEvent('websocket')
  process.kill(pid, 'SIGKILL')
  await back
}

test('the core is killed on every screen, and one dossier comes of it', async ({ kiosk, page }) => {
  const { journey, hall } = kiosk
  const answers = plans['1.004873']?.answers ?? {}
  const killed: string[] = []
  const kill = async () => {
    const before = await journey.screen()
    killed.push(before)
    await killCore(page, hall.shell.pid)
    await expect(page.locator('.screen')).toBeVisible()
    expect(await journey.screen()).toBe(before)
  }

  await journey.waitFor('attract.title')
  await kill()
  await journey.goOn()
  await journey.waitFor('identify.title')
  await kill()
  await hall.world.scan('father')
  await journey.waitFor('confirm.title')
  await kill()
  await journey.goOn()
  await journey.waitFor('choose.title')
  await kill()
  await journey.choose('civil-status', '1.004873')
  await kill()
  await journey.goOn()
  for (const [key, value] of Object.entries(answers)) {
    await journey.waitFor(`procedure.1.004873.question.${key}`)
    await kill()
    await journey.answer(value)
  }
  await journey.waitFor('review.title')
  await kill()
  await journey.goOn()
  await journey.waitFor('declare.title')
  await kill()
  await journey.goOn()
  await journey.waitFor('done.*')
  await killCore(page, hall.shell.pid)
  await journey.waitFor('done.title-accepted')

  expect(killed).toHaveLength(13)
  const state = await hall.world.state()
  expect(state.accepted).toBe(1)
})

test('the page is closed and opened again: the citizen goes on where they were', async ({ kiosk, page, context }) => {
  await walkToReview(kiosk, '1.004873')
  await page.close({ runBeforeUnload: false })
  const again = await context.newPage()
  await again.goto(kiosk.hall.url)
  await expect(again.locator('h1 [data-say="review.title"]')).toBeVisible()
})

test('the shell is killed: the next one continues the visit', async ({ kiosk }) => {
  await walkToReview(kiosk, '1.004873')
  await kiosk.restartShell()
  await kiosk.journey.waitFor('review.title')
  await fileIt(kiosk)
  await kiosk.journey.waitFor('done.title-accepted')
})

test('the page comes back by itself when its core died', async ({ kiosk, page }) => {
  await kiosk.journey.waitFor('attract.title')
  await killCore(page, kiosk.hall.shell.pid)
  await expect(page.locator('h1 [data-say="attract.title"]')).toBeVisible()
})
