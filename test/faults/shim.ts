import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Why a shim cannot be built here; the name of a skip. */
export const NEEDS_COMPILER = 'needs gcc (apt-get install gcc libc6-dev)'

/**
 * Builds a C file that stands before the C library into `dir`, for `LD_PRELOAD`; null where there
 * is no compiler or no C library to build against.
 */
export function buildShim(source: URL, dir: string): string | null {
  const library = join(dir, 'shim.so')
  const file = fileURLToPath(source)
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-Wall', '-o', library, file, '-ldl'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    return library
  } catch {
    return null
  }
}
