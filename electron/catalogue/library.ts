import { err, ok, type Result } from '../../shared/domain/result.ts'
import { emptyLibrary, formLibrarySchema, type FormLibrary } from '../../shared/forms/index.ts'
import { firstIssue } from './first-issue.ts'
import { isDeeperThan } from './json-depth.ts'
import { LIBRARY, type PackFiles } from './pack-files.ts'

/** Bounds of a file of a pack. The deepest that is shipped has 13 levels. */
const packLimits = { MAX_DEPTH: 100 } as const

/** Why a file of a pack is not taken; `where` is the path of the first wrong value. */
export type FileProblem =
  | { readonly code: 'unreadable'; readonly file: string }
  | { readonly code: 'not-json' | 'too-deep'; readonly file: string }
  | {
      readonly code: 'invalid'
      readonly file: string
      readonly where: string
      readonly what: string
    }

/** Groups and lists of a pack's library, in one, upon those of another; no name stands twice. */
export function readLibrary(
  files: PackFiles,
  base: FormLibrary = emptyLibrary,
): Result<FormLibrary, FileProblem[]> {
  const problems: FileProblem[] = []
  let library = base
  for (const [file, text] of files) {
    if (!file.startsWith(LIBRARY)) continue
    const read = parseLibrary(file, text)
    if (!read.ok) {
      problems.push(read.error)
      continue
    }
    const { groups, lists } = read.value
    problems.push(
      ...twice('groups', library.groups, groups, file),
      ...twice('lists', library.lists, lists, file),
    )
    library = {
      groups: { ...library.groups, ...groups },
      lists: { ...library.lists, ...lists },
    }
  }
  return problems.length > 0 ? err(problems) : ok(library)
}

function twice(part: string, known: object, added: object, file: string): FileProblem[] {
  return Object.keys(added)
    .filter((name) => Object.hasOwn(known, name))
    .map((name) => ({
      code: 'invalid',
      file,
      where: `${part}.${name}`,
      what: 'stands in another file too',
    }))
}

function parseLibrary(file: string, text: string | null): Result<FormLibrary, FileProblem> {
  const json = parseJson(file, text)
  if (!json.ok) return json
  const parsed = formLibrarySchema.safeParse(json.value)
  if (parsed.success) return ok(parsed.data)
  return err({ code: 'invalid', file, ...firstIssue(parsed.error, json.value) })
}

/** The JSON of a file that was read, or why there is none. */
export function parseJson(file: string, text: string | null): Result<unknown, FileProblem> {
  if (text === null) return err({ code: 'unreadable', file })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err({ code: 'not-json', file })
  }
  return isDeeperThan(packLimits.MAX_DEPTH, json) ? err({ code: 'too-deep', file }) : ok(json)
}
