import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { localDate } from '../../shared/domain/local-time.ts'
import { eachNear, isInForce, versionsOf, type Procedure } from '../../shared/forms/index.ts'
import {
  createSearch,
  importCatalogue,
  readBuiltIn,
  openCatalogue,
  openCatalogueForReading,
  readCatalogue,
  showProcedure as showNational,
  type ImportProblem,
  type ImportReport,
} from '../catalogue/index.ts'
import { resourcesDir } from '../resources-dir.ts'
import { kioskFiles } from '../settings/index.ts'
import { sqliteCode } from '../store/index.ts'
import type { CommandContext, ExitCode, Run } from './command.ts'

/** One line of `catalogue import --json`: the same members whether a file was taken or refused. */
interface FileReport extends Omit<ImportReport, 'format'> {
  readonly file: string
  readonly format: ImportReport['format'] | null
  readonly problem: ImportProblem['code'] | null
}

/** `catalogue import FILE …`: takes in national data. Exit 1: a file was refused; 2: unreadable. */
export const importCatalogueFiles: Run = (context) =>
  withSoundCatalogue(context, async (path) => {
    const { words, json, print, complain } = context
    const opened = await openCatalogue(path)
    if (!opened.ok) {
      complain(trouble(opened.error.reason, path))
      return 2
    }
    let exit: ExitCode = 0
    try {
      for (const file of words) {
        const report = await importCatalogue(opened.value, createReadStream(file), Date.now())
        if (report.ok) {
          const { imported, bad, badLines } = report.value
          const full: FileReport = { file, ...report.value, problem: null }
          print(json ? JSON.stringify(full) : `${file}: ${imported} procedures`)
          if (bad > 0) complain(`${file}: ${bad} lines left out, first: line ${badLines[0]?.line}`)
          continue
        }
        const problem = report.error.code
        if (problem === 'unreadable') exit = 2
        else if (exit === 0) exit = 1
        const refused: FileReport = {
          file,
          format: null,
          imported: 0,
          bad: 0,
          badLines: [],
          problem,
        }
        if (json) print(JSON.stringify(refused))
        complain(`${file}: ${refusal(problem)}`)
      }
    } finally {
      opened.value.close()
    }
    return exit
  })

function refusal(code: ImportProblem['code']): string {
  switch (code) {
    case 'unreadable':
      return 'cannot be read: check the path'
    case 'nothing-found':
      return 'holds no procedure in a national format: nothing was changed'
    case 'line-too-long':
      return 'has a line of more than 4 MB, so it is no catalogue: nothing was changed'
  }
}

/** `catalogue search WORDS`: best first. Exit 1 when nothing is found. */
export const searchCatalogue: Run = (context) =>
  withCatalogue(context, (pack, national) => {
    const query = context.words.join(' ')
    const rows = national === null ? [] : readCatalogue(national)
    const fileable = new Set(pack.map(({ code }) => code))
    const hits = createSearch(pack, rows)(query, fileable, context.limit)
    if (context.json) {
      context.print(
        JSON.stringify(hits.map(({ code, name, field, level }) => ({ code, name, field, level }))),
      )
    } else for (const { code, name } of hits) context.print(`${code}  ${name}`)
    return hits.length > 0 ? 0 : 1
  })

/** `catalogue show CODE`: what is known of one procedure; its form where this kiosk can file it. */
export const showProcedure: Run = (context) =>
  withCatalogue(context, (pack, national) => {
    const code = (context.words[0] ?? '').trim()
    const own = pack.find((procedure) => procedure.code === code)
    const canBeFiled = own !== undefined && isInForce(own, localDate(Date.now()))
    const listed = national === null ? null : showNational(national, code)
    if (!own && !listed) {
      context.complain(`no procedure ${code}: import the national catalogue, or search by words`)
      return 1
    }
    if (context.json)
      context.print(JSON.stringify({ fileable: canBeFiled ? own : null, national: listed }))
    else {
      context.print(`${code}  ${own?.name ?? listed?.name}`)
      context.print(`field: ${own?.field ?? listed?.field}`)
      context.print(
        `can be filed here: ${canBeFiled ? `yes, ${own.form.fields.length} boxes` : 'no'}`,
      )
    }
    return 0
  })

type Database = Parameters<typeof readCatalogue>[0]

/** Runs with today's version of each built-in procedure and the national catalogue. */
async function withCatalogue(
  context: CommandContext,
  run: (pack: readonly Procedure[], national: Database | null) => ExitCode,
): Promise<ExitCode> {
  const pack = await readBuiltIn(join(resourcesDir(), 'procedures'))
  if (!pack.ok) {
    context.complain(
      `the built-in procedures do not load (${pack.error[0]?.code}): install the kiosk again`,
    )
    return 2
  }
  const current = eachNear(versionsOf(pack.value.procedures), localDate(Date.now()))
  return withSoundCatalogue(context, async (path) => {
    const national = await openCatalogueForReading(path)
    if (!national.ok) {
      context.complain(trouble(national.error.reason, path))
      return 2
    }
    try {
      return run(current, national.value)
    } finally {
      national.value?.close()
    }
  })
}

/** SQLite finds out that a file is damaged when it reads, not when it opens. */
async function withSoundCatalogue(
  { dataDir, complain }: CommandContext,
  run: (path: string) => Promise<ExitCode>,
): Promise<ExitCode> {
  const path = kioskFiles(dataDir).catalogue
  try {
    return await run(path)
  } catch (cause) {
    const code = sqliteCode(cause)
    if (code === undefined) throw cause
    complain(trouble(code, path))
    return 2
  }
}

function trouble(reason: string, path: string): string {
  const damaged = /^SQLITE_(NOTADB|CORRUPT)/.test(reason)
  return damaged
    ? `the imported catalogue is damaged (${reason}): remove ${path} and import again`
    : `the imported catalogue cannot be used (${reason}): look at ${path}`
}
