import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { isoDate, localDate } from '../../../shared/domain/local-time.ts'
import { dossierSchema, NATIONAL_PATHS, type Dossier } from '../../portal/index.ts'

/** A step of the national flow. */
export type NationalStep = keyof typeof NATIONAL_PATHS

/** What happens to the next request of a step. */
export type NationalFault = {
  readonly step: NationalStep
  readonly how:
    /** The connection breaks before anything is done, or after. */
    | 'lost-request'
    | 'lost-reply'
    | 'http-500-before'
    | 'http-500-after'
    | 'http-502-after'
    | 'http-503-before'
    | 'http-400'
    | 'http-401'
    | 'http-403'
    | 'http-404'
    | 'html-200'
    | 'truncated'
}

type NationalSandbox = {
  readonly url: URL
  readonly client: { readonly id: string; readonly secret: string }
  script(faults: readonly NationalFault[]): void
  /** All dossiers, oldest first. */
  dossiers(): readonly Dossier[]
  /** Status code by dossier code. */
  statusOf(dossierCode: string): number | undefined
  /** The authority decides. */
  setStatus(dossierCode: string, status: number): void
  /** Tokens given out; all but the last are refused. */
  tokens(): number
  expireToken(): void
  /** Number of requests per step. */
  asked(step: NationalStep): number
  close(): Promise<void>
}

type Outcome = { readonly status: number; readonly body: object }

const OK = { error_code: '00' } as const
const steps = new Map<string, NationalStep>([
  [NATIONAL_PATHS.token, 'token'],
  [NATIONAL_PATHS.nextValue, 'nextValue'],
  [NATIONAL_PATHS.upload, 'upload'],
  [NATIONAL_PATHS.submit, 'submit'],
  [NATIONAL_PATHS.progress, 'progress'],
  [NATIONAL_PATHS.status, 'status'],
  [NATIONAL_PATHS.lookUp, 'lookUp'],
])
const progressSchema = z.strictObject({
  MaHoSo: z.string(),
  ThoiDiemXuLy: z.string().regex(/^\d{14}$/),
  NoiDungXuLy: z.string(),
})
const statusSchema = z.strictObject({ MaHoSo: z.string(), TrangThai: z.int().min(1).max(10) })

/**
 * The national flow in miniature, in memory. It takes a dossier code once; what it does with the
 * same code again (error_code 02) is its own rule and not the platform's promise.
 */
