import type BetterSqlite3 from 'better-sqlite3'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { saveEntries } from './catalogue-store.ts'
import { readRecord, type CatalogueEntry } from './national.ts'

/** Bounds of one import. */
export const importLimits = {
  /** The largest detail record seen is 40 kB; a line beyond this is not a record. */
  MAX_LINE_CHARS: 4 * 1024 * 1024,
  /** Bad lines named in the report; the rest is only counted. */
  MAX_NAMED_LINES: 20,
} as const

/**
 * A line that was left out, 1-based. `repeated-code`: it was taken, and the earlier procedure with
 * the same code was left out instead (a code with a stray space may hide one).
 */
export interface BadLine {
  readonly line: number
  readonly code: 'not-json' | 'not-a-procedure' | 'not-utf8' | 'repeated-code'
}

/** What an import did. */
export interface ImportReport {
  readonly format: 'list' | 'detail'
  /** Procedures written. */
  readonly imported: number
  /** Lines left out. */
  readonly bad: number
  /** The first of them. */
  readonly badLines: readonly BadLine[]
}

/** Why a file was refused; nothing of it was written. */
export type ImportProblem =
  | { readonly code: 'unreadable' }
  | { readonly code: 'nothing-found'; readonly badLines: readonly BadLine[] }
  | { readonly code: 'line-too-long'; readonly line: number }

/**
 * Reads one file of either national format and writes it in one transaction. The format is told
 * by what the file holds: a record on each line is a list; a record over many lines is a detail.
 * Bad lines are named and left out; a file without one good record is refused.
 */
export async function importCatalogue(
  db: BetterSqlite3.Database,
  chunks: AsyncIterable<Uint8Array>,
  nowMs: number,
): Promise<Result<ImportReport, ImportProblem>> {
  const reader = createReader()
  try {
    const decoder = new TextDecoder()
    for await (const chunk of chunks) reader.add(decoder.decode(chunk, { stream: true }))
    reader.add(decoder.decode())
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause) return err({ code: 'unreadable' })
    throw cause
  }
  const read = reader.end()
  if (!read.ok) return read
  // Reading awaits, and nothing may be awaited inside a transaction: hence read first, then write.
  saveEntries(db, read.value.entries, nowMs)
  return ok(read.value.report)
}

/** Takes text in pieces; holds the records, never the whole text of a list. */
function createReader() {
  const entries = new Map<string, CatalogueEntry>()
  const badLines: BadLine[] = []
  let bad = 0
  let line = 0
  let rest = ''
  /** The text so far, while no single line has been a record: it may be one detail. */
  let whole: string | null = ''
  let tooLong: number | null = null
  let details = 0

  const refuse = (code: BadLine['code']) => {
    bad += 1
    if (badLines.length < importLimits.MAX_NAMED_LINES) badLines.push({ line, code })
  }

  const keep = (entry: CatalogueEntry) => {
    if (entries.has(entry.code)) refuse('repeated-code')
    entries.set(entry.code, entry)
    if (entry.detail) details += 1
  }

  const takeLine = (raw: string) => {
    line += 1
    const text = line === 1 ? raw.replace(/^\ufeff/, '') : raw
    if (whole !== null)
      whole = whole.length > importLimits.MAX_LINE_CHARS ? null : `${whole}${text}\n`
    if (text.trim() === '') return
    if (text.includes('\ufffd')) return refuse('not-utf8')
    const json = parseJson(text)
    if (json === undefined) return refuse('not-json')
    const entry = readRecord(json)
    if (!entry) return refuse('not-a-procedure')
    whole = null
    return keep(entry)
  }

  return {
    add(text: string) {
      if (tooLong !== null) return
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const one of lines) takeLine(one)
      if (rest.length > importLimits.MAX_LINE_CHARS) tooLong = line + 1
    },
    end(): Result<{ entries: CatalogueEntry[]; report: ImportReport }, ImportProblem> {
      if (tooLong !== null) return err({ code: 'line-too-long', line: tooLong })
      takeLine(rest)
      const entry = whole === null || whole.includes('\ufffd') ? null : readRecord(parseJson(whole))
      if (entry) {
        return ok({
          entries: [entry],
          report: {
            format: entry.detail ? 'detail' : 'list',
            imported: 1,
            bad: 0,
            badLines: [],
          },
        })
      }
      if (entries.size === 0) return err({ code: 'nothing-found', badLines })
      const found = [...entries.values()]
      const format = details === found.length ? 'detail' : 'list'
      return ok({ entries: found, report: { format, imported: found.length, bad, badLines } })
    },
  }
}

/** `undefined` is no JSON value, so it can say "not JSON". */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
