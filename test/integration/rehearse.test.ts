import { execFile } from 'node:child_process'
import { accessSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, isAbsolute, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { findBrowser } from '../../electron/shell/browser.ts'
import { runCli } from '../fixtures/run-cli.ts'

/** The readiness check as a technician runs it before opening. */

const run = promisify(execFile)

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-rehearse-'))
})
afterAll(() => rm(dir, { recursive: true, force: true, maxRetries: 3 }))

const filed = {
  filing: z.uuidv7(),
  dossierCode: z.string().regex(/^H19\.99-\d{8}-\d{7}$/),
  slip: z.string(),
  ticket: z.string(),
  receiptPdf: z.string(),
}
const reportSchema = z.strictObject({
  ok: z.literal(true),
  identified: z.tuple([z.literal('qr'), z.literal('chip'), z.literal('wedge')]),
  steps: z.array(z.strictObject({ name: z.string(), ms: z.int().min(0) })),
  ...filed,
  offline: z.strictObject(filed),
  taps: z.int(),
  charactersTyped: z.int(),
})

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program))
      return true
    } catch {
      return false
    }
  })
}

const needs = [
  ...['pdftotext', 'zbarimg', 'socat'].filter((program) => !isOnPath(program)),
  ...(findBrowser() === null ? ['chromium'] : []),
]
const missing = needs.length === 0 || process.env['CI'] ? '' : ` (needs ${needs.join(', ')})`

describe('rehearse', () => {
  test.skipIf(missing)(
    `files online and offline, and its paper, PDF and JSON agree${missing}`,
    async () => {
      const ran = await runCli(['rehearse', '--json', '--data-dir', dir])
      expect(ran).toMatchObject({ code: 0, complaints: [] })
      expect(ran.stdout).toMatch(/^[^\n]+\n$/)
      const report = reportSchema.parse(JSON.parse(ran.stdout))

      const qrOf = async (png: string) => (await run('zbarimg', ['-q', '--raw', png])).stdout.trim()
      for (const one of [report, report.offline]) {
        for (const file of [one.slip, one.ticket, one.receiptPdf]) {
          expect(isAbsolute(file)).toBe(true)
          expect((await stat(file)).size).toBeGreaterThan(0)
        }
        expect(await qrOf(one.slip)).toBe(`MCK:S:${one.filing}`)
        expect(await qrOf(one.ticket)).toMatch(/^MCK:T:KM4:\d{8}:[A-Z]\d{3}$/)
        const { stdout: text } = await run('pdftotext', ['-layout', one.receiptPdf, '-'])
        expect(text).toContain(one.dossierCode)
        expect(text).toContain('Nguyễn Văn Ví Dụ')
      }
      expect(report.offline.filing).not.toBe(report.filing)
      expect(report.offline.dossierCode).not.toBe(report.dossierCode)

      const list = await runCli(['outbox', 'list', '--json', '--data-dir', join(dir, 'rehearsal')])
      expect(JSON.parse(list.stdout)).toMatchObject(
        [report, report.offline].map(({ filing, dossierCode }) => ({
          clientRef: filing,
          dossierCode,
          state: 'ERASED',
        })),
      )

      const names = report.steps.map(({ name }) => name)
      expect(names).toContain('online: the portal accepts')
      expect(names).toContain('offline: the line is back')
      expect(names).toContain('chip: the card is proved')
      expect(names).toContain('wedge: the citizen writes what was lost')
      expect(report.taps).toBeGreaterThan(10)
      expect(report.taps).toBeLessThan(40)
      // This procedure asks nothing that has to be typed.
      expect(report.charactersTyped).toBe(0)
    },
    120_000,
  )

  test.skipIf(missing)(
    `files a procedure with two cards and walks every way through its form${missing}`,
    async () => {
      const args = ['rehearse', '--procedure', '1.000894', '--json', '--data-dir', dir]
      const ran = await runCli(args)
      expect(ran).toMatchObject({ code: 0, complaints: [] })
      const report = z
        .looseObject({ ways: z.int().min(2), walked: z.int(), refused: z.int().min(1) })
        .parse(JSON.parse(ran.stdout))
      expect(report).toMatchObject({ code: '1.000894', ok: true, filed: true, missed: [] })
      expect(report.walked).toBe(report.ways)
    },
    120_000,
  )

  test('a procedure that there is not could not be rehearsed', async () => {
    expect(await runCli(['rehearse', '--procedure', '9.000001', '--data-dir', dir])).toMatchObject({
      code: 2,
      complaints: ['no procedure 9.000001: name the code of a built-in one, or all'],
    })
  })

  test('without a browser it could not run, and says what to install', async () => {
    const env = { ...process.env, PATH: dirname(process.execPath) }
    expect(await runCli(['rehearse', '--json', '--data-dir', dir], { env })).toEqual({
      code: 2,
      stdout: '',
      complaints: ['no browser: install Chromium (apt-get install chromium)'],
    })
  })

  test('with a browser that does not start it could not run, and ends what it had begun', async () => {
    const programs = await mkdtemp(join(dir, 'programs-'))
    await writeFile(join(programs, 'chromium'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    const env = { ...process.env, PATH: [programs, dirname(process.execPath)].join(delimiter) }
    expect(await runCli(['rehearse', '--json', '--data-dir', dir], { env })).toEqual({
      code: 2,
      stdout: '',
      complaints: [
        `the browser did not start: run ${programs}/chromium --headless and read its lines`,
      ],
    })
  })
})
