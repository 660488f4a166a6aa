import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { drawSheet } from '../../test/fixtures/sheet-scene.ts'
import { PAGE_MAX_BYTES } from '../../shared/contract/index.ts'
import { encodeGrayJpeg } from '../../shared/imaging/gray-jpeg.ts'
import { createKeyProvider } from '../store/keys.ts'
import { createSealedFiles } from '../store/index.ts'
import { inventedRef, must, temporaryDir } from '../store/testing.ts'
import { checkPage } from './check-page.ts'
import { createCaptured, createDesk, createDoors, PAPER_LIMITS } from './index.ts'
import { pagesToPdf } from './pdf.ts'

const keys = createKeyProvider(new Uint8Array(32).fill(7))
const REF = inventedRef(1)
const page = encodeGrayJpeg(drawSheet(), 70)

async function* chunks(...parts: Uint8Array[]) {
  for (const part of parts) yield part
}

/** A desk over real sealed files, for a visit that wants every page until it ends. */
async function openDesk() {
  const dir = await temporaryDir()
  const files = createSealedFiles(dir, keys)
  const captured = createCaptured(files)
  let tokens = 0
  let pages = 0
  let goesOn = true
  let changes = 0
  const taken: string[] = []
  const logged: string[] = []
  const doors = createDoors(() => `token-${(tokens += 1)}`)
  const desk = createDesk({
    doors,
    captured,
    newPageId: () => `page-${(pages += 1)}`,
    taken: (_clientRef, _component, id) => {
      if (goesOn) taken.push(id)
      return goesOn
    },
    discard: (clientRef) => void files.eraseOpened(clientRef),
    changed: () => (changes += 1),
    log: (event, details) => logged.push(JSON.stringify({ event, ...details })),
  })
  const door = () => doors.open({ kind: 'upload', clientRef: REF, component: 'giay' })
  const bring = (
    body: AsyncIterable<Uint8Array>,
    { token = door(), contentType = 'image/jpeg', contentLength = null as number | null } = {},
  ) => desk.handle({ method: 'POST', token, contentType, contentLength, body })
  const show = (id: string) => {
    const token = doors.open({ kind: 'picture', clientRef: REF, page: id })
    return desk.handle({
      method: 'GET',
      token,
      contentType: null,
      contentLength: null,
      body: chunks(),
    })
  }
  return {
    dir,
    files,
    captured,
    doors,
    desk,
    door,
    bring,
    show,
    taken,
    logged,
    changes: () => changes,
    end: () => (goesOn = false),
  }
}

const codeOf = ({ body }: { body: Uint8Array }) => JSON.parse(Buffer.from(body).toString()).code

