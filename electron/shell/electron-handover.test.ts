import { expect, test } from 'vitest'
import { createElectron } from '../../test/fakes/electron.ts'
import { createChannel } from '../../test/fakes/electron-processes.ts'
import { takePorts } from './electron-handover.ts'
import type { PassedPort } from './supervise.ts'

function desk() {
  const { electron, control } = createElectron()
  const frame = { origin: 'kiosk://app' }
  const log = new Array<string>()
  const passed = new Array<PassedPort | undefined>()
  let reloads = 0
  const handover = takePorts(
    electron.ipcMain,
    () => frame,
    () => {
      reloads += 1
    },
    (line) => log.push(line),
  )
  const core = {
    send(_message: unknown, ports: readonly PassedPort[] = []) {
      passed.push(ports[0])
      return true
    },
  }
  return { control, frame, handover, core, passed, log, reloads: () => reloads }
}

/** A port of a page that knows whether it was closed. */
function port() {
  const made = { closed: false, close: () => void (made.closed = true) }
  return made
}

test('the page’s port goes on to the core', () => {
  const { control, frame, handover, core, passed, log } = desk()
  handover.coreReady(core)
  const { port1 } = createChannel()
  control.pagePosts(frame, [port1])
  expect(passed).toEqual([port1])
  expect(log).toEqual([])
})

test.each([
  ['a frame inside the page', { origin: 'kiosk://app' }],
  ['another origin', { origin: 'https://evil' }],
  ['a frame that is gone', null],
])('a port from %s is closed and refused', (_name, senderFrame) => {
  const { control, handover, core, passed, log } = desk()
  handover.coreReady(core)
  const refused = port()
  control.pagePosts(senderFrame, [refused])
  expect(passed).toEqual([])
  expect(refused.closed).toBe(true)
  expect(log).toHaveLength(1)
})

test('the right frame showing the wrong origin is refused', () => {
  const { control, frame, handover, core, passed } = desk()
  handover.coreReady(core)
  frame.origin = 'kiosk://app.evil'
  control.pagePosts(frame, [port()])
  expect(passed).toEqual([])
})

test('exactly one port is taken', () => {
  const { control, frame, handover, core, passed } = desk()
  handover.coreReady(core)
  const two = [port(), port()]
  control.pagePosts(frame, two)
  control.pagePosts(frame, [])
  expect(passed).toEqual([])
  expect(two.map(({ closed }) => closed)).toEqual([true, true])
})

test('a port that comes before the core waits for it, the newest only', () => {
  const { control, frame, handover, core, passed } = desk()
  const older = port()
  const newer = port()
  control.pagePosts(frame, [older])
  control.pagePosts(frame, [newer])
  expect(older.closed).toBe(true)
  handover.coreReady(core)
  expect(passed).toEqual([newer])
  expect(newer.closed).toBe(false)
})

test('a waiting port ends with its document', () => {
  const { control, frame, handover, core, passed } = desk()
  const waiting = port()
  control.pagePosts(frame, [waiting])
  handover.documentGone()
  handover.coreReady(core)
  expect(waiting.closed).toBe(true)
  expect(passed).toEqual([])
})

test('a page whose core died is loaded again when the next one is ready', () => {
  const { control, frame, handover, core, reloads } = desk()
  handover.coreReady(core)
  control.pagePosts(frame, [port()])
  handover.coreGone()
  handover.coreGone()
  expect(reloads()).toBe(0)
  handover.coreReady(core)
  expect(reloads()).toBe(1)
})

test('a page that has come back by itself is left alone', () => {
  const { control, frame, handover, core, passed, reloads } = desk()
  handover.coreReady(core)
  control.pagePosts(frame, [port()])
  handover.coreGone()
  const fresh = port()
  control.pagePosts(frame, [fresh])
  handover.coreReady(core)
  expect(reloads()).toBe(0)
  expect(passed.at(-1)).toBe(fresh)
})

test('a core that dies before any page asked for it reloads nothing', () => {
  const { handover, core, reloads } = desk()
  handover.coreReady(core)
  handover.coreGone()
  handover.coreReady(core)
  expect(reloads()).toBe(0)
})
