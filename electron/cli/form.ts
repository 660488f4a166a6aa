import { readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { localDate } from '../../shared/domain/local-time.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import {
  coverageOf,
  everybody,
  gapsIn,
  overlapsIn,
  overriding,
  toConfirm,
  usualPath,
  versionNear,
  versionsOf,
  type FormLibrary,
  type Procedure,
} from '../../shared/forms/index.ts'
import {
  importFormio,
  parsePack,
  parseProcedure,
  readPackFiles,
  signPack,
  type FormioProblem,
  type Pack,
  type PackProblem,
} from '../catalogue/index.ts'
import { privateKeyIn } from '../ed25519.ts'
import { resourcesDir } from '../resources-dir.ts'
import type { CommandContext, ExitCode, Run } from './command.ts'

/** The author's tools: what is wrong with a form, how it reads, and what nobody ever reaches. */

/** The largest form that is read; the largest of a real portal has a tenth of it. */
const MAX_FILE_BYTES = 4 * 1024 * 1024

/**
 * `form check CODE|FILE …|all`: what is wrong with a procedure and between its versions, and what the
 * commune has still to confirm. Exit 1: something is wrong.
 */
export const checkForms: Run = async ({ words, json, print, complain }) => {
  const shipped = await builtIn()
  let exit: ExitCode = 0
  for (const word of shipped.ok ? namedForms(words, shipped.value) : words) {
    const { problems, unconfirmed } = shipped.ok
      ? await checkForm(word, shipped.value)
      : { problems: shipped.error, unconfirmed: [] }
    if (problems.length > 0) exit = 1
    if (json) print(JSON.stringify({ form: word, problems, toConfirm: unconfirmed }))
    else print(`${word}: ${problems.length === 0 ? 'sound' : `${problems.length} problems`}`)
    for (const problem of problems) complain(`${word}: ${problem}`)
    if (json) continue
    for (const { where, mark, text } of unconfirmed) {
      print(`  to be confirmed by the commune (${mark}): ${where}: ${text}`)
    }
  }
  return exit
}

async function checkForm(word: string, shipped: Pack) {
  const found = await findVersions(word, shipped)
  if (!found.ok) return { problems: found.error, unconfirmed: [] }
  const problems = await betweenVersions(word, found.value, shipped)
  return { problems, unconfirmed: found.value.flatMap(toConfirm) }
}

/** `form coverage CODE|FILE …|all`: whether each choice, box, paper and stop is met on some way. */
export const coverForms: Run = async ({ words, json, print, complain }) => {
  const found = await findAll(words)
  if (!found.ok) {
    for (const problem of found.error) complain(problem)
    return 2
  }
  let exit: ExitCode = 0
  for (const procedure of found.value) {
    const { paths, reached, missed } = coverageOf(procedure, localDate(Date.now()))
    const ways = paths.length
    const { code } = procedure
    const { validFrom: from } = procedure.form
    if (missed.length > 0) exit = 1
    print(
      json
        ? JSON.stringify({ code, from, ways, reached: reached.length, missed })
        : `${code} from ${from} ${procedure.shortName}: ${ways} ways reach ${reached.length} of ${reached.length + missed.length}`,
    )
    if (!json) for (const goal of missed) print(`  never: ${goal}`)
  }
  return exit
}

/** `form preview CODE|FILE`: the questions of the usual way, as a citizen with a card meets them. */
export const previewForm: Run = async ({ words: [word = ''], json, print, complain }) => {
  const found = await findAll([word])
  if (!found.ok) {
    for (const problem of found.error) complain(problem)
    return 1
  }
  const today = localDate(Date.now())
  const [code = ''] = found.value.map((one) => one.code)
  const procedure = versionNear(versionsOf(found.value), code, today)
  if (procedure === undefined) return 1
  const [first] = everybody(procedure, today)
  if (first === undefined) return 1
  const { steps, stop } = usualPath(procedure, first.known, first.other)
  const questions = steps.map(({ field: { key, question, hint, input, required } }) => ({
    key,
    question: question ?? key,
    hint: hint ?? null,
    kind: input.kind,
    choices:
      input.kind === 'choice' || input.kind === 'choices'
        ? input.choices.map(({ label }) => label)
        : [],
    required,
  }))
  if (json) print(JSON.stringify({ code: procedure.code, questions, stop }))
  else questions.forEach((one, at) => printQuestion(print, at, one))
  return 0
}

