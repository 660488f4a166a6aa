import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Result } from '../../shared/domain/result.ts'

/** For tests: a folder of its own, gone when the test ends. */
export async function temporaryDir(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-store-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

/** The value of a result that the test expects to be one. */
export function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
