import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startKiosk } from '../fixtures/kiosk-process.ts'
import { openPage } from '../fixtures/page-client.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'

/** A core that outlived its shell would hold the store, and no later kiosk could start. */
test.each<[string, (kiosk: ReturnType<typeof startKiosk>) => Promise<unknown>]>([
  ['while its core comes up', () => Promise.resolve()],
  ['when its core serves', (kiosk) => kiosk.url],
])('a shell that is killed %s takes it along', async (_when, ready) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'kiosk-shell-'))
  onTestFinished(() => rm(dataDir, { recursive: true, force: true, maxRetries: 3 }))
  await putProfile(dataDir, realProfile())
  const kiosk = startKiosk(['--headless', '--data-dir', dataDir])
  const core = await vi.waitFor(
    async () => {
      const pid = await kiosk.corePid()
      if (pid === undefined) throw new Error('no core yet')
      return pid
    },
    { timeout: 10_000, interval: 5 },
  )
  await ready(kiosk)
  kiosk.kill()
  await vi.waitFor(() => expect(existsSync(`/proc/${core}`)).toBe(false), { timeout: 10_000 })

  const next = startKiosk(['--headless', '--data-dir', dataDir])
  onTestFinished(() => next.close())
  const page = await openPage(await next.url)
  expect(await page.screen('attract')).toEqual({ screen: 'attract' })
})
