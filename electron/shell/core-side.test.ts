import { EventEmitter, once } from 'node:events'
import { expect, test } from 'vitest'
import { createChannel } from '../../test/fakes/electron-processes.ts'
import { connectToShell, type FromShell } from './core-side.ts'
import type { CoreOptions } from './core-link.ts'

const OPTIONS: CoreOptions = {
  dataDir: '/data',
  training: false,
  worldFile: null,
  serve: { kind: 'ports' },
}

/** A process that a Node shell has forked. */
function forked() {
  const events = new EventEmitter()
  const sent = new Array<unknown>()
  const host = {
    connected: true,
    send: (message: unknown) => sent.push(message),
    on: events.on.bind(events),
  }
  return { host, sent, emit: events.emit.bind(events) }
}

/** A utility process of Electron. */
function utility() {
  const events = new EventEmitter()
  const sent = new Array<unknown>()
  const host = {
    parentPort: {
      on: events.on.bind(events),
      postMessage: (message: unknown) => sent.push(message),
    },
    on: () => {},
  }
  return { host, sent, emit: events.emit.bind(events) }
}

function listen(host: Parameters<typeof connectToShell>[0]) {
  const heard = new Array<FromShell>()
  const link = connectToShell(host)
  link.onMessage((message) => heard.push(message))
  return { heard, link }
}

test('a forked core hears its shell and answers it', () => {
  const { host, sent, emit } = forked()
  const { heard, link } = listen(host)
  emit('message', { type: 'start', options: OPTIONS })
  link.send({ type: 'ready', address: 'http://127.0.0.1:4711' })
  expect(heard).toEqual([{ type: 'start', options: OPTIONS }])
  expect(sent).toEqual([{ type: 'ready', address: 'http://127.0.0.1:4711' }])
})

test('a core whose shell is gone is told to stop, and speaks to nobody', () => {
  const { host, sent, emit } = forked()
  const { heard, link } = listen(host)
  host.connected = false
  emit('disconnect')
  link.send({ type: 'alive' })
  expect(heard).toEqual([{ type: 'stop' }])
  expect(sent).toEqual([])
})

test('in Electron the core hears by its parent port', () => {
  const { host, sent, emit } = utility()
  const { heard, link } = listen(host)
  emit('message', { data: { type: 'start', options: OPTIONS }, ports: [] })
  emit('message', { data: { type: 'stop' }, ports: [] })
  link.send({ type: 'alive' })
  expect(heard.map(({ type }) => type)).toEqual(['start', 'stop'])
  expect(sent).toEqual([{ type: 'alive' }])
})

test('a page’s port arrives as a channel that has lost no frame', async () => {
  const { host, emit } = utility()
  const { heard } = listen(host)
  const { port1: port, port2 } = createChannel()
  port.postMessage('said before anybody listened')
  emit('message', { data: { type: 'port' }, ports: [port2] })
  const message = heard[0]
  if (message?.type !== 'port') throw new Error('no port')

  const frames = new EventEmitter()
  message.channel.onFrame((frame) => frames.emit('frame', frame))
  const closed = new Promise<void>((resolve) => message.channel.onClose(resolve))
  expect(await once(frames, 'frame')).toEqual(['said before anybody listened'])

  const answers = new EventEmitter()
  port.on('message', ({ data }) => answers.emit('answer', data))
  port.start()
  message.channel.send('answer')
  expect(await once(answers, 'answer')).toEqual(['answer'])

  port.close()
  await closed
})

test.each([
  ['an unknown message', { data: { type: 'dance' }, ports: [] }, /invalid/i],
  ['a start without options', { data: { type: 'start' }, ports: [] }, /invalid/i],
  ['a port message without a port', { data: { type: 'port' }, ports: [] }, /one port/],
  [
    'a port message with something else',
    { data: { type: 'port' }, ports: [{ on: 1 }] },
    /one port/,
  ],
])('%s is a bug of the shell', (_name, event, expected) => {
  const { host, emit } = utility()
  listen(host)
  expect(() => emit('message', event)).toThrow(expected)
})

test('a core that nobody started says so', () => {
  expect(() => connectToShell({ on: () => {} })).toThrow('npm start')
})
