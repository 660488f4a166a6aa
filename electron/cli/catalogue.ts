import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Procedure } from '../../shared/forms/index.ts'
import {
  createSearch,
  importCatalogue,
  loadPack,
  openCatalogue,
  openCatalogueForReading,
  readCatalogue,
  showProcedure as showNational,
} from '../catalogue/index.ts'
import { resourcesDir } from '../resources-dir.ts'
import { kioskFiles } from '../settings/index.ts'
import type { Command, CommandContext, ExitCode } from './command.ts'

/** `catalogue import FILE …`: takes in national data. Exit 1 when a file was refused. */
export const importCatalogueFiles: Command = async ({ words, json, dataDir, print, complain }) => {
  if (words.length === 0) {
    complain('catalogue import takes files: catalogue.jsonl, or details of one procedure')
    return 2
  }
  const opened = await openCatalogue(kioskFiles(dataDir).catalogue)
  if (!opened.ok) {
    complain(`the catalogue could not be opened: ${opened.error.reason}`)
    return 2
  }
  let exit: ExitCode = 0
  for (const file of words) {
    const report = await importCatalogue(opened.value, createReadStream(file), Date.now())
    if (report.ok) {
      const { imported, bad, badLines } = report.value
      print(json ? JSON.stringify({ file, ...report.value }) : `${file}: ${imported} procedures`)
      if (bad > 0) complain(`${file}: ${bad} lines left out, first: line ${badLines[0]?.line}`)
      continue
    }
    exit = report.error.code === 'unreadable' ? 2 : 1
    complain(`${file}: ${refusal(report.error.code)}`)
    if (json) print(JSON.stringify({ file, imported: 0, problem: report.error.code }))
  }
  opened.value.close()
  return exit
}

function refusal(code: 'unreadable' | 'nothing-found' | 'line-too-long'): string {
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
export const searchCatalogue: Command = (context) =>
  withCatalogue(context, (pack, national) => {
    const query = context.words.join(' ')
    if (query === '') {
      context.complain('catalogue search takes words, with or without tone marks')
      return 2
    }
    const rows = national === null ? [] : readCatalogue(national)
    const hits = createSearch(pack, rows)(query, context.limit)
    if (context.json) {
      context.print(
        JSON.stringify(hits.map(({ code, name, field, level }) => ({ code, name, field, level }))),
      )
    } else for (const { code, name } of hits) context.print(`${code}  ${name}`)
    return hits.length > 0 ? 0 : 1
  })

/** `catalogue show CODE`: what is known of one procedure; its form where this kiosk can file it. */
export const showProcedure: Command = (context) =>
  withCatalogue(context, (pack, national) => {
    const code = (context.words[0] ?? '').trim()
    const own = pack.find((procedure) => procedure.code === code)
    const listed = national === null ? null : showNational(national, code)
    if (!own && !listed) {
      context.complain(`no procedure ${code}: import the national catalogue, or search by words`)
      return 1
    }
    if (context.json) context.print(JSON.stringify({ fileable: own ?? null, national: listed }))
    else {
      context.print(`${code}  ${own?.name ?? listed?.name}`)
      context.print(`field: ${own?.field ?? listed?.field}`)
      context.print(`can be filed here: ${own ? `yes, ${own.form.fields.length} boxes` : 'no'}`)
    }
    return 0
  })

type Database = Parameters<typeof readCatalogue>[0]

async function withCatalogue(
  { dataDir, complain }: CommandContext,
  run: (pack: readonly Procedure[], national: Database | null) => ExitCode,
): Promise<ExitCode> {
  const pack = await loadPack(join(resourcesDir(), 'procedures'))
  if (!pack.ok) {
    complain(`the built-in procedures do not load: ${pack.error[0]?.code}`)
    return 2
  }
  const national = await openCatalogueForReading(kioskFiles(dataDir).catalogue)
  if (!national.ok) {
    complain(`the catalogue could not be opened: ${national.error.reason}; import it again`)
    return 2
  }
  try {
    return run(pack.value, national.value)
  } finally {
    national.value?.close()
  }
}
