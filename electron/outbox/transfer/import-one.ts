import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import {
  DISK_LIMITS,
  ENVELOPE,
  filingPaths,
  keepSealed,
  makeFilingFolder,
  openAfterPassage,
  paperOf,
  readEnvelope,
  sqliteCode,
  systemCode,
  transaction,
} from '../../store/index.ts'
import { submissionStateSchema } from '../submission.ts'
import type { ownTransferKey } from './key.ts'
import { TRANSFER_LIMITS as limits } from './limits.ts'
import type { TransferredFiling } from './manifest.ts'
import type { TransferDeps } from './ports.ts'
import { copyDurably, digestOf, readWhole, same } from './stick.ts'

/**
 * Why a filing was not taken in; nothing of it is here.
 * - `missing`, `damaged`: a file of it is not there, or not what was exported.
 * - `other-kiosk`: its key is sealed to another kiosk.
 * - `other-bytes`: this kiosk has other contents under its reference: a fault, or an attack.
 * - `in-use`: a visit here uses its reference, or another filing one of its papers' names.
 * - `disk-full`, `io`: this kiosk has no room, or its disk or the stick fails.
 */
export type ImportRefusal =
  | 'missing'
  | 'damaged'
  | 'other-kiosk'
  | 'other-bytes'
  | 'in-use'
  | 'disk-full'
  | 'io'

type Opened = Extract<ReturnType<typeof openAfterPassage>, { ok: true }>['value']

const rowSchema = z
  .object({ state: submissionStateSchema, body_sha256: z.instanceof(Buffer) })
  .optional()

/** The part of a filing's bytes that says whose it is. Other versions' bytes have it as well. */
const bodySchema = z.looseObject({
  kioskId: z.string(),
  clientRef: z.string(),
  procedureCode: z.string().regex(/^[A-Za-z0-9.-]{1,32}$/),
})

