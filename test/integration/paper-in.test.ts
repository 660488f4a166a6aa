import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { encodeGrayJpeg } from '../../shared/imaging/gray-jpeg.ts'
import { PAGE_MAX_BYTES } from '../../shared/contract/index.ts'
import { inventedCard, leave, walkThroughAnswers } from '../fixtures/file-dossier.ts'
import { startInService, type KioskInService } from '../fixtures/kiosk-in-service.ts'
import { openPage, type PageClient } from '../fixtures/page-client.ts'
import { drawSheet } from '../fixtures/sheet-scene.ts'

/** Paper in, at a real kiosk: through its addresses, and from a scanner that SANE drives. */

const CODE = '1.001193'
/** A machine that does other things too takes its time to start a core again. */
const PATIENT = { timeout: 20_000 } as const
/** Each visit has a card of its own: the same one twice within a moment counts once. */
let visits = 0
const sheet = new Uint8Array(encodeGrayJpeg(drawSheet(), 70))

/** A page without a browser, on the screen of the first paper. */
async function atPapers(at: KioskInService): Promise<PageClient> {
  const page = await openPage(await at.kiosk.url)
  await leave(page)
  await walkThroughAnswers(page, () => void at.world.scanText(inventedCard((visits += 1))), CODE)
  await page.screen('papers')
  return page
}

/** A page on a kiosk whose core is just being started again. */
async function openAgain(url: string): Promise<PageClient> {
  let page: PageClient | null = null
  await expect
    .poll(async () => {
      page ??= await openPage(url).catch(() => null)
      return page !== null
    }, PATIENT)
    .toBe(true)
  return page ?? openPage(url)
}

/** The folders of filings and visits. */
const folders = (at: KioskInService) => readdir(join(at.dataDir, 'store/outbox'))

async function fileIt(page: PageClient): Promise<void> {
  await page.act({ type: 'accept-paper' })
  await page.screen('review')
  await page.act({ type: 'accept-review' })
  await page.screen('declare')
  await page.act({ type: 'declare' })
  await page.screen('done', ({ delivery }) => delivery.state === 'accepted')
}

