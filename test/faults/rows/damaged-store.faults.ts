import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createWholeKiosk, isOn, type WholeKiosk } from '../disk/whole-kiosk.ts'

/** D4 on the installed programs: the database is lost, the sealed envelopes are not. */

let kiosk: WholeKiosk
beforeEach(async () => {
  kiosk = await createWholeKiosk()
})
afterEach(() => kiosk.close())

const database = (): string => join(kiosk.storeDir, 'kiosk.sqlite')
const DROP = { kind: 'drop', when: 'before-read' } as const

const damages: readonly [name: string, spoil: () => Promise<void>, kept: number][] = [
  [
    'pages of it are spoilt',
    async () => {
      const bytes = await readFile(database())
      await writeFile(database(), bytes.fill(0xff, 4096))
    },
    1,
  ],
  ['it is no database', () => writeFile(database(), 'no database '.repeat(1000)), 1],
  ['it is gone', () => rm(database()), 0],
  ['its log is gone', () => rm(`${database()}-wal`), 1],
]

it.each(damages)(
  'D4 %s: kept aside, rebuilt from the envelopes, asked for before anything is sent',
  async (_name, spoil, kept) => {
    await kiosk.start()
    const page = await kiosk.page(isOn('attract'))
    // The portal takes the first filing, and the kiosk never hears of it, nor of anything else.
    let first = ''
    kiosk.front.rule(({ what, clientRef }) => {
      if (what !== 'file' || first !== '') return DROP
      first = clientRef
      return { kind: 'drop', when: 'after-commit' }
    })
    await kiosk.file(page)
    await vi.waitFor(() => expect(kiosk.sandbox.accepted()).toBe(1), { timeout: 20_000 })
    await kiosk.file(page)
    page.close()
    const before = await kiosk.filings()
    await kiosk.crash()
    await spoil()

    const seenBefore = kiosk.front.seen.length
    kiosk.front.rule(undefined)
    await kiosk.start()
    await vi.waitFor(
      async () => {
        const states = (await kiosk.filings()).map(({ state }) => state)
        expect(states).toEqual(['ERASED', 'ERASED'])
      },
      { timeout: 30_000 },
    )
    const slips = ({ clientRef, shortRef }: (typeof before)[number]) => [clientRef, shortRef]
    expect((await kiosk.filings()).map(slips)).toEqual(before.map(slips))
    // The first was there already; the other was unknown there, and was sent then.
    expect(kiosk.front.count('file', first)).toBe(1)
    const second = before[1]?.clientRef ?? ''
    const after = kiosk.front.seen.slice(seenBefore).map(({ what }) => what)
    expect(after.find((what) => what !== 'health')).not.toBe('file')
    expect(kiosk.sandbox.filings().map(({ clientRef }) => clientRef)).toEqual([first, second])

    const aside = (await readdir(kiosk.storeDir)).filter((name) => /damaged-\d+$/.test(name))
    expect(aside).toHaveLength(kept)
    expect(kiosk.events()).toContainEqual(
      expect.objectContaining({ event: 'alarm', code: 'store-rescued', filings: 2 }),
    )
    expect(await kiosk.check([first, second])).toEqual([])
  },
)