/** Makes the function that takes in one filing of a stick, whole or not at all. */
export function createImportOne(
  deps: TransferDeps,
  unseal: ReturnType<typeof ownTransferKey>['unseal'],
  dir: string,
  actor: string,
) {
  const { store, keys, files, journal, clock } = deps
  const { db } = store
  const find = db.prepare('SELECT state, body_sha256 FROM submission WHERE client_ref = ?')
  const keep = keepSealed(db)
  const nextSeq = db.prepare('SELECT coalesce(max(seq), 0) + 1 FROM submission').pluck()
  const insert = db.prepare(
    `INSERT INTO submission (seq, client_ref, request_id, group_key, procedure_code, schema_version,
       portal_id, state, body_sha256, sealed_id, next_at_ms, captured_at_ms, last_code, attempts,
       origin_kiosk_id, origin_seq, depends_on)
     VALUES (?, ?, ?, ?, ?, ?, ?, 'IN_DOUBT', ?, ?, ?, ?, 'imported', 1, ?, ?,
       (SELECT client_ref FROM submission WHERE client_ref = ?))`,
  )
  const insertPaper = db.prepare(
    `INSERT INTO attachment (id, client_ref, ordinal, kind, size, sha256, state)
     VALUES (?, ?, ?, ?, ?, ?, 'WAITING')`,
  )

  /** Opens what the stick has of a filing, and proves that it is the filing that the list names. */
  async function open(filing: TransferredFiling): Promise<Result<Opened, ImportRefusal>> {
    const { clientRef, kioskId, seq } = filing
    const [envelope, ...papers] = filing.files
    const bytes = await readWhole(join(dir, clientRef, ENVELOPE), limits.ENVELOPE_MAX_BYTES)
    if (!bytes.ok) return err(bytes.error.code)
    if (envelope === undefined || !same(digestOf(bytes.value), envelope)) return err('damaged')
    const dek = unseal(Buffer.from(filing.key, 'base64'))
    if (!dek.ok) return err(dek.error.code)
    const opened = openAfterPassage(keys, clientRef, bytes.value, dek.value)
    if (!opened.ok) return err('damaged')
    const { description, body } = opened.value
    const said = bodySchema.safeParse(parseJson(body)).data
    const listed = papers.map(({ name }) => paperOf(name))
    const origin = description.origin ?? { kioskId, seq: description.seq }
    const fits =
      said?.kioskId === kioskId &&
      said.clientRef === clientRef &&
      said.procedureCode === description.procedureCode &&
      origin.kioskId === kioskId &&
      origin.seq === seq &&
      description.bodySha256 === sha256(body).toString('base64') &&
      isMoment(description.capturedAtMs) &&
      description.papers.length === listed.length &&
      description.papers.every(({ id }, at) => listed[at] === id)
    return fits ? opened : err('damaged')
  }

  /** `known`, and whether the contents are those that are here. */
  function lookUp(
    clientRef: string,
    { description }: Opened,
  ): Result<'known', 'other-bytes'> | null {
    const row = rowSchema.parse(find.get(clientRef))
    if (row === undefined) return null
    if (row.body_sha256.toString('base64') === description.bodySha256) return ok('known')
    transaction(db, () => {
      const { state } = row
      const reason = 'import-other-bytes'
      journal.append({ clientRef, actor, from: state, to: state, reason, atMs: clock.now() })
    })()
    deps.log('alarm', { code: 'import-other-bytes', clientRef })
    return err('other-bytes')
  }

  /** Copies the papers and reads the copies to the end. */
  async function takePapers(
    { clientRef, files: list }: TransferredFiling,
    { filing, description }: Opened,
  ): Promise<Result<void, ImportRefusal>> {
    if (description.papers.length === 0) return ok(undefined)
    await makeFilingFolder(files.dir, clientRef)
    const paths = filingPaths(files.dir, clientRef)
    for (const [at, { id, size, sha256 }] of description.papers.entries()) {
      const listed = list[at + 1]
      if (listed === undefined) return err('damaged')
      const copied = await copyDurably(join(dir, clientRef, listed.name), paths.paper(id), listed)
      if (!copied.ok) return err(copied.error.code)
      const found = await readPaper(clientRef, filing, id)
      if (found?.size !== size || found.sha256.toString('base64') !== sha256) return err('damaged')
    }
    return ok(undefined)
  }

  async function readPaper(clientRef: string, filing: Opened['filing'], id: string) {
    const paper = await files.openPaper(clientRef, filing, id)
    if (!paper.ok) return undefined
    const hash = createHash('sha256')
    try {
      for (let at = 0; at < paper.value.size; at += limits.CHUNK_BYTES) {
        const piece = await paper.value.read(at, limits.CHUNK_BYTES)
        if (!piece.ok) return undefined
        hash.update(piece.value)
      }
      return { size: paper.value.size, sha256: hash.digest() }
    } finally {
      await paper.value.close()
    }
  }

  /**
   * The envelope under this kiosk's key, then the row, with nothing in between: a core that dies
   * there finds the filing by its envelope, origin and all.
   */
  const commit = transaction(
    db,
    ({ clientRef, kioskId, seq }: TransferredFiling, opened: Opened): ImportRefusal | null => {
      const { filing, description, body } = opened
      const now = clock.now()
      const mine = {
        ...description,
        seq: z.int().parse(nextSeq.get()),
        // Those of different kiosks know nothing of each other.
        requestId: `imported-${clientRef}`,
        origin: { kioskId, seq },
      }
      const sealedBody = files.confirmNow(clientRef, filing, mine, body)
      if (!sealedBody.ok) return sealedBody.error.code
      insert.run(
        mine.seq,
        clientRef,
        mine.requestId,
        bytes(mine.groupKey),
        mine.procedureCode,
        mine.schemaVersion,
        mine.portalId,
        bytes(mine.bodySha256),
        keep({ ...filing.wrap(), sealedBody: sealedBody.value }),
        now,
        mine.capturedAtMs,
        kioskId,
        seq,
        mine.dependsOn,
      )
      for (const { id, ordinal, kind, size, sha256 } of mine.papers) {
        insertPaper.run(id, clientRef, ordinal, kind, size, bytes(sha256))
      }
      const reason = 'imported'
      journal.append({ clientRef, actor, from: null, to: 'IN_DOUBT', reason, atMs: now })
      return null
    },
  )

  /** Whatever stops it, the folder goes again: there was none before. */
  async function take(filing: TransferredFiling, opened: Opened): Promise<ImportRefusal | null> {
    try {
      const papers = await takePapers(filing, opened)
      return papers.ok ? commit(filing, opened) : papers.error
    } catch (cause) {
      const code = sqliteCode(cause) ?? systemCode(cause)
      if (code === undefined) throw cause
      if (code.startsWith('SQLITE_CONSTRAINT')) return 'in-use'
      return /^(SQLITE_FULL|ENOSPC|EDQUOT)/.test(code) ? 'disk-full' : 'io'
    }
  }

  return async (filing: TransferredFiling): Promise<Result<'taken' | 'known', ImportRefusal>> => {
    const { clientRef } = filing
    const opened = await open(filing)
    if (!opened.ok) return opened
    const here = lookUp(clientRef, opened.value)
    if (here !== null) return here
    // A visit that goes on has its folder before it has a row.
    if ((await readEnvelope(files.dir, clientRef)) !== undefined) return err('in-use')
    const size = filing.files.reduce((sum, file) => sum + file.size, 0)
    if ((await deps.free(files.dir)) - size < DISK_LIMITS.MIN_FREE_BYTES) return err('disk-full')
    const refusal = await take(filing, opened.value)
    if (refusal === null) return ok('taken')
    files.eraseNow([clientRef])
    return err(refusal)
  }
}

/** Whatever is no date could not even be listed. */
const isMoment = (ms: number) => !Number.isNaN(new Date(ms).getTime())

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

const bytes = (base64: string) => Buffer.from(base64, 'base64')

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
