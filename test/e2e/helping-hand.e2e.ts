import { z } from 'zod'
import { openPage } from '../fixtures/page-client.ts'
import { plans } from '../fixtures/plans.ts'
import { runCli } from '../fixtures/run-cli.ts'
import { addAssistant, PIN, staff, typeDigits, unlock } from './assistant.ts'
import { expect, killCore, test } from './kiosk.ts'

/** "Gọi người giúp": the call, the assistant who comes, what they do, and what is left of it. */

const CODE = '1.004873'

const lineSchema = z.object({
  actor: z.string(),
  what: z.string(),
  clientRef: z.string().nullable(),
})

async function journal(dataDir: string) {
  const { stdout } = await staff(dataDir, ['journal', '--json', '--limit', '100'])
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => lineSchema.parse(JSON.parse(line)))
}

test('an assistant is called, unlocks, helps and steps out; the citizen declares', async ({
  kiosk,
  page,
}, testInfo) => {
  const { dataDir, journey, hall } = kiosk
  await addAssistant(dataDir)

  await journey.identify(() => hall.world.scan('father'))
  await journey.choose('civil-status', CODE)
  await journey.goOn()
  await page.getByRole('button', { name: 'Gọi người giúp' }).click()
  await journey.waitFor('help.title')
  const called = await staff(dataDir, ['calls'])
  expect(called.stdout).toMatch(/^\S+ {2}answer {2}since 20/)
  expect(called.stdout).not.toMatch(/Ví Dụ|0830/)

  // A wrong PIN first.
  await page.getByRole('button', { name: 'Cán bộ mở khóa' }).click()
  await journey.waitFor('unlock.title')
  await typeDigits(page, journey, '02990173')
  await page.locator('[data-say="unlock.refused-pin"]').waitFor()
  await typeDigits(page, journey, `02${PIN}`)

  // The citizen's own screen is back, with the strip beside it.
  await page.locator('.staff [data-tool="work"]').waitFor()
  await journey.waitFor('procedure.*')
  expect((await staff(dataDir, ['calls'])).code).toBe(1)
  await page.locator('[data-tool="work"]').click()
  await page.locator('[data-tool="working"]').waitFor()

  // Nothing of what the citizen is shown lies under the strip.
  const covered = await page.evaluate(() => {
    const strip = document.querySelector('.staff')?.getBoundingClientRect()
    const seen = document.querySelectorAll('.screen :is(button, h1, .hint, .tile, .step)')
    if (strip === undefined) return ['no strip']
    return [...seen].flatMap((element) => {
      // The words' own box: a heading is as wide as its column.
      const range = document.createRange()
      range.selectNodeContents(element)
      const box =
        element instanceof HTMLButtonElement
          ? element.getBoundingClientRect()
          : range.getBoundingClientRect()
      const apart =
        box.width === 0 ||
        box.right <= strip.left ||
        box.left >= strip.right ||
        box.bottom <= strip.top ||
        box.top >= strip.bottom
      return apart ? [] : [element.textContent]
    })
  })
  expect(covered).toEqual([])

  // To the counter with what is there; then the same goes on here after all.
  await page.locator('[data-tool="to-counter"]').click()
  await page.locator('[data-say="staff.moved"]').waitFor({ timeout: 20_000 })
  const { prints } = await hall.world.state()
  expect(prints).toHaveLength(1)
  await page.locator('[data-tool="choose-other"]').click()
  await journey.waitFor('choose.title')
  await page.locator('[data-tool="step-out"]').click()
  await page.locator('.staff').waitFor({ state: 'detached' })
  await journey.choose('civil-status', CODE)
  await journey.goOn()
  await journey.answerAll(plans[CODE]?.answers ?? {})

  // With an assistant there, nobody declares. The check page has no place for the strip: a tab.
  await unlock(page, journey)
  await page.locator('[data-say="declare.self"]').waitFor()
  await page.locator('.pledge .tile--choice').click()
  await page.locator('.staff__tab').click()
  await page.locator('[data-tool="step-out"]').click()
  await page.locator('.staff').waitFor({ state: 'detached' })
  await expect(page.locator('.pledge input:checked')).toHaveCount(0)
  await journey.declare()
  await journey.waitFor('done.*')

  const lines = await journal(dataDir)
  await testInfo.attach('journal', { body: JSON.stringify(lines, null, 1) })
  const filed = await runCli(['outbox', 'list', '--json', '--data-dir', dataDir])
  const [filing] = z.array(z.object({ clientRef: z.string() })).parse(JSON.parse(filed.stdout))
  const said = lines.map(({ actor, what, clientRef }) => [
    actor,
    what,
    clientRef === null ? '-' : clientRef === filing?.clientRef ? 'filing' : clientRef,
  ])
  expect(said).toEqual([
    ['technician', 'assistant-added:02', '-'],
    ['kiosk', 'unlock-tried', '-'],
    ['kiosk', 'unlock-tried', '-'],
    ['assistant:02', 'unlocked', '-'],
    ['assistant:02', 'stepped-in', 'filing'],
    ['assistant:02', 'helped:moved-to-counter', 'filing'],
    ['assistant:02', 'helped:chose', 'filing'],
    ['assistant:02', 'stepped-out', 'filing'],
    ['kiosk', 'unlock-tried', '-'],
    ['assistant:02', 'unlocked', '-'],
    ['assistant:02', 'stepped-in', 'filing'],
    ['assistant:02', 'stepped-out', 'filing'],
  ])
  const text = JSON.stringify(lines)
  for (const trace of [PIN, '990173', 'Ví Dụ', '083090000000']) expect(text).not.toContain(trace)
})

