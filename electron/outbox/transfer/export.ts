import { mkdir, type FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import {
  ENVELOPE,
  filingPaths,
  readForPassage,
  sqliteCode,
  syncDir,
  systemCode,
  writeDurably,
} from '../../store/index.ts'
import { afterStaff, EXPORTED, heldFrom } from '../decide-staff.ts'
import type { Step } from '../decide.ts'
import type { Row } from '../rows.ts'
import { ownTransferKey, readTransferKey } from './key.ts'
import { TRANSFER_LIMITS as limits } from './limits.ts'
import {
  decodeManifest,
  encodeManifest,
  MANIFEST,
  type Manifest,
  type TransferredFile,
  type TransferredFiling,
} from './manifest.ts'
import type { NamedFiling, TransferDeps } from './ports.ts'
import { copyDurably, digestOf, isWhole, readWhole } from './stick.ts'

/** What is to go on a stick, and for whom. */
export type ExportOrder = {
  /** Absolute path of a folder on the stick; made where only it is missing. */
  readonly dir: string
  /** The public transfer key of the kiosk that is to deliver. */
  readonly keyPem: string
  /** Null for all that have not ended and are not held. */
  readonly clientRefs: readonly string[] | null
  /** A role or an account, never a name; it goes into the journal. */
  readonly actor: string
}

/**
 * Why a filing was not exported; it is as it was.
 * - `held`: staff hold it, and it was not named.
 * - `damaged`, `missing`: its sealed files cannot be read here.
 */
export type LeftBehind =
  | 'unknown-filing'
  | 'ended'
  | 'busy'
  | 'held'
  | 'changed'
  | 'damaged'
  | 'missing'

/** What lies on the stick now, and what does not. */
export type ExportReport = {
  readonly exported: readonly NamedFiling[]
  readonly left: readonly (NamedFiling & { readonly code: LeftBehind })[]
}

/**
 * Why nothing can be taken from the stick.
 * - `bad-key`: not the public transfer key of a kiosk.
 * - `own-key`: this kiosk's own.
 * - `stick-in-use`: the folder holds what is for another kiosk, or from another one.
 * - `stick`: it cannot be written. Filings may be marked as exported already.
 * - `io`: this kiosk's store fails.
 */
export type ExportProblem =
  | { readonly code: 'bad-key' }
  | { readonly code: 'own-key' }
  | { readonly code: 'stick-in-use' }
  | { readonly code: 'stick'; readonly reason: string }
  | { readonly code: 'io'; readonly reason: string }

/**
 * Puts filings on a stick for another kiosk to deliver. The copies are made first, then each filing
 * is marked, so that this kiosk does not send it any more, and only then the list gets its name,
 * without which nothing on the stick counts. So whenever it is cut off, a filing is sent by this
 * kiosk, or waits here for staff: never is it lost, never on its way from both.
 */
export async function exportFilings(
  deps: TransferDeps,
  order: ExportOrder,
): Promise<Result<ExportReport, ExportProblem>> {
  const { keys, kioskId, reader } = deps
  const { dir, clientRefs, actor } = order
  const isNamed = clientRefs !== null
  const target = readTransferKey(order.keyPem)
  if (!target.ok) return target
  const { fingerprint: sealedTo, seal } = target.value
  if (sealedTo === ownTransferKey(keys).fingerprint) return err({ code: 'own-key' })

  const name = (clientRef: string): NamedFiling => ({
    clientRef,
    shortRef: reader.get(clientRef)?.shortRef ?? null,
  })
  try {
    const ours = { exportedBy: kioskId, sealedTo }
    const before = await prepareStick(dir, ours)
    if (before === null) return err({ code: 'stick-in-use' })
    const left: (NamedFiling & { code: LeftBehind })[] = []
    const packed: TransferredFiling[] = []
    for (const clientRef of new Set(clientRefs ?? live(deps))) {
      const decided = decide(deps, clientRef, isNamed)
      const there = before.get(clientRef)
      const filing = !decided.ok
        ? decided
        : there !== undefined && (await isThere(dir, there))
          ? ok(there)
          : await pack(deps, clientRef, dir, seal)
      if (filing.ok) packed.push(filing.value)
      else left.push({ ...name(clientRef), code: filing.error })
    }
    const marked: TransferredFiling[] = []
    const mark = (): void => {
      for (const filing of packed) {
        const done = markOne(deps, filing.clientRef, isNamed, actor)
        if (done.ok) marked.push(filing)
        else left.push({ ...name(filing.clientRef), code: done.error })
      }
    }
    const listed = (filings: readonly TransferredFiling[]): Uint8Array => {
      const all = new Map(before)
      for (const filing of filings) all.set(filing.clientRef, filing)
      const inOrder = [...all.values()].sort((one, other) => one.seq - other.seq)
      return encodeManifest({ ...ours, filings: inOrder })
    }
    if (packed.length > 0) {
      await writeDurably(join(dir, MANIFEST), async (handle) => {
        // That there is room for it is known before anything is marked.
        await rewrite(handle, listed(packed))
        mark()
        if (marked.length < packed.length) await rewrite(handle, listed(marked))
      })
      deps.log('exported', { filings: marked.length, sealedTo })
    }
    return ok({ exported: marked.map(({ clientRef }) => name(clientRef)), left })
  } catch (cause) {
    const store = sqliteCode(cause)
    if (store !== undefined) return err({ code: 'io', reason: store })
    const reason = systemCode(cause)
    if (reason === undefined) throw cause
    return err({ code: 'stick', reason })
  }
}

/** What an earlier export has put there; null where the folder serves another purpose. */
async function prepareStick(
  dir: string,
  ours: Pick<Manifest, 'exportedBy' | 'sealedTo'>,
): Promise<Map<string, TransferredFiling> | null> {
  await mkdir(dir, { mode: 0o700 }).then(
    () => syncDir(dirname(dir)),
    (cause: unknown) => {
      if (systemCode(cause) !== 'EEXIST') throw cause
    },
  )
  const bytes = await readWhole(join(dir, MANIFEST), limits.MANIFEST_MAX_BYTES)
  if (!bytes.ok) return bytes.error.code === 'missing' ? new Map() : null
  const manifest = decodeManifest(bytes.value)
  if (!manifest.ok) return null
  const { exportedBy, sealedTo, filings } = manifest.value
  if (exportedBy !== ours.exportedBy || sealedTo !== ours.sealedTo) return null
  return new Map(filings.map((filing) => [filing.clientRef, filing]))
}

/** What has not ended, oldest first. */
function live({ reader }: TransferDeps): string[] {
  const ended = (state: string) => state === 'ACCEPTED' || state === 'ERASED'
  return reader.list().flatMap(({ clientRef, state }) => (ended(state) ? [] : [clientRef]))
}

function decide(
  { queue }: TransferDeps,
  clientRef: string,
  isNamed: boolean,
): Result<{ readonly step: Step; readonly row: Row }, LeftBehind> {
  const row = queue.row(clientRef)
  if (row === undefined) return err('unknown-filing')
  if (!isNamed && row.state === 'NEEDS_STAFF' && heldFrom(row.lastCode) !== null) {
    return err('held')
  }
  const decided = afterStaff('export', row, { actor: '' }, NOTHING)
  if (decided.ok && decided.value !== 'ask-portal') return ok({ row, step: decided.value })
  return err(!decided.ok && decided.error.code === 'busy' ? 'busy' : 'ended')
}

/** An export asks nothing of the portal. */
const NOTHING = { replaySafe: false, statusByRef: false, withdraw: false } as const

async function isThere(dir: string, { clientRef, files }: TransferredFiling): Promise<boolean> {
  for (const file of files) {
    if (!(await isWhole(join(dir, clientRef, file.name), file))) return false
  }
  return true
}

/** Copies the sealed files of one filing as they lie, proven to be readable. */
async function pack(
  { files, keys, kioskId }: TransferDeps,
  clientRef: string,
  dir: string,
  seal: (dek: Uint8Array) => Uint8Array,
): Promise<Result<TransferredFiling, LeftBehind>> {
  const read = await readForPassage(files.dir, keys, clientRef)
  if (!read.ok) return err(read.error.code === 'missing' ? 'missing' : 'damaged')
  const { bytes, filing, description } = read.value
  const folder = join(dir, clientRef)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await syncDir(dir)
  await writeDurably(join(folder, ENVELOPE), (handle) => handle.writeFile(bytes))
  const list: TransferredFile[] = [{ name: ENVELOPE, ...digestOf(bytes) }]
  for (const { id } of description.papers) {
    const name = `${id}.bin`
    const copied = await copyDurably(
      filingPaths(files.dir, clientRef).paper(id),
      join(folder, name),
      null,
    )
    if (!copied.ok) return err(copied.error.code === 'missing' ? 'missing' : 'damaged')
    list.push({ name, ...copied.value })
  }
  const dek = filing.key.export()
  const key = Buffer.from(seal(dek)).toString('base64')
  dek.fill(0)
  const { seq, origin } = description
  return ok({ clientRef, ...(origin ?? { kioskId, seq }), key, files: list })
}

/** From here on this kiosk does not send it by itself. */
function markOne(
  deps: TransferDeps,
  clientRef: string,
  isNamed: boolean,
  actor: string,
): Result<void, LeftBehind> {
  // It may have moved while it was copied; its bytes never change.
  const decided = decide(deps, clientRef, isNamed)
  if (!decided.ok) return decided
  const { row, step } = decided.value
  if (!deps.queue.move(row, step, actor)) return err('changed')
  if (row.state === 'NEEDS_STAFF' && row.lastCode === EXPORTED) {
    deps.queue.noteOnly(row, 'exported-again', actor)
  }
  if (row.state !== step.to) deps.tell({ kind: 'filing', clientRef, state: step.to })
  return ok(undefined)
}

async function rewrite(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  await handle.truncate(0)
  for (let at = 0; at < bytes.length;) {
    at += (await handle.write(bytes, at, bytes.length - at, at)).bytesWritten
  }
  await handle.sync()
}
