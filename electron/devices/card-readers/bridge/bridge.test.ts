import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'
import type { ReaderBridgeSettings } from '../../../settings/index.ts'
import { systemTimers, type Timers } from '../../../timers.ts'
import { createReaderBridge, type ReaderBridge } from './bridge.ts'
import { BRIDGE_LIMITS } from './limits.ts'

/** What the field map of `docs/profile.md` says, and a card in those words. */
const map = {
  fields: {
    number: 'idCode',
    oldNumber: 'oldIdCode',
    name: 'personName',
    birth: 'dateOfBirth',
    sex: 'gender',
    address: 'residencePlace',
    issued: 'issueDate',
  },
  dates: 'dd/MM/yyyy',
} as const
const card = {
  idCode: '083090000000',
  oldIdCode: '',
  personName: 'Nguyễn Văn Ví Dụ',
  dateOfBirth: '05/03/1990',
  gender: 'Nam',
  nationality: 'Việt Nam',
  residencePlace: 'Ấp Mẫu, Xã Thử',
  issueDate: '01/01/2022',
  expiryDate: '05/03/2030',
}
const cardText = '083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022'

const open: (() => unknown)[] = []
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close()
})

/** What happens, in order, to be waited for. */
function inbox() {
  const all: string[] = []
  let wake = () => {}
  return {
    all,
    put(item: string) {
      all.push(item)
      wake()
    },
    async until(item: string) {
      while (!all.includes(item)) await new Promise<void>((resolve) => (wake = resolve))
    },
  }
}

function bridge(settings: ReaderBridgeSettings, timers: Timers = systemTimers) {
  const events = inbox()
  const lines: string[] = []
  const device: ReaderBridge = createReaderBridge({
    settings,
    timers,
    onScan: (text) => events.put(`scan ${text}`),
    log: (line) => lines.push(line),
  })
  device.subscribe(({ state }) => events.put(state))
  open.push(() => device.close())
  return { device, events, lines }
}

async function listening(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return address.port
}

/** A clock on which hands have had their time between any two looks. */
function slowly(): Timers {
  let now = 0
  return { ...systemTimers, now: () => (now += BRIDGE_LIMITS.GAP_MS) }
}

/** A service that is asked: it answers what `answer` holds at the moment. */
async function httpService(first: { status: number; body: string }) {
  const answer = { ...first }
  let questions = 0
  let asked = Promise.withResolvers<void>()
  const server = createServer((_request, response) => {
    questions += 1
    response.writeHead(answer.status).end(answer.body)
    response.on('close', () => {
      asked.resolve()
      asked = Promise.withResolvers()
    })
  })
  const port = await listening(server)
  return {
    answer,
    settings: { kind: 'http', url: `http://127.0.0.1:${port}/card`, ...map } as const,
    questions: () => questions,
    /** Until it has been asked so many times more. */
    async asked(times: number) {
      for (let at = 0; at < times; at += 1) await asked.promise
    },
  }
}

describe('a service that is asked', () => {
  it('gives a card as its QR code would say it, once for as long as it lies there', async () => {
    const service = await httpService({ status: 200, body: JSON.stringify(card) })
    const { events, lines } = bridge(service.settings)
    await events.until(`scan ${cardText}`)
    await service.asked(3)
    service.answer.status = 204
    service.answer.body = ''
    await service.asked(2)
    service.answer.status = 200
    service.answer.body = JSON.stringify({ ...card, idCode: '083156000000' })
    await events.until(`scan ${cardText.replace('083090000000', '083156000000')}`)
    expect(events.all.filter((event) => event.startsWith('scan'))).toHaveLength(2)
    expect(lines.join()).not.toMatch(/0830|Ví Dụ/)
  })

  it.each([
    ['another page', { status: 200, body: '<html>' }],
    ['an error', { status: 500, body: '' }],
    ['a number', { status: 200, body: '7' }],
    ['more than any card', { status: 200, body: 'x'.repeat(BRIDGE_LIMITS.MESSAGE_BYTES + 1) }],
  ])('that answers with %s is not understood, and ready when it mends', async (_, wrong) => {
    const service = await httpService(wrong)
    const { events } = bridge(service.settings)
    await events.until('not-understood')
    Object.assign(service.answer, { status: 200, body: 'null' })
    await events.until('ready')
    expect(events.all).toEqual(['not-understood', 'ready'])
  })

  it('that is away is looked for each second, however long, and found when it is there', async () => {
    const service = await httpService({ status: 200, body: 'null' })
    const delays: number[] = []
    const enough = Promise.withResolvers<void>()
    // Each wait is over at once; the port is the discard port, which refuses.
    const hurried: Timers = {
      now: () => 0,
      after(delayMs, run) {
        delays.push(delayMs)
        if (delays.length === 7) enough.resolve()
        else queueMicrotask(run)
        return () => {}
      },
    }
    const { device } = bridge({ ...service.settings, url: 'http://127.0.0.1:9/card' }, hurried)
    await enough.promise
    expect(delays).toEqual(Array.from({ length: 7 }, () => BRIDGE_LIMITS.RETRY_MS))
    expect(device.state()).toEqual({ state: 'disconnected' })
    await bridge(service.settings).events.until('ready')
  })

  it('whose card lacks a part says which one, and never what was there', async () => {
    const service = await httpService({
      status: 200,
      body: JSON.stringify({ ...card, gender: '?', issueDate: '2022-01-01' }),
    })
    const { events, lines } = bridge(service.settings)
    await events.until('scan 083090000000||Nguyễn Văn Ví Dụ|05031990||Ấp Mẫu, Xã Thử|')
    expect(lines).toContain('reader bridge: a card without sex, issued')
  })
})

