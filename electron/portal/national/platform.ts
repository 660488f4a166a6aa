import type { Readable } from 'node:stream'
import { z } from 'zod'
import { TOKEN_REFUSED, type TokenProvider } from '../authorization.ts'
import type { PortalTls } from '../connect.ts'
import {
  createExchange,
  EXCHANGE_TIMEOUTS,
  type Exchange,
  type ExchangeTimeouts,
} from '../exchange.ts'
import type { Dossier } from './payload.ts'

/**
 * The services of the six-step flow of 2026. Their names are public; the paths under which an
 * exchange platform offers them are local, these are the sandbox's.
 */
export const NATIONAL_PATHS = {
  token: '/token',
  nextValue: '/GetNextValue',
  upload: '/TaiTepTin',
  submit: '/NoiHoSo',
  progress: '/CapNhatTienTrinh',
  status: '/CapNhatTrangThai',
  lookUp: '/TraCuuHoSo',
} as const

/** An upload has no piece-wise resumption, so a whole file must fit in. */
const UPLOAD_TOTAL_MS = 600_000

/** error_code of success. */
const SUCCESS = '00'

/** Address and account at the exchange platform. */
export type NationalPlatformOptions = {
  readonly url: URL
  /** Client credentials (RFC 6749, 4.4). */
  readonly client: { readonly id: string; readonly secret: string }
  readonly timeouts?: Partial<ExchangeTimeouts>
  readonly tls?: PortalTls | undefined
}

const tokenSchema = z.looseObject({ access_token: z.string().min(1) })
const codeSchema = z.looseObject({ error_code: z.string().max(64) })
const nextValueSchema = z.looseObject({ MaHoSo: z.string().min(1).max(64) })
const uploadSchema = z.looseObject({
  IdTepTin: z.string().min(1).max(200),
  HashTepTin: z.string().min(1).max(200),
})
const submittedSchema = z.looseObject({ MaHoSo: z.string() })
const lookUpSchema = z.looseObject({
  HoSo: z.looseObject({ MaHoSo: z.string(), TrangThai: z.int() }).nullable(),
})

/** One answer of the platform: its value, its own error code, or why there is neither. */
export type Said<T> =
  | { readonly kind: 'value'; readonly value: T }
  | { readonly kind: 'code'; readonly status: number; readonly code: string }
  | { readonly kind: 'nothing'; readonly result: Exchange }

/** The platform's services as functions. */
export function createPlatform(options: NationalPlatformOptions) {
  const timeouts = { ...EXCHANGE_TIMEOUTS, ...options.timeouts }
  const root = options.url.href.replace(/\/$/, '')
  const { tls } = options
  const issuer = createExchange({ timeouts, tls, marked: false })
  let token: Promise<string> | null = null
  const tokens: TokenProvider = {
    token: () => (token ??= fetchToken()),
    refresh: () => (token = fetchToken()),
  }
  const exchange = createExchange({ timeouts, tls, tokens, marked: false })

  async function fetchToken(): Promise<string> {
    const { id, secret } = options.client
    const result = await issuer.ask({
      method: 'POST',
      url: root + NATIONAL_PATHS.token,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: Buffer.from(
        new URLSearchParams({
          grant_type: 'client_credentials',
          client_id: id,
          client_secret: secret,
        }).toString(),
      ),
    })
    const body = result.kind === 'answer' ? tokenSchema.safeParse(result.answer.json) : null
    if (body?.success) return body.data.access_token
    // The next question tries again.
    token = null
    const status = result.kind === 'answer' ? result.answer.status : 0
    const refused = status === 400 || status === 401 || status === 403
    throw Object.assign(new Error('no token'), {
      code: refused ? TOKEN_REFUSED : result.kind,
    })
  }

  const post = (path: string, body: unknown, signal?: AbortSignal) =>
    exchange.ask({
      method: 'POST',
      url: root + path,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(body)),
      signal,
    })
  const get = (path: string, query: Readonly<Record<string, string>>, signal?: AbortSignal) =>
    exchange.ask({
      method: 'GET',
      url: `${root}${path}?${new URLSearchParams(query).toString()}`,
      headers: {},
      signal,
    })

  return {
    /** A token is a sign of life that no login page gives. */
    hasToken: () => tokens.token(),

    async nextValue(procedureCode: string, signal?: AbortSignal) {
      return read(
        await get(NATIONAL_PATHS.nextValue, { code: procedureCode }, signal),
        nextValueSchema,
      )
    },

    async upload(
      paper: { readonly id: string; readonly size: number; readonly content: () => Readable },
      signal?: AbortSignal,
    ) {
      const result = await exchange.ask({
        method: 'POST',
        url: root + NATIONAL_PATHS.upload,
        headers: {
          'content-type': 'application/octet-stream',
          'content-length': String(paper.size),
          'x-file-name': paper.id,
        },
        body: paper.content,
        totalMs: UPLOAD_TOTAL_MS,
        signal,
      })
      return read(result, uploadSchema)
    },

    submit: async (dossier: Dossier, signal?: AbortSignal) =>
      read(await post(NATIONAL_PATHS.submit, dossier, signal), submittedSchema),

    /** B5. Its members beyond MaHoSo follow the synchronisation of 2020. */
    progress: async (
      progress: { MaHoSo: string; ThoiDiemXuLy: string; NoiDungXuLy: string },
      signal?: AbortSignal,
    ) => read(await post(NATIONAL_PATHS.progress, progress, signal), codeSchema),

    /** B6. */
    status: async (status: { MaHoSo: string; TrangThai: number }, signal?: AbortSignal) =>
      read(await post(NATIONAL_PATHS.status, status, signal), codeSchema),

    lookUp: async (dossierCode: string, signal?: AbortSignal) =>
      read(await get(NATIONAL_PATHS.lookUp, { MaHoSo: dossierCode }, signal), lookUpSchema),

    close: async () => void (await Promise.all([exchange.close(), issuer.close()])),
  }
}

/** The services of one platform. */
export type Platform = ReturnType<typeof createPlatform>

function read<T>(result: Exchange, schema: z.ZodType<T>): Said<T> {
  if (result.kind !== 'answer') return { kind: 'nothing', result }
  const { status, json } = result.answer
  const code = codeSchema.safeParse(json)
  const value = schema.safeParse(json)
  if (status === 200 && code.success && code.data.error_code === SUCCESS && value.success) {
    return { kind: 'value', value: value.data }
  }
  return code.success
    ? { kind: 'code', status, code: code.data.error_code }
    : { kind: 'nothing', result }
}
