import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rm, stat, writeFile } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import {
  clientRefSchema,
  manifestEntrySchema,
  PORTAL_LIMITS,
  PORTAL_PATHS,
  type ManifestEntry,
} from '../../portal/index.ts'
import { bare, problem, type Reply } from './answers.ts'
import type { Register } from './register.ts'
import type { UploadRow } from './upload-rows.ts'

/** Rules of the sandbox's uploads. */
export const UPLOAD_RULES = {
  /** An upload without progress for so long is gone. */
  TTL_MS: 24 * 3_600_000,
  /** Progress gives it a new day when so much of the last one is gone. */
  PROLONG_AFTER_MS: 3_600_000,
} as const

const TUS = { 'tus-resumable': '1.0.0' } as const

/** The answer to OPTIONS (tus 1.0). */
export const tusOptions: Reply = bare(204, {
  ...TUS,
  'tus-version': '1.0.0',
  'tus-extension': 'creation,expiration,termination',
  'tus-max-size': String(PORTAL_LIMITS.UPLOAD_MAX_BYTES),
})

type UploadDeps = {
  readonly dir: string
  readonly register: Register
  readonly clock: { now(): number }
}

const metadataSchema = z.object({
  client_ref: clientRefSchema,
  attachment_id: manifestEntrySchema.shape.id,
  sha256: manifestEntrySchema.shape.sha256,
})

