import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { receiptSchema, type Receipt, type ReceiptContent } from '../../portal/index.ts'
import { json, type Reply } from './answers.ts'

/** Where a fault strikes. */
export type Incident = {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What would have been answered; null where nothing was done yet. */
  readonly reply: Reply | null
  readonly nowMs: number
  /** Sends this, or `reply`. */
  sendReply(reply?: Reply): void
  sign(content: Omit<ReceiptContent, 'keyId'>): Receipt
  /** The authority withdraws the filing that was just taken. */
  withdraw(): void
  /** The portal loses the filing that was just taken. */
  forget(): void
}

type Deed = (incident: Incident) => void

/** Between two bytes of an answer that trickles. */
const DRIP_MS = 10_000

/** Ends the connection in good order. */
export const cut: Deed = ({ request }) => void request.socket.destroy()

/** RST. */
export const reset: Deed = ({ request }) => void request.socket.resetAndDestroy()

/** Nothing, with the connection open. */
export const silence: Deed = () => {}

/** Answers this. */
export const respond =
  (make: (nowMs: number) => Reply): Deed =>
  (incident) =>
    incident.sendReply(make(incident.nowMs))

/** A network's login page instead of the portal. */
export const loginPage =
  (status: number): Deed =>
  ({ response }) => {
    response.writeHead(status, { 'content-type': 'text/html' })
    response.end('<!doctype html><title>Wi-Fi</title><p>Log in to continue.</p>')
  }

export const redirect: Deed = ({ response }) =>
  void response.writeHead(302, { location: 'http://login.invalid/' }).end()

/** A proxy that does not reach the portal, or gave up waiting for it. */
export const proxy =
  (status: number, headers: Record<string, string> = {}): Deed =>
  ({ response }) => {
    response.writeHead(status, { 'content-type': 'text/html', ...headers })
    response.end('<p>Gateway error')
  }

/** A properly signed receipt with other contents. */
export const receiptFault =
  (change: Partial<ReceiptContent>): Deed =>
  (incident) =>
    changeBody(incident, (body) => {
      const lie = (value: unknown): unknown => {
        const receipt = receiptSchema.safeParse(value)
        if (!receipt.success) return value
        const { signature: _signature, keyId: _keyId, ...content } = receipt.data
        return incident.sign({ ...content, ...change })
      }
      return 'receipt' in body ? { ...body, receipt: lie(body.receipt) } : lie(body)
    })

/** The right answer with other members. */
export const bodyFault =
  (change: Readonly<Record<string, unknown>>): Deed =>
  (incident) =>
    changeBody(incident, (body) => ({ ...body, ...change }))

/** The right answer with another status or headers. */
export const replyFault =
  (change: { status?: number; headers?: Readonly<Record<string, string>> }): Deed =>
  (incident) => {
    const { reply } = incident
    if (reply === null) return
    incident.sendReply({
      ...reply,
      status: change.status ?? reply.status,
      headers: { ...reply.headers, ...change.headers },
    })
  }

/** The right answer, cut in the middle of its JSON and yet well framed. */
export const truncate: Deed = (incident) => {
  const { reply } = incident
  if (reply !== null) incident.sendReply({ ...reply, text: reply.text.slice(0, 40) })
}

/** One byte of the headers at a time. */
export const dripHeaders: Deed = ({ request }) => {
  const head = 'HTTP/1.1 201 Created\r\nx-slow: '
  request.socket.write(head)
  drip(request, () => request.socket.write('x'))
}

/** Good headers, then one space at a time. */
export const dripBody: Deed = ({ request, response, reply }) => {
  response.writeHead(200, reply?.headers)
  response.flushHeaders()
  drip(request, () => response.write(' '))
}

/** Good headers, then spaces as fast as the line takes them. */
export const endlessBody: Deed = ({ response, reply }) => {
  response.writeHead(200, reply?.headers)
  const spaces = ' '.repeat(16 * 1024)
  const endless = Readable.from(
    (function* () {
      for (;;) yield spaces
    })(),
  )
  response.on('close', () => endless.destroy())
  endless.pipe(response)
}

function drip(request: IncomingMessage, run: () => void): void {
  const timer = setInterval(run, DRIP_MS)
  request.socket.on('close', () => clearInterval(timer))
}

function changeBody(incident: Incident, change: (body: object) => unknown): void {
  const { reply } = incident
  if (reply === null) return
  const body: unknown = JSON.parse(reply.text)
  if (typeof body !== 'object' || body === null) return incident.sendReply()
  incident.sendReply({ ...reply, text: json(200, change(body)).text })
}
