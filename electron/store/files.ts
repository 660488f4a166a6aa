import { existsSync, mkdirSync, readdirSync, rmdirSync, rmSync } from 'node:fs'
import { mkdir, readdir, rm, rmdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import {
  syncDir,
  syncDirNow,
  TEMPORARY_SUFFIX,
  writeDurably,
  writeDurablyNow,
} from './atomic-file.ts'
import {
  confirmedEnvelope,
  encodeEnvelope,
  openedEnvelope,
  readConfirmed,
  type Envelope,
  type EnvelopeProblem,
  type FilingDescription,
} from './envelope.ts'
import { filingPaths, listFilings, outboxDir, readEnvelope } from './envelope-files.ts'
import {
  newFilingKey,
  openFilingKey,
  wrapKey,
  type FilingKey,
  type WrappedKey,
} from './filing-key.ts'
import type { KeyProvider, UnwrapProblem } from './keys.ts'
import { createFolderLocks } from './folder-locks.ts'
import {
  openSealedFile,
  writeSealedFile,
  type PaperProblem,
  type PaperReader,
  type SealedPaper,
} from './sealed-file.ts'
import { systemCode } from './sqlite.ts'
import { exists } from './store-files.ts'

/** Limits of the sealed files. */
export const FILES_LIMITS = {
  /** A folder without a row, of a visit that was cut off, is purged after this. */
  PURGE_AFTER_MS: 24 * 3_600_000,
} as const

/** Why nothing durable was written. `disk-full`: release the ballast, tell the citizen. */
export type FilesProblem =
  | { readonly code: 'disk-full' }
  | { readonly code: 'io'; readonly reason: string }

/** A confirmed filing as its envelope tells it: everything that its row needs. */
export type RebuiltFiling = {
  readonly clientRef: string
  readonly description: FilingDescription
  readonly wrapped: WrappedKey
  /** For `body_ct`. */
  readonly sealedBody: Uint8Array
}

/** An envelope that does not open. Its folder is never purged. */
export type UnreadableFiling = { readonly clientRef: string } & EnvelopeProblem

/** What a sweep did and found. */
export type SweepReport = {
  /** Cut-off visits and erasures that were ended now. */
  readonly removed: readonly string[]
  /** Confirmed, but without a row: insert them as `IN_DOUBT`, which can never send twice. */
  readonly found: readonly RebuiltFiling[]
  readonly unreadable: readonly UnreadableFiling[]
}

type SweepOptions = {
  /** `live` keeps the folder, `erased` ends its erasure, `none` looks into the envelope. */
  readonly rowOf: (clientRef: string) => 'live' | 'erased' | 'none'
  /** The visit that goes on at this moment, which has no row yet. */
  readonly visiting: string | null
  readonly nowMs: number
}

/** What became of one envelope in a rotation. */
export type Rewrap = 'rewrapped' | 'current' | 'unreadable'

/**
 * The sealed files in the store's folder, by one process alone. Work on one filing is done one
 * after the other, so that a rotation never puts back an envelope that was replaced or erased.
 */
export type SealedFiles = ReturnType<typeof createSealedFiles>

/** Puts the sealed files together. `dir` is the folder of the store. */
export function createSealedFiles(dir: string, keys: KeyProvider) {
  const locks = createFolderLocks()

  async function write(clientRef: string, envelope: () => Envelope): Promise<void> {
    const paths = filingPaths(dir, clientRef)
    const made = await mkdir(paths.dir, { recursive: true, mode: 0o700 })
    const replaces = await exists(paths.envelope)
    await writeDurably(paths.envelope, (handle) => handle.writeFile(encodeEnvelope(envelope())))
    if (replaces) return
    await syncDir(outboxDir(dir))
    if (made === outboxDir(dir)) await syncDir(dir)
  }

  async function remove(clientRef: string): Promise<void> {
    const paths = filingPaths(dir, clientRef)
    const names = await readdir(paths.dir).catch((cause: unknown) => {
      if (systemCode(cause) === 'ENOENT') return null
      throw cause
    })
    if (names === null) return
    // The key first: without it the papers that a crash leaves behind are noise.
    names.sort((left, right) => Number(right === 'envelope.bin') - Number(left === 'envelope.bin'))
    for (const name of names) await rm(join(paths.dir, name), { force: true })
    await syncDir(paths.dir)
    await rmdir(paths.dir)
    await syncDir(outboxDir(dir))
  }

  async function listed(): Promise<Result<readonly string[], FilesProblem>> {
    try {
      return ok(await listFilings(dir))
    } catch (cause) {
      return err(filesProblem(cause))
    }
  }

  return {
    /** The folder of the store. */
    dir,

    /** Begins a filing's folder, or goes on with it after a restart. Durable when it resolves. */
    begin: (clientRef: string): Promise<Result<FilingKey, FilesProblem | EnvelopeProblem>> =>
      locks.run(clientRef, () =>
        attempt(async (): Promise<Result<FilingKey, EnvelopeProblem>> => {
          const found = await readEnvelope(dir, clientRef)
          if (found !== undefined) {
            return found.ok ? openFilingKey(keys, found.value.wrapped) : found
          }
          const filing = newFilingKey(keys)
          await write(clientRef, () => openedEnvelope(filing))
          return ok(filing)
        }),
      ),

    /** Seals a paper at scan time; replaces an earlier one of the same id. Durable when it resolves. */
    writePaper: (
      clientRef: string,
      filing: FilingKey,
      paperId: string,
      source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    ): Promise<Result<SealedPaper, FilesProblem>> =>
      locks.run(clientRef, () =>
        attempt(async () => {
          const path = filingPaths(dir, clientRef).paper(paperId)
          return ok(await writeSealedFile(path, filing, { clientRef, paperId }, source))
        }),
      ),

    /** Takes a paper back that the citizen does not want to file. */
    removePaper: (clientRef: string, paperId: string): Promise<Result<void, FilesProblem>> =>
      locks.run(clientRef, () =>
        attempt(async () => {
          const paths = filingPaths(dir, clientRef)
          await rm(paths.paper(paperId), { force: true })
          await syncDir(paths.dir)
          return ok(undefined)
        }),
      ),

    /** Opens a paper for reading from any offset. Close the reader. */
    openPaper: (
      clientRef: string,
      filing: FilingKey,
      paperId: string,
    ): Promise<Result<PaperReader, PaperProblem>> =>
      openSealedFile(filingPaths(dir, clientRef).paper(paperId), filing, { clientRef, paperId }),

    /**
     * Writes the confirmed envelope; durable when it resolves, and before the row. Gives the
     * sealed body for `body_ct`. The row takes its wraps from `filing.wrap()` inside its own
     * transaction.
     */
    confirm: (
      clientRef: string,
      filing: FilingKey,
      description: FilingDescription,
      body: Uint8Array,
    ): Promise<Result<Uint8Array, FilesProblem>> =>
      locks.run(clientRef, () =>
        attempt(async () => {
          let sealed: Uint8Array = new Uint8Array()
          await write(clientRef, () => {
            const envelope = confirmedEnvelope(filing, clientRef, description, body)
            sealed = envelope.body
            return envelope
          })
          return ok(sealed)
        }),
      ),

    /**
     * As `confirm`, in one go: nothing else runs between the envelope and the row, and the
     * citizen's touch is answered by what is on disk. Durable when it returns: the file, its name,
     * and the name of its folder.
     */
    confirmNow(
      clientRef: string,
      filing: FilingKey,
      description: FilingDescription,
      body: Uint8Array,
    ): Result<Uint8Array, FilesProblem> {
      return attemptNow(() => {
        const paths = filingPaths(dir, clientRef)
        const made = mkdirSync(paths.dir, { recursive: true, mode: 0o700 })
        const envelope = confirmedEnvelope(filing, clientRef, description, body)
        writeDurablyNow(paths.envelope, encodeEnvelope(envelope))
        if (made !== undefined) syncDirNow(outboxDir(dir))
        if (made === outboxDir(dir)) syncDirNow(dir)
        return envelope.body
      })
    },

    /**
     * Undoes `confirmNow` where the row could not be committed: what was not promised must not be
     * found by the next start. Papers stay for the visit that goes on; without any the folder goes.
     */
    takeBackNow(clientRef: string, filing: FilingKey): Result<void, FilesProblem> {
      return attemptNow(() => {
        const paths = filingPaths(dir, clientRef)
        rmSync(paths.envelope, { force: true })
        syncDirNow(paths.dir)
        if (readdirSync(paths.dir).length === 0) return rmdirSync(paths.dir)
        writeDurablyNow(paths.envelope, encodeEnvelope(openedEnvelope(filing)))
      })
    },

    /** As `erase`, of many and in one go. Not while a rotation runs over the same envelopes. */
    eraseNow(clientRefs: readonly string[]): Result<void, FilesProblem> {
      return attemptNow(() => {
        const failures: unknown[] = []
        for (const clientRef of clientRefs) {
          const folder = filingPaths(dir, clientRef).dir
          try {
            if (!existsSync(folder)) continue
            // The key first: what a cut leaves behind then cannot be opened.
            rmSync(filingPaths(dir, clientRef).envelope, { force: true })
            for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true })
            rmdirSync(folder)
          } catch (cause) {
            failures.push(cause)
          }
        }
        // What a power cut brings back is sealed, its row says ERASED, and the next start sweeps it.
        syncDirNow(outboxDir(dir))
        if (failures.length > 0) throw failures[0]
      })
    },

    /** Removes the folder for good; nothing to do is fine. Durable when it resolves. */
    erase: (clientRef: string): Promise<Result<void, FilesProblem>> =>
      locks.run(clientRef, () =>
        attempt(async () => {
          await remove(clientRef)
          return ok(undefined)
        }),
      ),

    /**
     * Removes what a visit has captured, unless a filing came of it. Durable when it resolves;
     * nothing to do is fine.
     */
    eraseOpened: (clientRef: string): Promise<Result<void, FilesProblem>> =>
      locks.run(clientRef, () =>
        attempt(async () => {
          const envelope = await readEnvelope(dir, clientRef)
          // What cannot be read may be a filing: it is never purged.
          if (envelope?.ok === true && !envelope.value.confirmed) await remove(clientRef)
          return ok(undefined)
        }),
      ),

    /** As `eraseOpened`, of every visit but the one that goes on. */
    async eraseOtherOpened(visiting: string | null): Promise<Result<void, FilesProblem>> {
      let outcome: Result<void, FilesProblem> = ok(undefined)
      const all = await listed()
      if (!all.ok) return all
      for (const clientRef of all.value) {
        if (clientRef === visiting) continue
        const erased = await this.eraseOpened(clientRef)
        if (outcome.ok) outcome = erased
      }
      return outcome
    },

    /** Brings folders and rows together, at start and now and then. */
    async sweep({ rowOf, visiting, nowMs }: SweepOptions): Promise<SweepReport> {
      const removed: string[] = []
      const found: RebuiltFiling[] = []
      const unreadable: UnreadableFiling[] = []
      // A core that was killed may have made the folder, but not its name, durable.
      await mkdir(outboxDir(dir), { recursive: true, mode: 0o700 })
      await syncDir(dir)
      for (const clientRef of await listFilings(dir)) {
        const row = rowOf(clientRef)
        // What a cut-off write left in there is sealed, and goes with the filing.
        if (row === 'live' || clientRef === visiting) continue
        await locks.run(clientRef, async () => {
          await removeTemporaries(filingPaths(dir, clientRef).dir)
          if (row === 'erased') {
            await remove(clientRef)
            removed.push(clientRef)
            return
          }
          const envelope = await readEnvelope(dir, clientRef)
          if (envelope?.ok === true && envelope.value.confirmed) {
            const filing = rebuild(keys, clientRef, envelope.value)
            if (filing.ok) found.push(filing.value)
            else unreadable.push({ clientRef, ...filing.error })
          } else if (envelope?.ok === false) {
            unreadable.push({ clientRef, ...envelope.error })
          } else if (await isOld(filingPaths(dir, clientRef).dir, nowMs)) {
            await remove(clientRef)
            removed.push(clientRef)
          }
        })
      }
      return { removed, found, unreadable }
    },

    /** Puts one envelope under the current key; undefined where there is none. */
    rewrap: (
      clientRef: string,
      openDek: (wrapped: WrappedKey) => Result<Uint8Array, UnwrapProblem>,
    ): Promise<Rewrap | undefined> =>
      locks.run(clientRef, async () => {
        const found = await readEnvelope(dir, clientRef)
        if (found === undefined) return undefined
        if (!found.ok) return 'unreadable'
        if (found.value.wrapped.kekId === keys.kekId) return 'current'
        const dek = openDek(found.value.wrapped)
        if (!dek.ok) return 'unreadable'
        await write(clientRef, () => ({
          ...found.value,
          wrapped: rewrapped(keys, dek.value, found.value.wrapped),
        }))
        dek.value.fill(0)
        return 'rewrapped'
      }),

    /** Resolves when every write that was begun has ended. */
    settled: () => locks.settled(),
  }
}