describe('a captured page', () => {
  it('is sealed, and its picture comes back as it was', async () => {
    const { bring, show, taken, dir } = await openDesk()
    expect((await bring(chunks(page.subarray(0, 5000), page.subarray(5000)))).status).toBe(201)
    expect(taken).toEqual(['page-1'])
    const picture = await show('page-1')
    expect(picture).toMatchObject({ status: 200, contentType: 'image/jpeg' })
    expect(Buffer.compare(picture.body, page)).toBe(0)
    const folder = join(dir, 'outbox', REF)
    for (const name of await readdir(folder)) {
      const sealed = await readFile(join(folder, name))
      expect(sealed.includes(Buffer.from(page.subarray(0, 64)))).toBe(false)
    }
  })

  it('is taken through its address once', async () => {
    const { bring, door } = await openDesk()
    const token = door()
    expect((await bring(chunks(page), { token })).status).toBe(201)
    const again = await bring(chunks(page), { token })
    expect([again.status, codeOf(again)]).toEqual([410, 'spent'])
  })

  it('that breaks off has a new address on the screen', async () => {
    const { bring, door, changes } = await openDesk()
    const token = door()
    async function* breaksOff() {
      yield page.subarray(0, 100)
      throw new Error('ECONNRESET')
    }
    await expect(bring(breaksOff(), { token })).rejects.toThrow('ECONNRESET')
    expect(changes()).toBe(1)
    expect(door()).not.toBe(token)
  })

  it('that comes through a spent address has the new one shown; a guessed one shows nothing', async () => {
    const { bring, door, changes } = await openDesk()
    const token = door()
    await bring(chunks(page), { token })
    const before = changes()
    await bring(chunks(page), { token })
    expect(changes()).toBe(before + 1)
    await bring(chunks(page), { token: 'guessed' })
    expect(changes()).toBe(before + 1)
  })

  it('is not taken through an address of a visit that has ended', async () => {
    const { bring, door, doors } = await openDesk()
    const token = door()
    doors.closeAll(REF)
    expect((await bring(chunks(page), { token })).status).toBe(410)
  })

  it('is not taken through an address that never was, nor one for looking', async () => {
    const { bring, doors } = await openDesk()
    expect((await bring(chunks(page), { token: 'guessed' })).status).toBe(403)
    const token = doors.open({ kind: 'picture', clientRef: REF, page: 'page-1' })
    expect((await bring(chunks(page), { token })).status).toBe(403)
  })

  it('leaves nothing behind where the visit ended while it was on its way', async () => {
    const { bring, end, dir } = await openDesk()
    end()
    expect((await bring(chunks(page))).status).toBe(410)
    await expect.poll(() => existsSync(join(dir, 'outbox', REF)), { timeout: 20_000 }).toBe(false)
  })

  /** The page with these bytes before its first segment. */
  const withBefore = (bytes: number[]) =>
    Uint8Array.from([...page.subarray(0, 2), ...bytes, ...page.subarray(2)])
  const bomb = Uint8Array.from(page)
  bomb.set(
    [0xff, 0xff, 0xff, 0xff],
    page.findIndex((byte, at) => byte === 0xff && page[at + 1] === 0xc0) + 5,
  )
  const progressive = Uint8Array.from(page)
  progressive[page.findIndex((byte, at) => byte === 0xff && page[at + 1] === 0xc0) + 1] = 0xc2

  it.each<[string, number, Uint8Array]>([
    ['pdf', 415, Buffer.from('%PDF-1.7\n1 0 obj << /Filter /FlateDecode >> stream')],
    ['pdf', 415, Buffer.concat([Buffer.alloc(100), Buffer.from('%PDF-1.4')])],
    ['not-a-jpeg', 415, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])],
    ['not-a-jpeg', 415, Buffer.from('GIF89a')],
    ['not-a-jpeg', 415, Buffer.alloc(0)],
    ['broken', 415, page.subarray(0, 30)],
    ['unusual', 415, progressive],
    ['unusual', 415, withBefore([0xff])],
    ['unusual', 415, withBefore([0xff, 0xcc, 0, 4, 0, 0])],
    ['too-many-pixels', 413, bomb],
    ['too-small', 415, encodeGrayJpeg({ width: 8, height: 8, data: new Uint8Array(64) }, 70)],
  ])('is refused by name: %s, %i', async (code, status, bytes) => {
    const { bring, taken, dir } = await openDesk()
    const answer = await bring(chunks(bytes))
    expect([answer.status, codeOf(answer), taken]).toEqual([status, code, []])
    expect(existsSync(join(dir, 'outbox'))).toBe(false)
  })

  it('is refused as soon as it is too large, said or sent', async () => {
    const { bring } = await openDesk()
    const said = await bring(chunks(page), { contentLength: PAGE_MAX_BYTES + 1 })
    expect(said.status).toBe(413)
    let sent = 0
    async function* endless() {
      for (;;) {
        sent += 1
        yield new Uint8Array(1024 * 1024)
      }
    }
    expect((await bring(endless())).status).toBe(413)
    expect(sent).toBe(5)
  })

  it('is refused before anything is decoded where it is a bomb', async () => {
    let decoded = 0
    const decode = async () => {
      decoded += 1
      return null
    }
    expect(await checkPage(bomb, decode)).toEqual({ ok: false, error: 'too-many-pixels' })
    expect(decoded).toBe(0)
  })

  it('is refused where the decoder gives up on it', async () => {
    const cut = page.subarray(
      0,
      page.findIndex((byte, at) => byte === 0xff && page[at + 1] === 0xda),
    )
    expect(await checkPage(cut)).toEqual({ ok: false, error: 'undecodable' })
  })

  it('is never quoted in the log', async () => {
    const { bring, logged } = await openDesk()
    await bring(chunks(Buffer.from('Nguyễn Văn Ví Dụ')))
    expect(logged).toEqual(['{"event":"paper-refused","code":"not-a-jpeg"}'])
  })
})