/** tus 1.0 with creation, termination and expiration, on files in a folder of the sandbox. */
export async function createUploads({ dir, register, clock }: UploadDeps) {
  const folder = join(dir, 'uploads')
  await mkdir(folder, { recursive: true })
  const rows = register.uploads
  /** Uploads that a PATCH is writing to. */
  const busy = new Set<string>()
  const fileOf = (id: string) => join(folder, id)
  const offsetOf = async (id: string) => (await stat(fileOf(id))).size
  const expiry = (atMs: number) => ({ 'upload-expires': new Date(atMs).toUTCString() })

  async function discard(row: UploadRow): Promise<void> {
    rows.remove(row.id)
    await rm(fileOf(row.id), { force: true })
  }

  /** The upload of this kiosk, or the answer that there is none. */
  async function live(id: string, request: IncomingMessage): Promise<UploadRow | Reply> {
    if (request.headers['tus-resumable'] !== '1.0.0') {
      return bare(412, { 'tus-version': '1.0.0' })
    }
    const row = rows.find(id)
    if (row === undefined || row.kioskId !== request.headers['x-kiosk-id']) {
      return bare(404, TUS)
    }
    if (!row.frozen && row.expiresAtMs <= clock.now()) {
      // The row stays, so that 410 can be told from 404, until the paper is uploaded anew.
      await rm(fileOf(id), { force: true })
      return bare(410, TUS)
    }
    return row
  }

  async function create(request: IncomingMessage): Promise<Reply> {
    const kioskId = request.headers['x-kiosk-id']
    const metadata = metadataSchema.safeParse(metadataOf(request.headers['upload-metadata']))
    const size = Number(request.headers['upload-length'] ?? 'none')
    if (request.headers['tus-resumable'] !== '1.0.0') return bare(412, { 'tus-version': '1.0.0' })
    if (
      typeof kioskId !== 'string' ||
      !metadata.success ||
      !Number.isSafeInteger(size) ||
      size < 0
    ) {
      return problem(400, 'malformed', {}, TUS)
    }
    if (size > PORTAL_LIMITS.UPLOAD_MAX_BYTES) return problem(413, 'too-large', {}, TUS)
    const { client_ref: clientRef, attachment_id: attachmentId, sha256 } = metadata.data
    if (register.withdrawn(kioskId, clientRef)) return problem(410, 'withdrawn', {}, TUS)
    const known = rows.findPaper(kioskId, clientRef, attachmentId)
    const same = known?.sha256 === sha256 && known.size === size
    if (known?.frozen && !same) return problem(409, 'attachments-frozen', {}, TUS)
    if (known && same && (known.frozen || known.expiresAtMs > clock.now())) {
      return bare(200, {
        ...TUS,
        ...expiry(known.expiresAtMs),
        location: `${PORTAL_PATHS.uploads}/${known.id}`,
        'upload-offset': String(await offsetOf(known.id)),
      })
    }
    if (known) await discard(known)
    const id = randomUUID()
    const expiresAtMs = clock.now() + UPLOAD_RULES.TTL_MS
    await writeFile(fileOf(id), '', { mode: 0o600 })
    // Whoever made the same upload meanwhile was first.
    const other = rows.findPaper(kioskId, clientRef, attachmentId)
    if (other) {
      await rm(fileOf(id), { force: true })
      return bare(423, TUS)
    }
    rows.add({ id, kioskId, clientRef, attachmentId, sha256, size, expiresAtMs })
    return bare(201, {
      ...TUS,
      ...expiry(expiresAtMs),
      location: `${PORTAL_PATHS.uploads}/${id}`,
      'upload-offset': '0',
    })
  }

  async function head(id: string, request: IncomingMessage): Promise<Reply> {
    const row = await live(id, request)
    if ('status' in row) return row
    if (busy.has(id)) return bare(423, TUS)
    return bare(200, {
      ...TUS,
      ...expiry(row.expiresAtMs),
      'cache-control': 'no-store',
      'upload-length': String(row.size),
      'upload-offset': String(await offsetOf(id)),
    })
  }

  /** `half`: stores only the first half of what comes, and then answers null. */
  async function patch(id: string, request: IncomingMessage, half = false): Promise<Reply | null> {
    const row = await live(id, request)
    if ('status' in row) return row
    if (row.frozen) return problem(409, 'attachments-frozen', {}, TUS)
    if (request.headers['content-type'] !== 'application/offset+octet-stream') {
      return bare(415, TUS)
    }
    if (busy.has(id)) return bare(423, TUS)
    busy.add(id)
    try {
      const offset = await offsetOf(id)
      if (request.headers['upload-offset'] !== String(offset)) return bare(409, TUS)
      const announced = Number(request.headers['content-length'] ?? Number.NaN)
      if (announced > row.size - offset) return problem(413, 'too-large', {}, TUS)
      const room = half ? Math.floor(announced / 2) : row.size - offset
      const fits = await append(fileOf(id), request, room)
      if (half) return null
      if (!fits) return problem(413, 'too-large', {}, TUS)
      const expiresAtMs = clock.now() + UPLOAD_RULES.TTL_MS
      // Not at every piece: each is a commit.
      const isWorth = expiresAtMs - row.expiresAtMs > UPLOAD_RULES.PROLONG_AFTER_MS
      if (isWorth) rows.prolong(id, expiresAtMs)
      return bare(204, {
        ...TUS,
        ...expiry(isWorth ? expiresAtMs : row.expiresAtMs),
        'upload-offset': String(await offsetOf(id)),
      })
    } finally {
      busy.delete(id)
    }
  }

  async function terminate(id: string, request: IncomingMessage): Promise<Reply> {
    const row = await live(id, request)
    if ('status' in row) return row
    if (row.frozen) return problem(409, 'attachments-frozen', {}, TUS)
    if (busy.has(id)) return bare(423, TUS)
    await discard(row)
    return bare(204, TUS)
  }

  /**
   * The uploads of a manifest, or the ids of papers that are missing, incomplete or other than
   * announced. What is complete and wrong is dropped, so that it can be uploaded again.
   */
  async function gather(
    kioskId: string,
    clientRef: string,
    manifest: readonly ManifestEntry[],
  ): Promise<{ readonly uploadIds: string[]; readonly wrong: string[] }> {
    const uploadIds: string[] = []
    const wrong: string[] = []
    for (const paper of manifest) {
      const row = rows.findPaper(kioskId, clientRef, paper.id)
      const offset = row && (await offsetOf(row.id).catch(() => null))
      if (row === undefined || busy.has(row.id) || offset !== row.size) {
        wrong.push(paper.id)
      } else if (row.size !== paper.size || (await digestOf(fileOf(row.id))) !== paper.sha256) {
        wrong.push(paper.id)
        if (!row.frozen) await discard(row)
      } else {
        uploadIds.push(row.id)
      }
    }
    return { uploadIds, wrong }
  }

  return { create, head, patch, terminate, gather }
}

/** The desk of uploads. */
export type Uploads = Awaited<ReturnType<typeof createUploads>>

/** `Upload-Metadata` (tus 1.0): `key base64,key base64`. */
function metadataOf(header: string | string[] | undefined): Record<string, string> {
  if (typeof header !== 'string') return {}
  return Object.fromEntries(
    header.split(',').map((pair) => {
      const [key = '', value = ''] = pair.trim().split(' ')
      return [key, Buffer.from(value, 'base64').toString('utf8')]
    }),
  )
}

/** False where more came than there is room for. What fits is kept, also when the line breaks. */
async function append(file: string, source: IncomingMessage, room: number): Promise<boolean> {
  const handle = await open(file, 'a')
  let left = room
  // One piece is written while the next one comes.
  let writing = Promise.resolve()
  try {
    for await (const piece of source) {
      if (!(piece instanceof Uint8Array)) throw new Error('not bytes')
      await writing
      writing = handle.appendFile(piece.subarray(0, left))
      left -= piece.length
      if (left < 0) {
        await writing
        return false
      }
    }
    await writing
    return true
  } finally {
    await writing.catch(() => {})
    await handle.close()
  }
}

async function digestOf(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
