import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { contract } from '../shared/contract/index.ts'
import { stubDesk } from '../test/fixtures/stub-desk.ts'
import { sampleView } from '../test/fixtures/view.ts'
import { connectControl, serveControl, type ControlSocket } from './control-socket.ts'
import { createDispatcher, type CallEvent, type Dispatcher } from './dispatch.ts'
import { FRAME_LIMITS } from './frame-guard.ts'
import { createViewFeed } from './view-feed.ts'

let dir = ''
let path = ''
let deeds: string[] = []
let events: CallEvent[] = []
let dispatcher: Dispatcher
let control: ControlSocket | null = null

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'control-'))
  path = join(dir, 'control.sock')
  deeds = []
  events = []
  const feed = createViewFeed(sampleView)
  dispatcher = createDispatcher(
    {
      watch: (signal) => feed.watch(signal),
      act: () => 'ignored',
      scan: () => 'ignored',
      search: () => [],
      places: { provinces: async () => [], suggest: async () => [] },
      papers: async () => ({ status: 403, contentType: null, body: new Uint8Array() }),
      staff: stubDesk((deed) => deeds.push(deed)),
      devices: null,
      cardFace: null,
      help: null,
      training: null,
    },
    () => 0,
    (event) => events.push(event),
  )
})
afterEach(async () => {
  control?.close()
  control = null
  await rm(dir, { recursive: true })
})

async function serve(): Promise<void> {
  const served = await serveControl(path, dispatcher)
  if (!served.ok) throw new Error(served.error.code)
  control = served.value
}

async function open(): Promise<ContractRouterClient<typeof contract>> {
  const line = await connectControl(path)
  if (!line.ok) throw new Error(line.error.code)
  const channel = line.value
  const port = {
    onMessage: { addListener: (listener: (data: unknown) => void) => channel.onFrame(listener) },
    onDisconnect: { addListener: (listener: () => void) => channel.onClose(listener) },
    postMessage: (frame: string) => channel.send(frame),
  }
  return createORPCClient(new RPCLink({ port }))
}

const order = {
  clientRef: '01a94a5b-6a00-7000-8000-000000000001',
  actor: 'technician',
}

describe('the control socket', () => {
  it('is the technician’s: staff procedures are served, each command once', async () => {
    await serve()
    const { staff } = await open()
    expect(await staff.outbox.list()).toEqual([])
    const commandId = '0190a000-0000-7000-8000-000000000001'
    const answer = { ok: true, state: 'READY' }
    expect(await staff.outbox.retry({ ...order, commandId })).toEqual(answer)
    const again = await open()
    expect(await again.staff.outbox.retry({ ...order, commandId })).toEqual(answer)
    expect(deeds).toEqual(['list', 'retry by technician'])
  })

  it.each(['Nguyễn Văn Ví Dụ', 'Technician', 'outbox', 'kiosk', ''])(
    'signs nothing with %j',
    async (actor) => {
      await serve()
      const { staff } = await open()
      const commandId = '0190a000-0000-7000-8000-000000000001'
      await expect(staff.outbox.hold({ ...order, actor, commandId })).rejects.toMatchObject({
        code: 'BAD_REQUEST',
      })
      expect(deeds).toEqual([])
      expect(JSON.stringify(events)).not.toContain('Ví Dụ')
    },
  )

  it('may be opened by its owner alone, whatever the umask', async () => {
    const before = process.umask(0)
    try {
      await serve()
      expect((await stat(path)).mode & 0o777).toBe(0o600)
      expect(process.umask()).toBe(0)
    } finally {
      process.umask(before)
    }
  })

  it('takes the place of one that a killed core has left, and leaves none itself', async () => {
    const child = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => process.kill(process.pid, 'SIGKILL'))`
    expect(spawnSync(process.execPath, ['-e', child]).signal).toBe('SIGKILL')
    expect(existsSync(path)).toBe(true)
    expect(await connectControl(path)).toEqual({ ok: false, error: { code: 'no-core' } })
    await serve()
    expect(await (await open()).staff.outbox.list()).toEqual([])
    control?.close()
    expect(await readdir(dir)).toEqual([])
    expect(await connectControl(path)).toEqual({ ok: false, error: { code: 'no-core' } })
  })

  it('says so where its path is longer than a socket can have', async () => {
    path = join(dir, 'x'.repeat(100), 'control.sock')
    const tooLong = { ok: false, error: { code: 'path-too-long', path } }
    expect(await serveControl(path, dispatcher)).toEqual(tooLong)
    expect(await connectControl(path)).toEqual(tooLong)
  })

  it('is refused where something else has its name, or its folder is not there', async () => {
    await mkdir(path)
    await writeFile(join(path, 'file'), '')
    expect(await serveControl(path, dispatcher)).toMatchObject({ error: { code: 'refused' } })
    path = join(dir, 'none', 'control.sock')
    expect(await serveControl(path, dispatcher)).toMatchObject({ error: { code: 'refused' } })
  })

  it.each<[string, string]>([
    ['garbage', 'garbage\n'],
    ['an empty line', '\n'],
    ['a line without end', 'x'.repeat(FRAME_LIMITS.MAX_FRAME_LENGTH + 1)],
  ])('ends a line that brings %s, and serves the next', async (_what, text) => {
    await serve()
    const socket = connect(path)
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write(text)
    await once(socket, 'close')
    expect(events).toMatchObject([{ event: 'frame-refused' }])
    expect(await (await open()).staff.outbox.list()).toEqual([])
  })

  it('carries letters that are cut in the middle', async () => {
    await serve()
    const frame = JSON.stringify({
      i: '1',
      p: { u: '/citizen/search', b: { json: { words: 'ngã hỏi' } } },
    })
    const bytes = Buffer.from(`${frame}\n`)
    const socket = connect(path)
    await once(socket, 'connect')
    const answered = once(socket, 'data')
    for (const byte of bytes) socket.write(Buffer.of(byte))
    expect(String((await answered)[0])).toContain('"i":"1"')
    socket.destroy()
    expect(events).toEqual([])
  })
})
