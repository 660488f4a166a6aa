import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { ok, type Result } from '../../shared/domain/result.ts'
import { programsDir } from '../programs-dir.ts'
import { parsePack, type Pack, type PackProblem } from './pack.ts'
import { readPackFiles, type PackFiles } from './pack-files.ts'

/**
 * To read, check and write out the built-in procedures is a fifth of what a core costs to start. The
 * build does it once and leaves the outcome among the programs, under the hash of the files; where
 * these are the same to the byte, nothing is checked again. It is as good as the programs beside it,
 * so what a commune brings never comes by this way.
 */
export const CHECKED_PACK = 'procedures.json'

/** A part of the build, like the code that reads it: its inside is not looked at. */
const checkedSchema = z.strictObject({ files: z.string(), pack: z.custom<Pack>() })

/** What the build writes; a pack that is not sound stops it. */
export async function checkPack(dir: string): Promise<string> {
  const files = await readPackFiles(dir)
  const pack = parsePack(files)
  if (!pack.ok) throw new Error(`procedures: ${JSON.stringify(pack.error)}`)
  return JSON.stringify({ files: hashOf(files), pack: pack.value })
}

/** The built-in procedures; `programs` is where the build has left what it has checked. */
export async function readBuiltIn(
  dir: string,
  programs: string = programsDir(),
): Promise<Result<Pack, PackProblem[]>> {
  const files = await readPackFiles(dir)
  const checked = await readChecked(join(programs, CHECKED_PACK))
  return checked?.files === hashOf(files) ? ok(checked.pack) : parsePack(files)
}

/** Null where the code runs without a build, or where the file is no longer whole. */
async function readChecked(file: string): Promise<z.infer<typeof checkedSchema> | null> {
  try {
    return checkedSchema.parse(JSON.parse(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

function hashOf(files: PackFiles): string {
  const hash = createHash('sha256')
  for (const [name, text] of files) hash.update(JSON.stringify([name, text]))
  return hash.digest('hex')
}
