import { tmpdir } from 'node:os'
import { SANE } from './complaint.ts'
import { SCAN_LIMITS } from './limits.ts'
import { openPagePipe } from './page-pipe.ts'
import { createPageSplitter } from './page-splitter.ts'
import type { RunProgram, ScanRun } from './program.ts'

/** What to scan: one page, or as many as a feeder has, up to `pages`. */
export interface ScanJob {
  /** Where the paper lies, as the driver names it; null for where the scanner itself looks. */
  readonly source: string | null
  readonly pages: number
}

/** Gets one page as a PNM, whole; false where no more is wanted. */
type TakePage = (pnm: Uint8Array) => Promise<boolean>

/**
 * Scans; has `ended` at once when `signal` aborts, and as a busy device while what was aborted has
 * not let go of the scanner. Never rejects.
 */
export type ScanTransport = (job: ScanJob, signal: AbortSignal, page: TakePage) => Promise<ScanRun>

/** Opens the scanner, scans nothing, and gives the list of what can be set. */
export type OpenTransport = (
  signal: AbortSignal,
) => Promise<{ readonly kind: 'opened'; readonly options: string } | ScanRun>

/**
 * What to ask `scanimage` for: pages of A4, one to its standard output, more to `1.pnm`, `2.pnm` … in
 * its folder.
 */
export function scanArguments(device: string, { source, pages }: ScanJob): readonly string[] {
  const { RESOLUTION_DPI, WIDTH_MM, HEIGHT_MM } = SCAN_LIMITS
  return [
    `--device-name=${device}`,
    // First: what else can be set may hang on it.
    ...(source === null ? [] : [`--source=${source}`]),
    '--mode=Gray',
    `--resolution=${RESOLUTION_DPI}`,
    `-x${WIDTH_MM}`,
    `-y${HEIGHT_MM}`,
    '--format=pnm',
    ...(pages > 1 ? ['--batch=%d.pnm', `--batch-count=${pages}`] : []),
  ]
}

/** What opens the scanner, lists what can be set, and lets it go again. */
export function openArguments(device: string): readonly string[] {
  return [`--device-name=${device}`, '--all-options']
}

/**
 * Several pages go through a FIFO: `scanimage` would write them to files, in the clear. Where there
 * is none to be had, it is one page a time. The FIFO stands below `parent`.
 */
export function scanTransport(
  run: RunProgram,
  argumentsOf: (job: ScanJob) => readonly string[],
  parent = tmpdir(),
): ScanTransport {
  return async (asked, signal, page) => {
    const pipe = asked.pages > 1 ? await openPagePipe(parent, asked.pages) : null
    const job = pipe === null ? { ...asked, pages: 1 } : asked
    const split = createPageSplitter()
    return run({
      args: argumentsOf(job),
      signal,
      pipe,
      async hear(part) {
        const { pages, problem } = split(part)
        // Whole sheets are kept, whatever came behind them in the same breath.
        for (const pnm of pages) {
          if (!(await page(pnm))) return { kind: 'ended', exitCode: SANE.CANCELLED }
          if (job.pages === 1) return 'all'
        }
        return problem === null ? null : { kind: 'not-a-picture' }
      },
    })
  }
}

export function openTransport(run: RunProgram, args: readonly string[]): OpenTransport {
  return async (signal) => {
    let options = ''
    const ended = await run({
      args,
      signal,
      pipe: null,
      async hear(part) {
        if (options.length < SCAN_LIMITS.OPTIONS_MAX_BYTES) options += part.toString('latin1')
        return null
      },
    })
    return ended.kind === 'ended' && ended.exitCode === 0 ? { kind: 'opened', options } : ended
  }
}