export async function createNationalSandbox(clock: { now(): number }): Promise<NationalSandbox> {
  const client = { id: 'kiosk-1', secret: randomBytes(16).toString('hex') }
  const dossiers = new Map<string, { dossier: Dossier; status: number }>()
  const files = new Map<string, string>()
  const faults: NationalFault[] = []
  const asked = new Map<NationalStep, number>()
  let numbers = 0
  let tokens = 0
  let token: string | null = null

  async function handle(step: NationalStep, url: URL, body: Buffer): Promise<Outcome> {
    switch (step) {
      case 'token': {
        const form = new URLSearchParams(body.toString())
        if (form.get('client_id') !== client.id || form.get('client_secret') !== client.secret) {
          return { status: 401, body: { error: 'invalid_client' } }
        }
        tokens += 1
        token = randomBytes(16).toString('hex')
        return { status: 200, body: { access_token: token, token_type: 'Bearer' } }
      }
      case 'nextValue': {
        if (!/^\d\.\d{6}$/.test(url.searchParams.get('code') ?? '')) return wrong('01')
        numbers += 1
        const day = isoDate(localDate(clock.now())).replaceAll('-', '')
        return done({ MaHoSo: `H19.99-${day}-${String(numbers).padStart(7, '0')}` })
      }
      case 'upload': {
        const IdTepTin = randomBytes(12).toString('hex')
        const HashTepTin = createHash('sha256').update(body).digest('hex')
        files.set(IdTepTin, HashTepTin)
        return done({ IdTepTin, HashTepTin })
      }
      case 'submit': {
        const dossier = dossierSchema.safeParse(parseJson(body))
        if (!dossier.success) return wrong('01')
        const papers = dossier.data.ThanhPhanHoSo.flatMap((part) => part.GiayToDinhKem)
        if (papers.some((paper) => files.get(paper.IdGiayTo) !== paper.HashTepTin)) {
          return wrong('03')
        }
        const { MaHoSo } = dossier.data
        if (dossiers.has(MaHoSo)) return { status: 200, body: { error_code: '02' } }
        dossiers.set(MaHoSo, { dossier: dossier.data, status: 1 })
        return done({ MaHoSo })
      }
      case 'progress': {
        const progress = progressSchema.safeParse(parseJson(body))
        return progress.success && dossiers.has(progress.data.MaHoSo) ? done({}) : wrong('04')
      }
      case 'status': {
        const status = statusSchema.safeParse(parseJson(body))
        const kept = status.success ? dossiers.get(status.data.MaHoSo) : undefined
        if (!status.success || kept === undefined) return wrong('04')
        kept.status = status.data.TrangThai
        return done({})
      }
      case 'lookUp': {
        const MaHoSo = url.searchParams.get('MaHoSo') ?? ''
        const kept = dossiers.get(MaHoSo)
        return done({ HoSo: kept === undefined ? null : { MaHoSo, TrangThai: kept.status } })
      }
    }
  }

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://sandbox')
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(Buffer.from(piece))
    const step = steps.get(url.pathname)
    if (step === undefined) return reply(response, { status: 404, body: { error_code: '404' } })
    asked.set(step, (asked.get(step) ?? 0) + 1)
    const at = faults.findIndex((fault) => fault.step === step)
    const how = at < 0 ? undefined : faults.splice(at, 1)[0]?.how
    switch (how) {
      case 'lost-request':
        return void request.socket.destroy()
      case 'http-500-before':
        return reply(response, { status: 500, body: {} })
      case 'http-503-before':
        return reply(response, { status: 503, body: {} })
      case 'http-400':
        return reply(response, { status: 400, body: { error_code: '01' } })
      case 'http-401':
        return reply(response, { status: 401, body: {} })
      case 'http-403':
        return reply(response, { status: 403, body: {} })
      case 'http-404':
        return reply(response, { status: 404, body: {} })
      case 'html-200':
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Log in')
      case 'lost-reply':
      case 'http-500-after':
      case 'http-502-after':
      case 'truncated':
      case undefined:
    }
    const isAuthorised = step === 'token' || request.headers.authorization === `Bearer ${token}`
    const outcome = isAuthorised
      ? await handle(step, url, Buffer.concat(pieces))
      : { status: 401, body: {} }
    if (how === 'lost-reply') return void request.socket.destroy()
    if (how === 'http-500-after') return reply(response, { status: 500, body: {} })
    if (how === 'http-502-after') {
      return void response.writeHead(502, { 'content-type': 'text/html' }).end('<p>Bad gateway')
    }
    if (how === 'truncated') {
      response.writeHead(200, { 'content-type': 'application/json' })
      return void response.end(JSON.stringify(outcome.body).slice(0, 10))
    }
    reply(response, outcome)
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((cause: unknown) => {
      if (!response.destroyed && !request.destroyed) throw cause
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: new URL(`http://127.0.0.1:${address.port}`),
    client,
    script: (next) => void faults.push(...next),
    dossiers: () => [...dossiers.values()].map(({ dossier }) => dossier),
    statusOf: (dossierCode) => dossiers.get(dossierCode)?.status,
    setStatus(dossierCode, status) {
      const kept = dossiers.get(dossierCode)
      if (kept) kept.status = status
    },
    tokens: () => tokens,
    expireToken() {
      token = null
    },
    asked: (step) => asked.get(step) ?? 0,
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

function done(body: object): Outcome {
  return { status: 200, body: { ...OK, ...body } }
}

function wrong(code: string): Outcome {
  return { status: 400, body: { error_code: code } }
}

function reply(response: ServerResponse, { status, body }: Outcome): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}
