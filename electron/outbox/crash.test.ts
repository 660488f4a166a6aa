import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PortalFault } from '../training/portal/index.ts'
import { createHarness, until, type Harness } from './harness.ts'

const CHILD = fileURLToPath(new URL('crash.child.ts', import.meta.url))

let harness: Harness
beforeEach(async () => {
  harness = await createHarness()
})
afterEach(() => harness.close())

/** Runs a core in a process of its own until `when` holds, and kills it with SIGKILL there. */
async function fileAndKill(fault: PortalFault, when: () => void): Promise<string> {
  await harness.kiosk().outbox.stop()
  harness.kiosk().store.close()
  harness.sandbox.script([fault])
  const keys = JSON.stringify(harness.sandbox.publicKeys)
  const child = spawn(process.execPath, [CHILD, harness.storeDir, harness.sandbox.url, keys], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  await vi.waitFor(when, { timeout: 10_000 })
  child.kill('SIGKILL')
  await once(child, 'exit')
  return String(line).trim()
}

describe('a core that is killed while it sends', () => {
  it('leaves SENDING behind, and the next one ends with one dossier', async () => {
    const { sandbox, time } = harness
    const clientRef = await fileAndKill('slow', () => expect(sandbox.accepted()).toBe(1))
    const { outbox, store } = await harness.reopen()
    expect(outbox.get(clientRef)?.state).toBe('SENDING')

    time.advance(60_000)
    outbox.start()
    const stopTime = time.flow(60_000)
    await until(outbox, () => outbox.get(clientRef)?.state === 'ERASED')
    stopTime()
    expect(sandbox.filings()).toMatchObject([
      { clientRef, dossierCode: outbox.get(clientRef)?.dossierCode },
    ])
    expect(store.db.pragma('integrity_check', { simple: true })).toBe('ok')
  }, 30_000)
})
