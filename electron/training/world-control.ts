import { timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import { request } from 'undici'
import { z } from 'zod'
import {
  printerFaultSchema,
  trainingCardSchema,
  trainingDeviceSchema,
} from '../../shared/contract/index.ts'
import type { TrainingWorld } from '../kiosk.ts'
import type { WorldFile } from './world-file.ts'

const named = z.array(z.strictObject({ id: z.string(), label: z.string() }))
const stateSchema = z.strictObject({
  citizens: named,
  codes: named,
  portal: z.enum(['up', 'cut']),
  paper: z.enum(['in', 'near-end', 'out']),
  unplugged: z.array(trainingDeviceSchema),
  printer: printerFaultSchema,
  card: trainingCardSchema,
  accepted: z.number(),
  prints: z.array(z.string()),
})
const commandSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('scan'), id: z.string() }),
  z.strictObject({ do: z.literal('scan-text'), text: z.string().max(4096) }),
  z.strictObject({ do: z.literal('portal'), portal: z.enum(['up', 'cut', 'one-more']) }),
  z.strictObject({ do: z.literal('supplement') }),
  z.strictObject({ do: z.literal('paper'), paper: z.enum(['in', 'near-end', 'out']) }),
  z.strictObject({
    do: z.literal('device'),
    device: trainingDeviceSchema,
    plugged: z.boolean(),
  }),
  z.strictObject({ do: z.literal('printer'), printer: printerFaultSchema }),
  z.strictObject({ do: z.literal('card'), card: trainingCardSchema }),
])
export type WorldCommand = z.infer<typeof commandSchema>
export type WorldState = z.infer<typeof stateSchema>

/** The world's own switchboard: HTTP on loopback, one bearer token, JSON both ways. */
export async function serveWorldControl(
  token: string,
  world: { state(): WorldState; command(command: WorldCommand): Promise<void> },
): Promise<{ url: string; close(): void }> {
  const expected = Buffer.from(`Bearer ${token}`)
  const server = createServer((incoming, response) => {
    const given = Buffer.from(incoming.headers.authorization ?? '')
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return response.writeHead(403).end()
    }
    void (async () => {
      if (incoming.method === 'POST') {
        let body = ''
        for await (const chunk of incoming) body += String(chunk)
        await world.command(commandSchema.parse(JSON.parse(body)))
      }
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(world.state()))
    })().catch(() => response.writeHead(400).end())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the world has no address')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The core's end of the switchboard. */
export function connectWorld(control: WorldFile['control']): TrainingWorld {
  async function call(command: WorldCommand | null): Promise<WorldState> {
    const answer = await request(control.url, {
      method: command === null ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${control.token}` },
      body: command === null ? null : JSON.stringify(command),
    })
    return stateSchema.parse(await answer.body.json())
  }
  return {
    state: () => call(null),
    scan: async (id) => void (await call({ do: 'scan', id })),
    scanText: async (text) => void (await call({ do: 'scan-text', text })),
    setPortal: async (portal) => void (await call({ do: 'portal', portal })),
    askSupplement: async () => void (await call({ do: 'supplement' })),
    setPaper: async (paper) => void (await call({ do: 'paper', paper })),
    setDevice: async (device, plugged) => void (await call({ do: 'device', device, plugged })),
    setPrinter: async (printer) => void (await call({ do: 'printer', printer })),
    setCard: async (card) => void (await call({ do: 'card', card })),
    killCore: () => process.kill(process.pid, 'SIGKILL'),
  }
}
