import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * The files of a pack by their names within it (`1.001193.json`, `library/common.json`); null where
 * one could not be read.
 */
export type PackFiles = ReadonlyMap<string, string | null>

/** Where groups and lists stand. */
export const LIBRARY = 'library/'

/** Reads a folder of procedures; one that is not there has no files. */
export async function readPackFiles(dir: string): Promise<PackFiles> {
  const [procedures, library] = await Promise.all([
    jsonFiles(dir),
    jsonFiles(join(dir, LIBRARY)).then((names) => names.map((name) => `${LIBRARY}${name}`)),
  ])
  const names = [...library, ...procedures]
  const read = async (name: string) => readFile(join(dir, name), 'utf8').catch(() => null)
  const texts = await Promise.all(names.map(read))
  return new Map(names.map((name, at) => [name, texts[at] ?? null]))
}

async function jsonFiles(dir: string): Promise<string[]> {
  const files = await readdir(dir).catch((): string[] => [])
  return files.filter((file) => file.endsWith('.json')).sort()
}
