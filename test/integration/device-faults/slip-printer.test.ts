import { randomUUID } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { PrinterFault, PrinterState } from '../../../shared/contract/index.ts'
import { openHall, type Hall } from '../../../electron/training/index.ts'
import { inventedCard, leave, walkToDeclare } from '../../fixtures/file-dossier.ts'
import { builtProgram } from '../../fixtures/kiosk-process.ts'
import { openPage, type PageClient } from '../../fixtures/page-client.ts'
import { qrOf } from '../../fixtures/slip-qr.ts'

/** The slip printer of a whole kiosk fails, in every way that the simulated one can. */

const CODE = '1.004873'

const programs = { socat: 'socat', zbarimg: 'zbar-tools' }
const missing = Object.entries(programs).filter(
  ([program]) => spawnSync(program, ['--version']).error !== undefined,
)
const needs =
  missing.length === 0 || process.env['CI']
    ? ''
    : ` (needs ${missing.map(([program]) => program).join(', ')}: apt-get install ${missing.map(([, name]) => name).join(' ')})`

describe.skipIf(needs !== '')(`the slip printer of a kiosk${needs}`, () => {
  let dataDir = ''
  let hall: Hall
  let page: PageClient
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'kiosk-printer-'))
    const programs = dirname(builtProgram('browser-host.mjs'))
    const opened = await openHall({ programs, dataDir, stderr: 'ignore' })
    if (!opened.ok) throw new Error('the kiosk did not start')
    hall = opened.value
    page = await openPage(hall.url)
  })
  afterEach(async () => {
    await hall.world.setPrinter('none')
    await leave(page)
    await page.see(({ devices }) => devices.printer.state === 'ready')
  })
  afterAll(async () => {
    page.close()
    await hall.close()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 3 })
  })

  let cards = 0
  const toDeclare = () => {
    const card = inventedCard((cards += 1))
    return walkToDeclare(page, () => void hall.world.scanText(card), CODE)
  }
  const sheets = async () =>
    Promise.all(
      (await hall.world.state()).prints
        .filter((name) => name.endsWith('.png'))
        .map((name) => qrOf(join(hall.printsDir, name)).catch(() => 'half a sheet')),
    )

  test.each<[PrinterFault, PrinterState['state']]>([
    ['cover-open', 'cover-open'],
    ['cutter', 'error'],
    ['heat', 'error'],
    ['offline', 'error'],
    ['unplugged', 'disconnected'],
  ])(
    '%s before the slip: it is said, and when it is mended the slip comes',
    async (fault, state) => {
      await toDeclare()
      await hall.world.setPrinter(fault)
      await page.see(({ devices }) => devices.printer.state === state)
      await page.act({ type: 'declare' })
      const { ticket } = await page.screen('done', ({ paper }) => paper.state === 'failed')
      const before = await sheets()
      await hall.world.setPrinter('none')
      const after = await page.screen('done', ({ paper }) => paper.state === 'printed')
      expect(after.ticket).toEqual(ticket)
      expect((await sheets()).slice(before.length)).toEqual([
        expect.stringMatching(/^MCK:S:/),
        expect.stringMatching(new RegExp(`^MCK:T:KM4:\\d{8}:${ticket?.number}$`)),
      ])
    },
  )

  test.each<PrinterFault>(['silent', 'rubbish'])(
    '%s: the slip comes, and nobody claims that it has',
    async (fault) => {
      await toDeclare()
      await hall.world.setPrinter(fault)
      await page.see(({ devices }) => devices.printer.state === 'unknown')
      await page.act({ type: 'declare' })
      const { paper } = await page.screen(
        'done',
        ({ paper: { state } }) => !['waiting', 'printing'].includes(state),
      )
      expect(paper).toEqual({ state: 'unconfirmed' })
    },
  )

  test('a core killed while the slip is printed gives the same number again, and the next citizen the next one', async () => {
    await toDeclare()
    await hall.world.setPrinter('slow')
    await page.act({ type: 'declare' })
    const before = await page.screen('done', ({ paper }) => paper.state === 'printing')
    const command = { commandId: randomUUID() }
    // It never answers: it is dead.
    page.client.training.killCore(command).catch(() => {})
    await page.see(() => false).catch(() => {})
    page.close()
    await hall.world.setPrinter('none')
    page = await vi.waitFor(() => openPage(hall.url), { timeout: 20_000 })
    const after = await page.screen('done', ({ paper }) => paper.state === 'printed')
    expect(after.ticket).toEqual(before.ticket)
    await page.act({ type: 'finish' })

    await toDeclare()
    await page.act({ type: 'declare' })
    const next = await page.screen('done', ({ paper }) => paper.state === 'printed')
    const tickets = (await sheets()).filter((code) => code.startsWith('MCK:T:'))
    const number = next.ticket?.number ?? 'none'
    expect(tickets.filter((code) => code.endsWith(number))).toHaveLength(1)
    const counted = (numbered: string | undefined) => Number(numbered?.slice(1))
    expect(counted(number)).toBe(counted(before.ticket?.number) + 1)
  })
})
