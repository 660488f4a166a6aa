import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test as base } from '@playwright/test'
import { openHall, walk, type Hall, type Journey } from '../../electron/training/index.ts'
import { plans } from '../fixtures/plans.ts'

const programs = fileURLToPath(new URL('../../dist/electron', import.meta.url))

interface Kiosk {
  readonly dataDir: string
  readonly hall: Hall
  readonly journey: Journey
  /** Kills the shell as `kill -9` would, and starts another on the same data. */
  restartShell(): Promise<void>
}

/** A kiosk of its own for each test: shell, core and invented world on real processes. */
export const test = base.extend<{ kiosk: Kiosk }>({
  kiosk: async ({ page }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-e2e-'))
    let hall = await open(dataDir)
    const complaints: string[] = []
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('console', (message) => {
      // A core that is killed takes its socket along; the browser notes it.
      if (
        message.type() === 'error' &&
        !/WebSocket|ERR_(CONNECTION|SOCKET|EMPTY_RESPONSE)/.test(message.text())
      ) {
        complaints.push(message.text())
      }
    })
    // A kiosk's page never leaves the machine.
    await page.route(
      (url) => url.hostname !== '127.0.0.1',
      async (route) => {
        complaints.push(`asked for ${route.request().url()}`)
        await route.abort()
      },
    )
    await page.goto(hall.url)
    await use({
      dataDir,
      get hall() {
        return hall
      },
      journey: walk(page),
      async restartShell() {
        const gone = new Promise((resolve) => hall.shell.once('exit', resolve))
        hall.shell.kill('SIGKILL')
        await gone
        hall = await open(dataDir)
        await page.goto(hall.url)
      },
    })
    await hall.close()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    expect(complaints).toEqual([])
  },
})

export { expect }

async function open(dataDir: string): Promise<Hall> {
  const opened = await openHall({ programs, dataDir, stderr: 'ignore' })
  if (!opened.ok) throw new Error('the kiosk did not start')
  return opened.value
}

/** From the first screen to the check page. */
export async function walkToReview({ journey, hall }: Kiosk, code: string): Promise<void> {
  const plan = plans[code]
  if (!plan) throw new Error(`no plan for ${code}`)
  await journey.identify(() => hall.world.scan('father'))
  await journey.choose(plan.group, code)
  await journey.goOn()
  await journey.answerAll(plan.answers)
}

/** From the check page to a filing that the kiosk has promised to deliver. */
export async function fileIt({ journey }: Kiosk): Promise<void> {
  await journey.goOn()
  await journey.waitFor('declare.title')
  await journey.goOn()
  await journey.waitFor('done.*')
}

/** Every file of the kiosk itself, as bytes; what lies in the invented world outside is left out. */
export async function kioskBytes(dataDir: string): Promise<Buffer> {
  const files = await readdir(dataDir, { recursive: true, withFileTypes: true })
  const own = files.filter(
    (file) => file.isFile() && !file.parentPath.startsWith(join(dataDir, 'training')),
  )
  return Buffer.concat(
    await Promise.all(own.map((file) => readFile(join(file.parentPath, file.name)))),
  )
}

/** Process ids of the core below a shell, by its program's name. */
export async function corePids(shellPid: number): Promise<number[]> {
  const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    processes.map(async (pid) => {
      const [stat, command] = await Promise.all(
        ['stat', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
      )
      const parent = Number(stat?.split(') ')[1]?.split(' ')[1])
      return parent === shellPid && command?.includes('core.mjs') ? [Number(pid)] : []
    }),
  )
  return found.flat()
}