test('the face on the chip is shown for one look; a core that dies ends the role and not the visit', async ({
  kiosk,
  page,
}) => {
  const { dataDir, journey, hall } = kiosk
  await addAssistant(dataDir)
  await journey.identify(() => hall.world.scan('father'))
  await journey.choose('civil-status', CODE)
  await journey.goOn()
  await unlock(page, journey)
  await hall.world.setCard('same')
  await page.locator('[data-tool="face"]').click()
  await page.locator('.staff__face img').waitFor({ timeout: 20_000 })
  await expect(page.locator('[data-say="staff.face.same"]')).toHaveCount(1)
  await page.locator('[data-tool="close-face"]').click()
  await expect(page.locator('.staff img')).toHaveCount(0)
  const question = await journey.screen()

  await killCore(page, hall.shell.pid)
  await page.locator('.staff').waitFor({ state: 'detached' })
  expect(await journey.screen()).toBe(question)
  const { client, close } = await openPage(hall.url)
  await expect(
    client.staff.assist({ commandId: crypto.randomUUID(), tool: 'finish' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  close()
})

test('a door that shuts says how long from now, however long somebody has tried', async ({
  kiosk,
  page,
}) => {
  const { dataDir, journey } = kiosk
  await addAssistant(dataDir)
  await page.clock.install()
  await journey.tap(page.locator('.tile--service'))
  await page.getByRole('button', { name: 'Gọi người giúp' }).click()
  await page.getByRole('button', { name: 'Cán bộ mở khóa' }).click()
  await journey.waitFor('unlock.title')
  await page.clock.fastForward(28_000)
  for (let tried = 0; tried < 5; tried += 1) {
    await typeDigits(page, journey, '02990173')
    await expect(page.locator('#answer')).toHaveValue('')
    await page.locator('[data-say="unlock.refused-pin"], [data-say="unlock.wait"]').waitFor()
  }
  // Half a minute after the fifth; some of it has gone by on a slow machine.
  await expect(page.locator('[data-say="unlock.wait"]')).toHaveText(/ (1[5-9]|2\d|30) giây/)
  await page.clock.fastForward(1_000)
  await expect(page.locator('[data-say="unlock.wait"]')).toHaveText(/ (1[5-9]|2\d|30) giây/)
})

test('the face on the chip goes after one look, whatever else happens meanwhile', async ({
  kiosk,
  page,
}) => {
  const { dataDir, journey, hall } = kiosk
  await addAssistant(dataDir)
  await journey.identify(() => hall.world.scan('father'))
  await unlock(page, journey)
  await hall.world.setCard('same')
  await page.clock.install()
  await page.locator('[data-tool="face"]').click()
  await page.locator('.staff__face img').waitFor({ timeout: 20_000 })
  await page.clock.fastForward(15_000)
  await page.locator('[data-voice-key="on"]').click()
  await page.locator('[data-voice-key="on"][aria-pressed="true"]').waitFor()
  await page.clock.fastForward(6_000)
  await expect(page.locator('.staff img')).toHaveCount(0, { timeout: 5_000 })
})
