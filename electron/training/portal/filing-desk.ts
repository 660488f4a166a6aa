import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { contentDigest, filingSchema, type Filing, type Receipt } from '../../portal/index.ts'
import { answer, readBody, refuse, sendText } from './answers.ts'
import type { PortalFault } from './faults.ts'
import type { AcceptedFiling, Register } from './register.ts'
import type { Signer } from './signer.ts'

type DeskDeps = {
  readonly register: Register
  readonly signer: Signer
  readonly clock: { now(): number }
  readonly validate: (filing: Filing) => readonly string[]
}

/** The counter of the sandbox that takes filings, well or badly. */
export function createFilingDesk({ register, signer, clock, validate }: DeskDeps) {
  const receiptFor = (filing: AcceptedFiling): Receipt =>
    signer.sign({
      clientRef: filing.clientRef,
      dossierCode: filing.dossierCode,
      receivedAt: new Date(filing.receivedAtMs).toISOString(),
      bodySha256: filing.sha256,
      attachments: [],
    })

  async function put(
    clientRef: string,
    request: IncomingMessage,
    response: ServerResponse,
    fault: PortalFault | undefined,
  ): Promise<void> {
    if (fault === 'drop-before-read') return void request.socket.destroy()
    const bytes = await readBody(request)
    if (fault === 'http-500-before') return refuse(response, 500, { type: 'unavailable' })
    if (fault === 'html-200') {
      response.writeHead(200, { 'content-type': 'text/html' })
      return void response.end('<!doctype html><title>Wi-Fi</title><p>Log in to continue.</p>')
    }
    if (fault === 'redirect') {
      response.writeHead(302, { location: 'http://login.invalid/' })
      return void response.end()
    }
    if (bytes === null) return refuse(response, 413, { type: 'too-large' })
    const digest = createHash('sha256').update(bytes).digest()
    if (request.headers['content-digest'] !== contentDigest(digest)) {
      return refuse(response, 400, { type: 'content-digest' })
    }
    const filing = parse(bytes)
    if (filing === null) return refuse(response, 422, { type: 'validation', errors: ['schema'] })
    const kioskId = request.headers['x-kiosk-id']
    if (
      filing.clientRef !== clientRef ||
      request.headers['idempotency-key'] !== clientRef ||
      filing.kioskId !== kioskId
    ) {
      return refuse(response, 422, { type: 'idempotency-mismatch' })
    }
    const errors = validate(filing)
    if (errors.length > 0) {
      return refuse(response, 422, { type: 'validation', errors: errors.slice(0, 100) })
    }
    const taken = register.take({
      kioskId,
      clientRef,
      procedureCode: filing.procedureCode,
      sha256: digest.toString('hex'),
      nowMs: clock.now(),
    })
    if (taken.kind === 'conflict') return refuse(response, 409, { type: 'digest-conflict' })
    giveReceipt(taken.filing, taken.kind === 'replay', response, fault)
  }

  function giveReceipt(
    filing: AcceptedFiling,
    replay: boolean,
    response: ServerResponse,
    fault: PortalFault | undefined,
  ): void {
    const receipt = receiptFor(filing)
    const status = replay ? 200 : 201
    const headers = { ...(replay && { 'idempotent-replayed': 'true' }) }
    switch (fault) {
      case 'drop-after-commit':
        return void response.socket?.destroy()
      case 'slow':
        return
      case 'http-500-after':
        return refuse(response, 500, { type: 'unavailable' })
      case 'wrong-digest':
        return answer(response, status, receiptFor({ ...filing, sha256: '0'.repeat(64) }), headers)
      case 'wrong-signature': {
        const signature = Buffer.alloc(64, 1).toString('base64')
        return answer(response, status, { ...receipt, signature }, headers)
      }
      case 'truncated':
        return sendText(response, status, JSON.stringify(receipt).slice(0, 40), {
          'content-type': 'application/json',
        })
      case 'drop-before-read':
      case 'http-500-before':
      case 'html-200':
      case 'redirect':
      case undefined:
        return answer(response, status, receipt, headers)
    }
  }

  function get(clientRef: string, request: IncomingMessage, response: ServerResponse): void {
    const kioskId = request.headers['x-kiosk-id']
    const filing = typeof kioskId === 'string' ? register.find(kioskId, clientRef) : undefined
    if (filing === undefined) return refuse(response, 404, { type: 'unknown-client-ref' })
    answer(response, 200, { state: 'accepted', receipt: receiptFor(filing) })
  }

  return { put, get }
}

function parse(bytes: Buffer): Filing | null {
  try {
    return filingSchema.safeParse(JSON.parse(bytes.toString('utf8'))).data ?? null
  } catch {
    return null
  }
}
