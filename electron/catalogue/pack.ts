import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { checkProcedure, procedureSchema, type Procedure } from '../../shared/forms/index.ts'

/** Why the built-in procedures cannot be used. `file` is a bare file name. */
export type PackProblem =
  | { readonly code: 'unreadable'; readonly file: string }
  | { readonly code: 'not-json'; readonly file: string }
  /** `where` is the path of the first wrong value. */
  | {
      readonly code: 'invalid'
      readonly file: string
      readonly where: string
      readonly what: string
    }
  /** Well-formed, but it would lead a citizen nowhere (`checkProcedure`). */
  | { readonly code: 'unsound'; readonly file: string; readonly findings: readonly string[] }
  /** The name says another code than the contents, so two files could claim one procedure. */
  | { readonly code: 'wrong-name'; readonly file: string }
  | { readonly code: 'empty' }

/** The order in which the groups stand on the choose screen. */
const groups: readonly Procedure['group'][] = [
  'civil-status',
  'certification',
  'residence',
  'social-support',
]

/**
 * Reads the procedures that this kiosk can file, one `CODE.json` each. One bad file refuses the
 * whole pack: a kiosk with half its forms is worse than one that says what is wrong.
 */
export async function loadPack(dir: string): Promise<Result<Procedure[], PackProblem[]>> {
  let files: string[]
  try {
    files = await readdir(dir)
  } catch {
    return err([{ code: 'empty' }])
  }
  const names = files.filter((file) => file.endsWith('.json')).sort()
  const read = await Promise.all(names.map((file) => readProcedure(dir, file)))
  const problems = read.flatMap((one) => (one.ok ? [] : [one.error]))
  if (problems.length > 0) return err(problems)
  const procedures = read.flatMap((one) => (one.ok ? [one.value] : []))
  if (procedures.length === 0) return err([{ code: 'empty' }])
  return ok(
    procedures.sort(
      (a, b) => groups.indexOf(a.group) - groups.indexOf(b.group) || (a.code < b.code ? -1 : 1),
    ),
  )
}

async function readProcedure(dir: string, file: string): Promise<Result<Procedure, PackProblem>> {
  let text: string
  try {
    text = await readFile(join(dir, file), 'utf8')
  } catch {
    return err({ code: 'unreadable', file })
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return err({ code: 'not-json', file })
  }
  const parsed = procedureSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return err({
      code: 'invalid',
      file,
      where: issue?.path.join('.') ?? '',
      what: issue?.message ?? 'not a procedure',
    })
  }
  if (file !== `${parsed.data.code}.json`) return err({ code: 'wrong-name', file })
  const findings = checkProcedure(parsed.data)
  return findings.length > 0 ? err({ code: 'unsound', file, findings }) : ok(parsed.data)
}