describe('a service that tells by itself', () => {
  async function webSocketService(port = 0) {
    const server = createServer()
    const sockets = new WebSocketServer({ server })
    const heard = inbox()
    sockets.on('connection', (socket) => {
      heard.put('connected')
      socket.on('message', (data) => heard.put(Buffer.isBuffer(data) ? data.toString('utf8') : ''))
    })
    open.push(() => {
      for (const client of sockets.clients) client.terminate()
    })
    server.listen(port, '127.0.0.1')
    const at = port === 0 ? await listening(server) : port
    const settings = {
      kind: 'websocket',
      url: `ws://127.0.0.1:${at}/`,
      hello: '{"subscribe":"card"}',
      ...map,
      fields: {
        ...map.fields,
        number: 'data.idCode',
        name: 'data.personName',
        birth: 'data.dateOfBirth',
        sex: 'data.gender',
        address: 'data.residencePlace',
        issued: 'data.issueDate',
        oldNumber: 'data.oldIdCode',
      },
    } as const
    const tell = (text: string | Buffer) => {
      for (const client of sockets.clients) client.send(text)
    }
    return { settings, heard, tell, sockets }
  }

  it('is greeted, and each card that it tells of is one scan', async () => {
    const { settings, heard, tell } = await webSocketService()
    const { events } = bridge(settings, slowly())
    await heard.until('{"subscribe":"card"}')
    await events.until('ready')
    tell(JSON.stringify({ event: 'heartbeat' }))
    tell(JSON.stringify({ event: 'card', data: card }))
    tell(JSON.stringify({ event: 'card', data: card }))
    tell(JSON.stringify({ event: 'card', data: { ...card, idCode: '083156000000' } }))
    await events.until(`scan ${cardText.replace('083090000000', '083156000000')}`)
    expect(events.all.filter((event) => event === `scan ${cardText}`)).toHaveLength(2)
  })

  it('that tells of cards faster than hands lay them down is heard once', async () => {
    const { settings, heard, tell } = await webSocketService()
    let now = 0
    const { events, lines } = bridge(settings, { ...systemTimers, now: () => now })
    await heard.until('connected')
    await events.until('ready')
    const other = { ...card, idCode: '083156000000' }
    const flood = Array.from({ length: 50 }, () =>
      JSON.stringify({ data: { ...other, gender: '?' } }),
    )
    for (const message of flood) tell(message)
    tell('no JSON')
    await events.until('not-understood')
    now += BRIDGE_LIMITS.GAP_MS
    tell(JSON.stringify({ data: card }))
    await events.until(`scan ${cardText}`)
    expect(events.all.filter((event) => event.startsWith('scan'))).toHaveLength(2)
    expect(lines.filter((line) => line.includes('without'))).toHaveLength(1)
  })

  it('that lays down one card after another without a part says so once', async () => {
    const { settings, heard, tell } = await webSocketService()
    const { events, lines } = bridge(settings, slowly())
    await heard.until('connected')
    await events.until('ready')
    for (let at = 0; at < 5; at += 1) tell(JSON.stringify({ data: { ...card, gender: '?' } }))
    tell(JSON.stringify({ data: card }))
    await events.until(`scan ${cardText}`)
    expect(lines.filter((line) => line.includes('without'))).toEqual([
      'reader bridge: a card without sex',
    ])
  })

  it('that speaks otherwise is not understood', async () => {
    const { settings, heard, tell } = await webSocketService()
    const { events, lines } = bridge(settings)
    await heard.until('connected')
    await events.until('ready')
    tell(Buffer.from([1, 2, 3]))
    await events.until('not-understood')
    tell(JSON.stringify({ event: 'heartbeat' }))
    tell('0{"sid":"x"}')
    await events.until('ready')
    expect(lines).toContain('reader bridge: a message is not-text')
  })

  it('that sends more than any card is cut off, and connected anew', async () => {
    const { settings, heard, tell } = await webSocketService()
    const { events, lines } = bridge(settings)
    await heard.until('connected')
    await events.until('ready')
    tell('x'.repeat(BRIDGE_LIMITS.MESSAGE_BYTES + 1))
    await events.until('disconnected')
    expect(lines).toContain('reader bridge: a message is too-long')
  })

  it('that goes away is found again', async () => {
    const { settings, heard, sockets } = await webSocketService()
    const { device, events } = bridge(settings)
    await heard.until('connected')
    await events.until('ready')
    for (const client of sockets.clients) client.terminate()
    await events.until('disconnected')
    heard.all.length = 0
    await heard.until('connected')
    expect(device.state()).toEqual({ state: expect.stringMatching(/ready|disconnected/) })
  })
})
