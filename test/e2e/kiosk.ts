import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test as base, type Page } from '@playwright/test'
import { openHall, walk, type Hall, type Journey } from '../../electron/training/index.ts'
import { plans } from '../fixtures/plans.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

export interface Kiosk {
  readonly dataDir: string
  readonly hall: Hall
  readonly journey: Journey
  /** Kills the shell as `kill -9` would, and starts another on the same data. */
  restartShell(): Promise<void>
}

/** Procedures as they stand in the files of a pack. */
export interface Pack {
  readonly procedures: readonly { readonly code: string }[]
}

/**
 * A kiosk of its own for each test: shell, core and invented world on real processes. `pack` are
 * procedures in the place of those that are shipped; null takes those.
 */
export const test = base.extend<{ pack: Pack | null; kiosk: Kiosk }>({
  pack: [null, { option: true }],
  kiosk: async ({ page, pack }, use) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-e2e-'))
    const installed = pack === null ? root : await install(pack)
    const programs = join(installed, 'dist/electron')
    let hall = await open(programs, dataDir)
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
        hall = await open(programs, dataDir)
        await page.goto(hall.url)
      },
    })
    await hall.close()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
    if (pack !== null) await rm(installed, { recursive: true, force: true })
    expect(complaints).toEqual([])
  },
})

export { expect }

/** The built kiosk with other procedures: programs look for what they need beside themselves. */
async function install({ procedures }: Pack): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-e2e-pack-'))
  await cp(join(root, 'dist'), join(dir, 'dist'), { recursive: true })
  await symlink(join(root, 'node_modules'), join(dir, 'node_modules'))
  await mkdir(join(dir, 'resources/procedures'), { recursive: true })
  const shipped = (await readdir(join(root, 'resources'))).filter((name) => name !== 'procedures')
  for (const name of shipped) {
    await symlink(join(root, 'resources', name), join(dir, 'resources', name))
  }
  for (const procedure of procedures) {
    const file = join(dir, 'resources/procedures', `${procedure.code}.json`)
    await writeFile(file, JSON.stringify(procedure))
  }
  return dir
}

async function open(programs: string, dataDir: string): Promise<Hall> {
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

/** From the check page to the telephone number, which is offered there and not asked. */
export async function addPhone({ journey }: Kiosk, page: Page): Promise<void> {
  await journey.tap(page.locator('.row--press', { hasText: 'Số điện thoại' }))
  await journey.waitFor('procedure.1.004873.question.contact.phone')
}

/** From the check page to a filing that the kiosk has promised to deliver. */
export async function fileIt({ journey }: Kiosk): Promise<void> {
  await journey.declare()
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

/** Kills the core as `kill -9` would and waits until the page talks to the next one. */
export async function killCore(page: Page, shellPid: number | undefined): Promise<void> {
  const [pid] = await corePids(shellPid ?? 0)
  if (pid === undefined) throw new Error('no core is running')
  const back = page.waitForEvent('websocket')
  process.kill(pid, 'SIGKILL')
  await back
  // The page takes no touch until it has the new core's word.
  await expect(page.locator('body [inert]')).toHaveCount(0, { timeout: 15_000 })
}
