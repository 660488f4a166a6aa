import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { launchNodeChild } from './node-launcher.ts'
import { systemTimers } from '../timers.ts'
import { superviseCore, type SupervisedCore } from './supervise.ts'

const coreSide = pathToFileURL(fileURLToPath(new URL('./core-side.ts', import.meta.url))).href
const cleanUp = new Array<() => Promise<unknown>>()
afterEach(async () => {
  for (const step of cleanUp.splice(0).toReversed()) await step()
})

/** A real process that speaks the core's side of the link and does nothing else. */
async function smallCore(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'node-launcher-'))
  cleanUp.push(() => rm(dir, { recursive: true }))
  const file = join(dir, 'core.mjs')
  await writeFile(
    file,
    `import { connectToShell } from ${JSON.stringify(coreSide)}
     const link = connectToShell()
     link.onMessage((message) => {
       if (message.type === 'start') link.send({ type: 'ready', address: 'http://127.0.0.1:' + process.pid })
       if (message.type === 'stop') process.exit(0)
     })`,
  )
  return file
}

test('a core in a process of its own is killed, and the next one is there within a second', async () => {
  const file = await smallCore()
  let ready: (address: string | null) => void = () => {}
  const next = () =>
    new Promise<string | null>((resolve) => {
      ready = resolve
    })
  const first = next()
  const core: SupervisedCore = superviseCore({
    launch: () => launchNodeChild(file),
    options: () => ({
      dataDir: '/data',
      training: false,
      worldFile: null,
      serve: { kind: 'ports' },
    }),
    timers: systemTimers,
    onReady: (address) => ready(address),
    onGone() {},
    onGiveUp() {},
    log() {},
  })
  cleanUp.push(() => core.stop())
  const firstAddress = await first
  const second = next()
  core.kill()
  expect(await second).not.toBe(firstAddress)
})

test('the exit code of a core that ends by itself is told once', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'node-launcher-'))
  cleanUp.push(() => rm(dir, { recursive: true }))
  const file = join(dir, 'core.mjs')
  await writeFile(file, 'process.exit(7)')
  const child = launchNodeChild(file)
  expect(await new Promise((resolve) => child.onExit(resolve))).toBe(7)
})
