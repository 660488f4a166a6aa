import { corePids, expect, fileIt, killCore, test, walkToReview } from './kiosk.ts'
import { plans } from '../fixtures/plans.ts'

/** The screens of one road. Each run kills on a few: the shell slows down a core that dies often. */
const runs: Record<string, readonly string[]> = {
  'before the card': ['attract', 'notice', 'identify'],
  'before the questions': ['confirm', 'choose', 'prepare'],
  'on the questions': ['requester.relation', 'subject.ethnicity', 'marital.status', 'purpose.kind'],
  'after the questions': ['review', 'declare', 'submitting', 'done'],
}

for (const [part, screens] of Object.entries(runs)) {
  test(`the core is killed ${part}: the visit goes on, and one dossier comes of it`, async ({
    kiosk,
    page,
  }) => {
    const { journey, hall } = kiosk
    const killed: string[] = []
    /** Comes to a screen; kills the core there if this run is about it. */
    const arrive = async (name: string, title: string) => {
      await journey.waitFor(title)
      if (!screens.includes(name)) return
      const before = await journey.screen()
      await killCore(page, hall.shell.pid)
      killed.push(name)
      if (name !== 'done') expect(await journey.screen()).toBe(before)
    }

    await arrive('attract', 'attract.title')
    await journey.goOn()
    await arrive('notice', 'notice.title')
    await journey.goOn()
    await arrive('identify', 'identify.title')
    await expect(page.locator('[data-say="identify.waiting"]')).toBeVisible()
    await hall.world.scan('father')
    await arrive('confirm', 'confirm.title')
    await journey.goOn()
    await arrive('choose', 'choose.title')
    await journey.choose('civil-status', '1.004873')
    await arrive('prepare', 'prepare.title*')
    await journey.goOn()
    for (const [key, value] of Object.entries(plans['1.004873']?.answers ?? {})) {
      await arrive(key, `procedure.1.004873.question.${key}`)
      await journey.answer(value)
    }
    await arrive('review', 'review.title')
    await journey.pledge()
    await arrive('declare', 'review.title')
    if (screens.includes('submitting')) {
      // Killed while the filing is being made: whichever side of the commit it falls on.
      const [pid] = await corePids(hall.shell.pid ?? 0)
      const gone = journey.goOn()
      if (pid !== undefined) process.kill(pid, 'SIGKILL')
      await gone
      killed.push('submitting')
    } else await journey.goOn()
    await arrive('done', 'done.*')
    await journey.waitFor('done.title-accepted')

    expect(killed).toEqual(screens)
    expect((await hall.world.state()).accepted).toBe(1)
  })
}

test('the page is closed and opened again: the citizen goes on where they were', async ({
  kiosk,
  page,
  context,
}) => {
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

test('a part of the page that could not be fetched comes whole when it can', async ({
  kiosk,
  page,
  context,
}) => {
  await kiosk.journey.waitFor('attract.title')
  const again = await context.newPage()
  let refused = 0
  await again.route(/\/assets\/dock-/, async (route) => {
    refused += 1
    if (refused > 2) return route.continue()
    await route.abort('connectionrefused')
  })
  let loads = 0
  again.on('load', () => (loads += 1))
  await page.close()
  await again.goto(kiosk.hall.url)
  await expect(again.locator('.dock')).toHaveCSS('position', 'fixed')
  expect(loads).toBe(1)
})

test('the page comes back by itself when its core died', async ({ kiosk, page }) => {
  await kiosk.journey.waitFor('attract.title')
  await killCore(page, kiosk.hall.shell.pid)
  await expect(page.locator('h1 [data-say="attract.title"]')).toBeVisible()
})
