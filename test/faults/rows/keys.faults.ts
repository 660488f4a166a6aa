import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { kioskFiles } from '../../../electron/settings/index.ts'
import { ticketSchemaSql } from '../../../electron/tickets/index.ts'
import { createWholeKiosk, isOn, type WholeKiosk } from '../disk/whole-kiosk.ts'

/** K10 and X1 on the installed programs. */

const ROTATE = fileURLToPath(new URL('../../../electron/store/rotate.child.ts', import.meta.url))
const DROP = { kind: 'drop', when: 'before-read' } as const
const FILINGS = 2

let kiosk: WholeKiosk
beforeEach(async () => {
  kiosk = await createWholeKiosk()
})
afterEach(() => kiosk.close())

/** A kiosk that was stopped with filings that nobody has delivered; their references. */
async function stopWithFilings(): Promise<readonly string[]> {
  kiosk.front.rule(() => DROP)
  await kiosk.start()
  const page = await kiosk.page(isOn('attract'))
  for (let number = 1; number <= FILINGS; number += 1) await kiosk.file(page)
  page.close()
  await kiosk.stop()
  return (await kiosk.filings()).map(({ clientRef }) => clientRef)
}

/** Delivers everything that waits, once each. */
async function deliver(clientRefs: readonly string[]): Promise<void> {
  kiosk.front.rule(undefined)
  const accepted = () => expect(kiosk.sandbox.accepted()).toBe(clientRefs.length)
  await vi.waitFor(accepted, { timeout: 30_000 })
  expect(new Set(kiosk.sandbox.filings().map(({ clientRef }) => clientRef))).toEqual(
    new Set(clientRefs),
  )
  expect(await kiosk.check(clientRefs)).toEqual([])
}

it('K10 killed at every commit of a key rotation: the next start ends it, and all is delivered', async () => {
  const clientRefs = await stopWithFilings()
  const { keys, store } = kioskFiles(kiosk.dataDir)
  const ends: unknown[] = []
  while (ends.at(-1) !== 0) {
    const args = [ROTATE, store, keys, String(ends.length + 1), ticketSchemaSql]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    const [code, signal] = await once(child, 'exit')
    ends.push(signal ?? code)
    await kiosk.start()
    ;(await kiosk.page(isOn('attract'))).close()
    expect(await readdir(keys)).toHaveLength(1)
    await kiosk.stop()
  }
  // The key, the rows, an envelope each, the old key; then a rotation that nobody disturbs.
  const killed = Array.from({ length: 1 + 1 + FILINGS + 1 }, () => 'SIGKILL')
  expect(ends).toEqual([...killed, 0])
  await kiosk.start()
  await deliver(clientRefs)
})
