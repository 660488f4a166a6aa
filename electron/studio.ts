import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { ok, type Result } from '../shared/domain/result.ts'
import { clipPath, clipText, linesOf, piecesOf } from '../shared/speech/index.ts'
import type { VoicePack } from '../shared/speech/schema.ts'
import {
  clipLoudnessSchema,
  STUDIO,
  type StudioLine,
  type StudioState,
} from '../shared/speech/studio.ts'
import { listen, pathOf, sameSecret, type PortProblem } from './loopback-port.ts'
import { CACHE_CONTROL, studioHeaders } from './shell/headers.ts'
import { servePageFile } from './shell/static-files.ts'
import { clipId, keepClip, readScript, textsIn } from './voice/index.ts'

/** Limits of the studio's server. */
const STUDIO_LIMITS = {
  /** Half a minute of a voice takes a tenth of it. */
  CLIP_BYTES: 1024 * 1024,
} as const

export interface StudioOptions {
  /** Folder of the pack, and what its list says now. */
  readonly dir: string
  readonly pack: VoicePack
  /** 0: any free port. */
  readonly port: number
  /** The studio's own page, built apart from the kiosk's. */
  readonly pageDir: string
  /** The packs that come with the kiosk: the script, and how it sounds in Vietnamese. */
  readonly shipped: string
}

export interface Studio {
  /** Its page, with the token. */
  readonly url: string
  close(): Promise<void>
}

/**
 * Serves the recording studio on 127.0.0.1, apart from the kiosk: another program, port and page, so
 * that nothing of it can be reached from the citizen's. What belongs to the pack is given and taken
 * only with the token of the URL's fragment, and with Host, and Origin where one is sent, ours.
 */
export async function serveStudio(options: StudioOptions): Promise<Result<Studio, PortProblem>> {
  const { dir, pageDir, shipped } = options
  const token = randomBytes(32).toString('hex')
  const script = await readScript(shipped)
  const lines = linesOf(script, {
    tag: options.pack.language,
    texts: await textsIn(dir, options.pack),
  })
  let pack = options.pack
  let origin = ''
  /** One clip after the other: each changes the list. */
  let writing: Promise<unknown> = Promise.resolve()

  const state = (): StudioState => ({
    tag: pack.language,
    name: pack.name,
    journeys: script.journeys,
    lines: lines.map(({ clip, text, source, part, procedures }): StudioLine => ({
      id: clipId(clip),
      text,
      source: pack.texts === null ? null : source,
      part,
      procedures: [...procedures],
      vietnamese: soundsOf(pack.texts === null ? text : source),
      recorded: clipId(clip) in pack.clips,
    })),
  })

  const knows = (request: IncomingMessage): boolean => {
    const { authorization = '', origin: from = origin } = request.headers
    return from === origin && sameSecret(authorization, `Bearer ${token}`)
  }

  async function takeClip(request: IncomingMessage, response: ServerResponse, id: string) {
    const line = lines.find(({ clip }) => clipId(clip) === id)
    const query = new URL(request.url ?? '/', origin).searchParams
    const loudness = clipLoudnessSchema.safeParse(Object.fromEntries(query))
    const file = await bodyOf(request)
    if (line === undefined || !loudness.success || file === null) return answer(response, 400)
    const work = writing.then(async () => {
      const kept = await keepClip(dir, pack, { text: line.clip, file, ...loudness.data })
      if (kept.ok) pack = kept.value
      return kept
    })
    writing = work.catch(() => {})
    const kept = await work
    if (kept.ok) return answer(response, 200, {})
    return answer(response, 422, { problem: kept.error })
  }

  async function serveApi(request: IncomingMessage, response: ServerResponse, path: string) {
    if (!knows(request)) return answer(response, 403)
    if (path === STUDIO.STATE && request.method === 'GET') return answer(response, 200, state())
    const id = path.startsWith(STUDIO.CLIPS) ? path.slice(STUDIO.CLIPS.length) : ''
    if (!Object.hasOwn(pack.clips, id) && request.method === 'GET') return answer(response, 404)
    if (request.method === 'PUT') return takeClip(request, response, id)
    if (request.method !== 'GET') return answer(response, 405)
    const bytes = await readFile(join(dir, clipPath(id)))
    response.writeHead(200, { ...plainHeaders(), 'Content-Type': 'audio/ogg' }).end(bytes)
  }

  const server = createServer((request, response) => {
    if (`http://${request.headers.host}` !== origin) return answer(response, 403)
    const path = pathOf(request)
    const done = path.startsWith('/api/')
      ? serveApi(request, response, path)
      : servePageFile({ page: pageDir, voice: [shipped] }, request.method ?? 'GET', path).then(
          (file) => {
            const headers = { ...file.headers, ...studioHeaders() }
            response.writeHead(file.status, headers).end(file.body)
          },
        )
    done.catch(() => answer(response, 500))
  })
  const port = await listen(server, options.port)
  if (!port.ok) return port
  origin = `http://127.0.0.1:${port.value}`
  return ok({
    url: `${origin}${STUDIO.PAGE}#${token}`,
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      await writing
    },
  })
}

/** The Vietnamese clips that say a text, without its values. */
const soundsOf = (text: string): string[] =>
  piecesOf(text)
    .flatMap((piece) => ('said' in piece ? [clipText(piece.said)] : []))
    .filter((said) => /[\p{L}\p{N}]/u.test(said))
    .map(clipId)

const plainHeaders = () => ({ ...studioHeaders(), 'Cache-Control': CACHE_CONTROL.DATA })

function answer(response: ServerResponse, status: number, body?: object): void {
  if (response.headersSent) return void response.destroy()
  response.writeHead(status, { ...plainHeaders(), 'Content-Type': 'application/json' })
  response.end(body === undefined ? undefined : JSON.stringify(body))
}

/** What was sent; null where it is more than a clip. */
async function bodyOf(request: IncomingMessage): Promise<Uint8Array | null> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    const piece = Buffer.from(chunk)
    bytes += piece.length
    if (bytes > STUDIO_LIMITS.CLIP_BYTES) return null
    chunks.push(piece)
  }
  return Buffer.concat(chunks)
}