describe('addresses', () => {
  it('of one door stay the same until it is used', () => {
    let count = 0
    const doors = createDoors(() => `t${(count += 1)}`)
    const door = { kind: 'upload', clientRef: REF, component: 'giay' } as const
    expect(doors.open(door)).toBe(doors.open({ ...door }))
    expect(doors.use('t1', 'upload')).toEqual(door)
    expect(doors.open(door)).toBe('t2')
  })

  it('that were spent are remembered in bounds', () => {
    let count = 0
    const doors = createDoors(() => `t${(count += 1)}`)
    for (let at = 0; at <= PAPER_LIMITS.SPENT_REMEMBERED; at += 1) {
      const token = doors.open({ kind: 'upload', clientRef: REF, component: 'giay' })
      doors.use(token, 'upload')
    }
    expect(doors.use('t1', 'upload')).toBe('unknown')
    expect(doors.use('t2', 'upload')).toBe('spent')
  })
})

describe('the pages of a paper', () => {
  const papers = [
    {
      component: 'giay',
      pages: [
        { id: 'page-1', turns: 0 },
        { id: 'page-2', turns: 1 },
      ],
    },
  ]

  async function gathered() {
    const at = await openDesk()
    must(await at.captured.write(REF, 'page-1', page))
    must(await at.captured.write(REF, 'page-2', page))
    const made = must(await at.captured.gather(REF, papers))
    if (made === 'none') throw new Error('none')
    const pdf = must(await at.captured.read(REF, 'paper-1'))
    const file = join(at.dir, 'paper.pdf')
    await writeFile(file, pdf)
    return { ...at, made, pdf, file }
  }

  it('may lie anywhere in memory', async () => {
    const within = Buffer.concat([Buffer.alloc(100), page]).subarray(100)
    const [one, other] = [within, Uint8Array.from(page)].map((jpeg) =>
      pagesToPdf([{ jpeg, turns: 0 }]),
    )
    expect(await one).toEqual(await other)
  })

  it('become one small PDF of grey A4 pages, turned as they were turned', async () => {
    const { file, made, pdf } = await gathered()
    const info = execFileSync('pdfinfo', ['-f', '1', '-l', '2', file], { encoding: 'utf8' })
    expect(info).toMatch(/Pages:\s+2/)
    expect(info).toMatch(/Page\s+1 size:\s+595.28 x 841.89 pts \(A4\)/)
    expect(info).toMatch(/Page\s+2 rot:\s+90/)
    const images = execFileSync('pdfimages', ['-list', file], { encoding: 'utf8' })
    expect(images.match(/image\s+1240\s+1754\s+gray\s+1\s+8\s+jpeg/g)).toHaveLength(2)
    expect(pdf.length).toBeLessThan(400_000)
    expect(made.list).toMatchObject([{ id: 'paper-1', kind: 'giay', size: pdf.length }])
  })

  it('become the same bytes when a core was killed and does it again', async () => {
    const { captured, made } = await gathered()
    expect(must(await captured.gather(REF, papers))).toMatchObject({ list: made.list })
  })

  it('are damaged, by name, where no PDF can be made of one', async () => {
    const { captured } = await openDesk()
    must(await captured.write(REF, 'page-1', Buffer.from('no picture')))
    must(await captured.write(REF, 'page-2', page))
    expect(await captured.gather(REF, papers)).toEqual({ ok: false, error: 'damaged' })
  })

  it('are no file where nothing was captured', async () => {
    const { captured } = await openDesk()
    expect(must(await captured.gather(REF, []))).toBe('none')
  })

  it('are gone with the visit, and stay where a filing came of it', async () => {
    const { captured, files, made, dir } = await gathered()
    const other = inventedRef(2)
    must(await captured.write(other, 'page-1', page))
    const { inventedDescription } = await import('../store/testing.ts')
    must(
      await files.confirm(
        REF,
        made.key,
        inventedDescription(1, Buffer.from('x')),
        Buffer.from('x'),
      ),
    )
    must(await files.eraseOpened(REF))
    must(await files.eraseOtherOpened(null))
    expect(await readdir(join(dir, 'outbox'))).toEqual([REF])
  })

  it('of the visit that goes on survive a new core', async () => {
    const { files, dir } = await gathered()
    must(await files.eraseOtherOpened(REF))
    const later = createCaptured(createSealedFiles(dir, keys))
    expect(Buffer.compare(must(await later.read(REF, 'page-1')), page)).toBe(0)
  })
})