/**
 * Every confirmed filing of a store whose database is lost, in the order of the citizens. They
 * may have been sent: insert them as `IN_DOUBT`, with their `seq`, before the next rotation.
 */
export async function rebuildFromEnvelopes(
  dir: string,
  keys: KeyProvider,
): Promise<{
  readonly rows: readonly RebuiltFiling[]
  readonly unreadable: readonly UnreadableFiling[]
}> {
  const rows: RebuiltFiling[] = []
  const unreadable: UnreadableFiling[] = []
  for (const clientRef of await listFilings(dir)) {
    const envelope = await readEnvelope(dir, clientRef)
    if (envelope === undefined || (envelope.ok && !envelope.value.confirmed)) continue
    const filing = envelope.ok ? rebuild(keys, clientRef, envelope.value) : envelope
    if (filing.ok) rows.push(filing.value)
    else unreadable.push({ clientRef, ...filing.error })
  }
  rows.sort((left, right) => left.description.seq - right.description.seq)
  return { rows, unreadable }
}

/** Both wraps under the current key; an older recovery wrap stays where the profile names no key. */
export function rewrapped(
  keys: KeyProvider,
  dek: Uint8Array,
  before: Pick<WrappedKey, 'dekRecovery'>,
): WrappedKey {
  const fresh = wrapKey(keys, dek)
  return { ...fresh, dekRecovery: fresh.dekRecovery ?? before.dekRecovery }
}

