import { createHash, randomBytes } from 'node:crypto'
import type { Result } from '../../shared/domain/result.ts'
import type { Filing, ManifestEntry } from '../portal/index.ts'
import type { FilingKey, SealedFiles } from '../store/index.ts'
import { newClientRef } from './client-ref.ts'
import type { EnqueueRequest } from './enqueue.ts'

/** For tests of the outbox, here and in the fault suite: a clock, invented filings and papers. */

export const KIOSK_ID = 'kiosk-1'
export const PROCEDURE = '1.004873'
export const START_MS = Date.UTC(2026, 10, 21, 3)

/** The value of a result that the test expects to be one. */
export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

/** A clock that stands until it is moved, and its timers. */
export function createManualTime() {
  let now = START_MS
  const waiting = new Set<{ at: number; run: () => void }>()
  const time = {
    now: () => now,
    after(delayMs: number, run: () => void) {
      const timer = { at: now + delayMs, run }
      waiting.add(timer)
      return () => void waiting.delete(timer)
    },
    advance(ms: number): void {
      now += ms
      const due = [...waiting].filter(({ at }) => at <= now)
      for (const timer of due.toSorted((left, right) => left.at - right.at)) {
        if (waiting.delete(timer)) timer.run()
      }
    },
    /** Moves the clock on and on while real sockets do their work; returns the way to stop it. */
    flow(ms: number): () => void {
      const pulse = setInterval(() => time.advance(ms), 5)
      return () => clearInterval(pulse)
    },
    /** Somebody sets the clock; timers keep their delays, as the machine's own do. */
    setBy(ms: number): void {
      now += ms
      for (const timer of waiting) timer.at += ms
    },
  }
  return time
}

/** A scan of an invented paper, whose words must never stand on the disk in the clear. */
export type InventedPaper = ManifestEntry & { readonly kind: string; readonly content: Buffer }

/** A filing of an invented person, and the words that must never stand on the disk in the clear. */
export type Invented = {
  readonly clientRef: string
  readonly marker: string
  readonly number: string
  readonly papers: readonly InventedPaper[]
  readonly request: EnqueueRequest
}

type InventOptions = {
  readonly marker?: string
  readonly nowMs?: number
  /** Filings with the same number are one citizen's. */
  readonly number?: string
  readonly random?: (length: number) => Uint8Array
  readonly procedureCode?: string
  /** Added to the declaration, to make the filing larger. */
  readonly padding?: number
  /** What another version of the kiosk makes of it. */
  readonly reshape?: (filing: Filing) => object
  /** Sizes in bytes of the papers that belong to it. */
  readonly papers?: readonly number[]
}

/** Invents a filing; each one has words and, unless told otherwise, a person of its own. */
export function inventFiling(options: InventOptions = {}): Invented {
  const { nowMs = START_MS, random = randomBytes, procedureCode = PROCEDURE, padding = 0 } = options
  const { reshape = (filing: Filing) => filing } = options
  const tag = Buffer.from(random(4))
  const marker = options.marker ?? `Nguyễn Ví Dụ ${tag.toString('hex')}`
  // Province 083, then three digits of chance; 000000 at the end belongs to nobody.
  const number = options.number ?? `083${String(tag.readUInt32BE() % 1000).padStart(3, '0')}000000`
  const clientRef = newClientRef(nowMs, random)
  const papers = (options.papers ?? []).map((size, index) => inventPaper(marker, size, index))
  const filing: Filing = {
    schemaVersion: 1,
    kioskId: KIOSK_ID,
    clientRef,
    procedureCode,
    capturedAt: new Date(nowMs).toISOString(),
    applicant: { name: marker, number },
    form: { 'purpose.text': `bổ túc hồ sơ ${marker}${'.'.repeat(padding)}` },
    components: [],
    ...(papers.length > 0 && {
      attachments: papers.map(({ id, sha256, size }) => ({ id, sha256, size })),
    }),
  }
  const requestId = `confirm-${clientRef}`
  const body = Buffer.from(JSON.stringify(reshape(filing)))
  const citizenKey = options.number ?? clientRef
  const request = { clientRef, requestId, procedureCode, citizenKey, body }
  return { clientRef, marker, number, papers, request }
}

/** The citizen's words over and over, each line with its number. */
function inventPaper(marker: string, size: number, index: number): InventedPaper {
  const content = Buffer.alloc(size)
  for (let at = 0, line = 0; at < size; line += 1) {
    at += content.write(`${index + 1}.${line} ${marker}\n`, at)
    if (size - at < 4) break
  }
  const sha256 = createHash('sha256').update(content).digest('hex')
  return { id: `scan-${index + 1}`, kind: `component-${index + 1}`, size, sha256, content }
}

/** Seals the papers as a scan does, and gives the confirmation that lists them. */
export async function scanPapers(
  files: Pick<SealedFiles, 'begin' | 'writePaper'>,
  invented: Invented,
): Promise<EnqueueRequest> {
  const { clientRef, papers, request } = invented
  if (papers.length === 0) return request
  const key = must(await files.begin(clientRef))
  for (const { id, content } of papers) must(await files.writePaper(clientRef, key, id, [content]))
  return withPapers(invented, key)
}

/** The confirmation that lists the papers, which were sealed under this key. */
export function withPapers({ papers, request }: Invented, key: FilingKey): EnqueueRequest {
  const list = papers.map(({ id, kind, size, sha256 }) => ({ id, kind, size, sha256 }))
  return { ...request, papers: { key, list } }
}
