import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { filingSchema, MARKER, PORTAL_PATHS } from '../../electron/portal/index.ts'
import { openSigner } from '../../electron/training/portal/signer.ts'

/**
 * A portal that costs as little as one can that keeps the contract: it writes papers to files and
 * signs receipts, and checks, syncs and remembers nothing. What a kiosk takes longer with it than a
 * loop of plain requests is the kiosk's own. Listens on 127.0.0.1.
 */
export async function openSwiftPortal(dir: string) {
  const signer = await openSigner(dir)
  const offsets = new Map<string, number>()

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(request.url ?? '/', 'http://portal') ?? new URL('http://portal/')
    const id = url.pathname.slice(PORTAL_PATHS.uploads.length + 1)
    const tus = { 'tus-resumable': '1.0.0' }
    response.setHeader(MARKER.header, MARKER.value)
    switch (request.method ?? '') {
      case 'GET':
        return json(response, 200, { status: 'ok', nonce: url.searchParams.get('nonce') })
      case 'POST': {
        const made = randomUUID()
        offsets.set(made, 0)
        const location = `${PORTAL_PATHS.uploads}/${made}`
        return void response.writeHead(201, { ...tus, location }).end()
      }
      case 'PATCH': {
        const file = join(dir, id)
        await pipeline(request, createWriteStream(file, { flags: 'a' }))
        const offset = (offsets.get(id) ?? 0) + Number(request.headers['content-length'])
        offsets.set(id, offset)
        response.writeHead(204, { ...tus, 'upload-offset': String(offset) }).end()
        return void rm(file, { force: true })
      }
      default: {
        const parts: Buffer[] = []
        for await (const part of request) parts.push(Buffer.from(part))
        const body = Buffer.concat(parts)
        const { clientRef, attachments } = filingSchema.parse(JSON.parse(body.toString()))
        const receipt = signer.sign({
          clientRef,
          dossierCode: `B-${clientRef}`,
          receivedAt: new Date().toISOString(),
          bodySha256: createHash('sha256').update(body).digest('hex'),
          attachments,
        })
        return json(response, 201, receipt)
      }
    }
  }

  const server = createServer((request, response) => {
    take(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return { url: `http://127.0.0.1:${address.port}`, publicKeys: signer.publicKeys }
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