function printQuestion(
  print: CommandContext['print'],
  at: number,
  one: { question: string; hint: string | null; choices: readonly string[]; required: boolean },
): void {
  print(`${at + 1}. ${one.question}${one.required ? '' : ' (bỏ qua được)'}`)
  if (one.hint !== null) print(`   ${one.hint}`)
  if (one.choices.length > 0) print(`   ${one.choices.slice(0, 12).join(' · ')}`)
}

/**
 * `form import FILE`: a form of Form.io's builder as a procedure of this kiosk, with what was left
 * behind. Exit 2: it is no such form.
 */
export const importForm: Run = async ({ words: [file = ''], json, print, complain }) => {
  const read = await readJson(file)
  if (!read.ok) {
    complain(`${file}: ${read.error}`)
    return 2
  }
  const imported = importFormio(read.value)
  if (!imported.ok) {
    complain(`${file}: ${formioWords(imported.error)}`)
    return 2
  }
  const { fields, mapped, notMapped, needsOfficer, definition, findings } = imported.value
  if (json) {
    print(JSON.stringify({ fields, mapped, notMapped, needsOfficer, definition, findings }))
  } else {
    print(`${file}: ${mapped.length} of ${fields} taken over`)
    for (const { key, what, why } of notMapped) print(`  left behind: ${key}: ${what}: ${why}`)
    for (const finding of findings) print(`  to mend: ${finding}`)
    if (needsOfficer) print('  needs an officer')
  }
  return 0
}

/**
 * `form sign DIR --key FILE`: signs a commune's own procedures with its Ed25519 private key. Exit 1:
 * they are not sound, and nothing was signed; 2: no key.
 */
export const signForms: Run = async ({
  words: [dir = ''],
  key: keyFile,
  json,
  print,
  complain,
}) => {
  if (keyFile === null) {
    complain('--key FILE names the private key, PEM: openssl genpkey -algorithm ed25519')
    return 2
  }
  const key = await privateKeyIn(keyFile)
  if (key === null) {
    complain(`${keyFile}: no Ed25519 private key, PEM`)
    return 2
  }
  const shipped = await builtIn()
  const files = await readPackFiles(dir)
  const own = new Map([...files].filter(([file]) => file !== 'pack.json'))
  const pack = shipped.ok ? parsed(own, shipped.value.library) : shipped
  if (!pack.ok) {
    for (const problem of pack.error) complain(problem)
    return 1
  }
  const codes = pack.value.procedures.map(({ code }) => code)
  const version = new Date().toISOString()
  await signPack(dir, { name: codes.join(', ').slice(0, 100), version }, key)
  print(json ? JSON.stringify({ ok: true, codes, version }) : `${dir}: signed, ${codes.length}`)
  return 0
}

function formioWords(problem: FormioProblem): string {
  switch (problem.code) {
    case 'not-a-form':
      return `no form of Form.io's builder${problem.where === '' ? '' : ` (${problem.where})`}`
    case 'too-deep':
      return 'its parts are nested too deep'
    case 'too-large':
      return 'it has too many parts'
  }
}

async function readJson(file: string): Promise<Result<unknown, string>> {
  try {
    if ((await stat(file)).size > MAX_FILE_BYTES) return err('too large for a form')
    return ok(JSON.parse(await readFile(file, 'utf8')))
  } catch (cause) {
    return err(cause instanceof SyntaxError ? 'no JSON' : 'cannot be read')
  }
}

