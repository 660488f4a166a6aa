import { err, ok, type Result } from '../../shared/domain/result.ts'
import {
  authoredProcedureSchema,
  checkProcedure,
  expand,
  overlapsIn,
  type FormLibrary,
  versionsOf,
  type Procedure,
} from '../../shared/forms/index.ts'
import { firstIssue } from './first-issue.ts'
import { parseJson, readLibrary, type FileProblem } from './library.ts'
import { LIBRARY, readPackFiles, type PackFiles } from './pack-files.ts'

/** Why procedures cannot be used. `file` is a name within the pack. */
export type PackProblem =
  | FileProblem
  /** Well-formed, but it would lead a citizen nowhere (`checkProcedure`). */
  | { readonly code: 'unsound'; readonly file: string; readonly findings: readonly string[] }
  /** The name says another code, or another first day, than the contents. */
  | { readonly code: 'wrong-name'; readonly file: string }
  /** Two versions of one procedure are in force on the same day. */
  | { readonly code: 'overlap'; readonly file: string; readonly other: string }
  | { readonly code: 'empty' }

/** Procedures, and the groups and lists that they were written with. */
export interface Pack {
  readonly procedures: readonly Procedure[]
  readonly library: FormLibrary
}

/**
 * Reads the procedures of a folder with the library beside them: one `CODE.json` each, and a
 * `CODE.from-YYYY-MM-DD.json` for a version that is in force from that day on.
 */
export async function loadPack(dir: string): Promise<Result<Procedure[], PackProblem[]>> {
  const pack = parsePack(await readPackFiles(dir))
  return pack.ok ? ok([...pack.value.procedures]) : pack
}

/**
 * The procedures of a pack by code, the versions of each by their first day. One bad file refuses
 * the whole pack: a kiosk with half its forms is worse than one that says what is wrong. `base` is
 * the library that the pack may use beside its own.
 */
export function parsePack(files: PackFiles, base?: FormLibrary): Result<Pack, PackProblem[]> {
  const library = readLibrary(files, base)
  if (!library.ok) return library
  const problems: PackProblem[] = []
  const fileOf = new Map<Procedure, string>()
  for (const [file, text] of files) {
    if (file.startsWith(LIBRARY)) continue
    const one = parseProcedure(file, text, library.value)
    if (!one.ok) problems.push(one.error)
    else if (!namesOf(one.value).includes(file)) problems.push({ code: 'wrong-name', file })
    else fileOf.set(one.value, file)
  }
  for (const { earlier, later } of overlapsIn([...fileOf.keys()])) {
    const [file, other] = [fileOf.get(later) ?? '', fileOf.get(earlier) ?? '']
    problems.push({ code: 'overlap', file, other })
  }
  if (problems.length > 0) return err(problems)
  const procedures = [...versionsOf([...fileOf.keys()]).values()].flat()
  if (procedures.length === 0) return err([{ code: 'empty' }])
  return ok({ procedures, library: library.value })
}

/** What the file of a version may be called. */
const namesOf = ({ code, form }: Procedure): readonly string[] => [
  `${code}.json`,
  `${code}.from-${form.validFrom}.json`,
]

/** One procedure, written out with the groups and lists of a library. */
export function parseProcedure(
  file: string,
  text: string | null,
  library: FormLibrary,
): Result<Procedure, PackProblem> {
  const json = parseJson(file, text)
  if (!json.ok) return json
  const parsed = authoredProcedureSchema.safeParse(json.value)
  if (!parsed.success) {
    return err({ code: 'invalid', file, ...firstIssue(parsed.error, json.value) })
  }
  const expanded = expand(parsed.data, library)
  if (!expanded.ok) {
    const findings = expanded.error.map(({ code, name }) => `${code}: ${name}`)
    return err({ code: 'unsound', file, findings })
  }
  const findings = checkProcedure(expanded.value)
  return findings.length > 0 ? err({ code: 'unsound', file, findings }) : ok(expanded.value)
}
