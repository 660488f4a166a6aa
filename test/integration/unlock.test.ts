import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startKiosk, type KioskProcess } from '../fixtures/kiosk-process.ts'
import { openPage, type PageClient } from '../fixtures/page-client.ts'
import { runCli } from '../fixtures/run-cli.ts'

/** Who guesses a PIN with a program: a page of the true bridge, a built kiosk, cores that are killed. */

const PIN = '204681'
let dir = ''
let kiosk: KioskProcess
let page: PageClient

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-unlock-'))
  kiosk = startKiosk(['--training', '--headless', '--data-dir', dir])
  page = await openPage(await kiosk.url)
})
afterAll(async () => {
  page.close()
  await kiosk.close()
  await rm(dir, { recursive: true, force: true, maxRetries: 3 })
})

const staff = (...words: string[]) =>
  runCli(['staff', ...words, '--data-dir', dir], { stdin: `${PIN}\n` })

async function ask(): Promise<void> {
  await page.act({ type: 'start' })
  await page.act({ type: 'call-help' })
  await page.client.citizen.unlock.ask({ commandId: randomUUID(), open: true })
}

const guess = async (pin: string) => {
  const order = { commandId: randomUUID(), assistant: '02', pin }
  return (await page.client.citizen.unlock.try(order)).outcome
}

it('meets the same count on every wire and over every restart, and learns nothing more', async () => {
  expect(await staff('add', '02')).toMatchObject({ code: 0, complaints: [] })
  await ask()
  const guesses = Array.from({ length: 12 }, (_, at) => String(100_000 + at * 7))
  const outcomes = await Promise.all(guesses.map(guess))
  expect(outcomes.filter((outcome) => outcome === 'wrong')).toHaveLength(5)
  expect(outcomes.filter((outcome) => outcome === 'shut')).toHaveLength(7)
  const face = page.client.staff.card.face({ digits: null })
  await expect(face).rejects.toMatchObject({ code: 'FORBIDDEN' })

  process.kill((await kiosk.corePid()) ?? 0, 'SIGKILL')
  await expect(page.see(() => false)).rejects.toThrow('the core went away')
  const back = async () => {
    page = await openPage(await kiosk.url)
    return page.see(() => true).then(() => 'there')
  }
  await expect.poll(back, { timeout: 20_000 }).toBe('there')
  await page.client.citizen.unlock.ask({ commandId: randomUUID(), open: true })
  expect(await guess(PIN)).toBe('shut')

  expect(await staff('reset')).toMatchObject({ code: 0 })
  expect(await guess(PIN)).toBe('unlocked')
  const journal = await staff('journal', '--limit', '100')
  const tries = journal.stdout.split('\n').filter((line) => line.includes('unlock-tried'))
  expect(tries).toHaveLength(6)
  for (const digits of [PIN, ...guesses]) expect(journal.stdout).not.toContain(digits)
})