function rebuild(
  keys: KeyProvider,
  clientRef: string,
  envelope: Envelope,
): Result<RebuiltFiling, EnvelopeProblem> {
  const description = readConfirmed(keys, clientRef, envelope)
  if (!description.ok) return description
  const { wrapped, body } = envelope
  return ok({ clientRef, description: description.value, wrapped, sealedBody: body })
}

async function removeTemporaries(dir: string): Promise<void> {
  for (const name of await readdir(dir)) {
    if (name.endsWith(TEMPORARY_SUFFIX)) await rm(join(dir, name), { force: true })
  }
}

async function isOld(dir: string, nowMs: number): Promise<boolean> {
  return nowMs - (await stat(dir)).mtimeMs > FILES_LIMITS.PURGE_AFTER_MS
}

async function attempt<T, E>(
  run: () => Promise<Result<T, E>>,
): Promise<Result<T, E | FilesProblem>> {
  try {
    return await run()
  } catch (cause) {
    return err(filesProblem(cause))
  }
}

function attemptNow<T>(run: () => T): Result<T, FilesProblem> {
  try {
    return ok(run())
  } catch (cause) {
    return err(filesProblem(cause))
  }
}

function filesProblem(cause: unknown): FilesProblem {
  const reason = systemCode(cause)
  if (reason === undefined) throw cause
  const full = reason === 'ENOSPC' || reason === 'EDQUOT'
  return full ? { code: 'disk-full' } : { code: 'io', reason }
}
