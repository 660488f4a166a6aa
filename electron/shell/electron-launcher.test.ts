import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { createChild } from '../../test/fakes/electron-processes.ts'
import { launchUtilityChild } from './electron-launcher.ts'

/** A utility process whose real process is `pid`. */
function launch(pid: number | undefined) {
  const child = createChild('/app/core.mjs', [], { serviceName: 'core', stdio: [] })
  const launched = launchUtilityChild({ fork: () => ({ ...child, pid }) }, '/app/core.mjs')
  return { child, launched }
}

test('a core that hears no SIGTERM is ended all the same', async () => {
  const deaf = spawn(
    process.execPath,
    ['-e', "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000)"],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  await once(deaf.stdout, 'data')
  launch(deaf.pid).launched.kill()
  expect(await once(deaf, 'exit')).toEqual([null, 'SIGKILL'])
})

test('a core without a process number is ended by Electron', async () => {
  const { child, launched } = launch(undefined)
  const ended = new Promise((resolve) => launched.onExit(resolve))
  launched.kill()
  await ended
  expect(child.alive).toBe(false)
})

test('a message to the core carries its ports', () => {
  const { child, launched } = launch(undefined)
  const port = { close() {} }
  launched.send({ type: 'port' }, [port])
  expect(child.inbox).toEqual([{ message: { type: 'port' }, ports: [port] }])
})