describe('the addresses of a real kiosk', () => {
  let at: KioskInService
  beforeAll(async () => {
    at = await startInService()
  })
  afterAll(() => at.close())

  async function bring(
    path: string,
    body: Uint8Array<ArrayBuffer>,
    headers: Record<string, string> = {},
  ) {
    const { origin } = new URL(await at.kiosk.url)
    return fetch(`${origin}${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'image/jpeg', ...headers },
      body,
    })
  }
  /** The address for the next page. */
  const upload = async (page: PageClient, not = '') =>
    (await page.screen('papers', ({ upload: path }) => path !== not)).upload ?? ''

  test('a page is taken once, shown once, sealed, and filed', async () => {
    const page = await atPapers(at)
    const path = await upload(page)
    expect((await bring(path, sheet)).status).toBe(201)
    expect((await bring(path, sheet)).status).toBe(410)
    const { pages } = await page.screen('papers', (shown) => shown.pages.length === 1)
    const { origin } = new URL(await at.kiosk.url)
    const picture = await fetch(`${origin}${pages[0]?.url}`)
    expect(Buffer.from(await picture.arrayBuffer()).equals(sheet)).toBe(true)
    expect((await fetch(`${origin}${pages[0]?.url}`)).status).toBe(410)
    for (const folder of await folders(at)) {
      for (const name of await readdir(join(at.dataDir, 'store/outbox', folder))) {
        const sealed = await readFile(join(at.dataDir, 'store/outbox', folder, name))
        expect(sealed.includes(Buffer.from(sheet.subarray(0, 64)))).toBe(false)
      }
    }
    await fileIt(page)
    const [pdf] = await readdir(at.uploads)
    expect((await readFile(join(at.uploads, pdf ?? ''))).subarray(0, 5).toString()).toBe('%PDF-')
    await page.act({ type: 'finish' })
    await expect.poll(() => folders(at), PATIENT).toEqual([])
    page.close()
  })

  test('what is no page is refused by name, and the next address works', async () => {
    const page = await atPapers(at)
    const answers: [number, string][] = []
    let path = ''
    for (const [body, headers] of [
      [Buffer.from('%PDF-1.7 a bomb'), {}],
      [Buffer.from('no picture at all'), {}],
      [sheet, { 'content-type': 'application/pdf' }],
      [new Uint8Array(PAGE_MAX_BYTES + 1), {}],
    ] as const) {
      path = await upload(page, path)
      const answer = await bring(path, body, headers)
      answers.push([answer.status, (await answer.json()).code])
    }
    expect(answers).toEqual([
      [415, 'pdf'],
      [415, 'not-a-jpeg'],
      [415, 'content-type'],
      [413, 'too-large'],
    ])
    expect((await bring('/papers/guessed', sheet)).status).toBe(403)
    expect((await bring(await upload(page, path), sheet)).status).toBe(201)
    page.close()
  })

  test('an address ends with its visit, and what was captured goes with it', async () => {
    const page = await atPapers(at)
    const first = await upload(page)
    expect((await bring(first, sheet)).status).toBe(201)
    const path = await upload(page, first)
    await leave(page)
    expect((await bring(path, sheet)).status).toBe(410)
    await expect.poll(() => folders(at), PATIENT).toEqual([])
    page.close()
  })

  test('a core that is killed finds the page again and files it', async () => {
    const page = await atPapers(at)
    expect((await bring(await upload(page), sheet)).status).toBe(201)
    await page.screen('papers', ({ pages }) => pages.length === 1)
    const url = await at.kiosk.url
    const before = await at.kiosk.corePid()
    process.kill(before ?? 0, 'SIGKILL')
    await expect.poll(at.kiosk.corePid, PATIENT).not.toBe(before)
    const next = await openAgain(url)
    await next.screen('papers', ({ pages }) => pages.length === 1)
    await fileIt(next)
    next.close()
  })
})

const missing =
  spawnSync('scanimage', ['--version']).status === 0 || process.env['CI']
    ? ''
    : ' (needs scanimage: apt-get install sane-utils)'

describe.skipIf(missing)(`a scanner at a real kiosk${missing}`, () => {
  let at: KioskInService
  let config = ''
  beforeAll(async () => {
    config = await mkdtemp(join(tmpdir(), 'kiosk-sane-'))
    await writeFile(join(config, 'dll.conf'), 'test\n')
    at = await startInService(
      { documentScanner: { kind: 'sane', device: 'test:0' } },
      { SANE_CONFIG_DIR: config },
    )
  })
  afterAll(async () => {
    await at.close()
    await rm(config, { recursive: true })
  })

  test('its page is filed as a captured one', async () => {
    const page = await atPapers(at)
    expect(await page.screen('papers')).toMatchObject({ source: 'scanner', upload: null })
    await page.act({ type: 'scan-paper' })
    await page.screen('papers', ({ pages }) => pages.length > 0)
    await page.see(({ devices: { documentScanner } }) => documentScanner.state === 'ready')
    await fileIt(page)
    const [pdf] = await readdir(at.uploads)
    const list = execFileSync('pdfimages', ['-list', join(at.uploads, pdf ?? '')], {
      encoding: 'utf8',
    })
    expect(list).toMatch(/gray\s+1\s+8\s+jpeg/)
    page.close()
  })

  test('its feeder gives all sheets at one press, each a page of the paper, filed as one file', async () => {
    const before = new Set(await readdir(at.uploads))
    const page = await atPapers(at)
    await page.see(({ devices: { documentScanner } }) => documentScanner.state === 'ready')
    await page.act({ type: 'scan-paper' })
    await page.see(
      ({ devices: { documentScanner }, session }) =>
        session.screen === 'papers' &&
        session.pages.length === 10 &&
        documentScanner.state === 'ready',
    )
    // The test scanner's feeder has ten sheets; two more fit.
    await page.act({ type: 'scan-paper' })
    await page.screen('papers', ({ full }) => full)
    await page.see(({ devices: { documentScanner } }) => documentScanner.state === 'ready')
    expect((await page.screen('papers')).pages).toHaveLength(12)
    await fileIt(page)
    const pdf = (await readdir(at.uploads)).find((name) => !before.has(name))
    const info = execFileSync('pdfinfo', [join(at.uploads, pdf ?? '')], { encoding: 'utf8' })
    expect(info).toMatch(/Pages:\s+12/)
    page.close()
  })
})