/** What the words name, once; the words of what is wrong with any of them. */
async function findAll(words: readonly string[]): Promise<Result<Procedure[], string[]>> {
  const shipped = await builtIn()
  if (!shipped.ok) return shipped
  const named = [...namedForms(words, shipped.value)]
  const found = await Promise.all(named.map((word) => findVersions(word, shipped.value)))
  const problems = found.flatMap((one) => (one.ok ? [] : one.error))
  return problems.length > 0 ? err(problems) : ok(found.flatMap((one) => (one.ok ? one.value : [])))
}

/** `all` is every built-in procedure. */
function namedForms(words: readonly string[], shipped: Pack): ReadonlySet<string> {
  const all = words.length === 1 && words[0] === 'all'
  return new Set(all ? shipped.procedures.map(({ code }) => code) : words)
}

const isCode = (word: string) => /^\d\.\d{6}$/.test(word)

/** The versions of a built-in procedure by its code; or one in a file, with the built-in library. */
async function findVersions(word: string, shipped: Pack): Promise<Result<Procedure[], string[]>> {
  if (isCode(word)) {
    const found = shipped.procedures.filter(({ code }) => code === word)
    return found.length === 0 ? err([`no built-in procedure ${word}`]) : ok(found)
  }
  const text = await readFile(word, 'utf8').catch(() => null)
  const read = parseProcedure(word, text, shipped.library)
  return read.ok ? ok([read.value]) : err(problemWords([read.error]))
}

/**
 * Days on which two versions of a procedure are in force, or none between two: of a built-in one,
 * or of a file with its neighbours in its folder, which take the place of built-in ones.
 */
async function betweenVersions(
  word: string,
  found: readonly Procedure[],
  shipped: Pack,
): Promise<string[]> {
  const [{ code } = { code: '' }] = found
  const versions = shipped.procedures.filter((one) => one.code === code)
  const own = isCode(word) ? [] : [...found, ...(await neighboursOf(word, code, shipped.library))]
  return [
    ...overlapsIn(own).map(({ earlier, later }) => overlapWords(code, earlier, later)),
    ...gapsIn(overriding(versions, own)).map(
      ({ from, to }) => `no version of ${code} is in force from ${from} to ${to}`,
    ),
  ]
}

const overlapWords = (code: string, { form: earlier }: Procedure, { form: later }: Procedure) =>
  `two versions of ${code} are in force on ${later.validFrom}: from ${earlier.validFrom} and from ${later.validFrom}`

/**
 * Other versions of a procedure in the folder of a file that is named as one. What is not sound
 * among them says so when it is checked itself.
 */
async function neighboursOf(
  file: string,
  code: string,
  library: FormLibrary,
): Promise<Procedure[]> {
  if (!basename(file).startsWith(`${code}.`)) return []
  const files = await readPackFiles(dirname(file))
  return [...files].flatMap(([name, text]) => {
    if (!name.startsWith(`${code}.`) || name === basename(file)) return []
    const read = parseProcedure(name, text, library)
    return read.ok ? [read.value] : []
  })
}

/** Read anew for each command, and checked: an author changes them between two. */
const builtIn = async () => parsed(await readPackFiles(join(resourcesDir(), 'procedures')))

function parsed(...of: Parameters<typeof parsePack>): Result<Pack, string[]> {
  const pack = parsePack(...of)
  return pack.ok ? pack : err(problemWords(pack.error))
}

function problemWords(problems: readonly PackProblem[]): string[] {
  return problems.flatMap((problem) => {
    switch (problem.code) {
      case 'unreadable':
        return [`${problem.file}: cannot be read`]
      case 'not-json':
        return [`${problem.file}: no JSON`]
      case 'too-deep':
        return [`${problem.file}: its parts are nested too deep`]
      case 'invalid':
        return [`${problem.file}: ${problem.where}: ${problem.what}`]
      case 'unsound':
        return problem.findings.map((finding) => `${problem.file}: ${finding}`)
      case 'wrong-name':
        return [`${problem.file}: the file is not named after its code, or its first day`]
      case 'overlap':
        return [`${problem.file}: in force on the same day as ${problem.other}`]
      case 'empty':
        return ['there are no procedures']
    }
  })
}
