import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { open } from 'node:fs/promises'
import type {
  ExportAnswer,
  ExportOrdered,
  ImportAnswer,
  ImportOrdered,
} from '../../shared/contract/index.ts'
import { controlRemedy } from '../control-socket.ts'
import { createTransferDesk } from '../staff-desk.ts'
import type { CommandContext, ExitCode, Run } from './command.ts'
import { openControlLine, overLine } from './control-line.ts'
import { findFiling, readFilings } from './filings.ts'
import {
  exportRemedy,
  importRemedy,
  leftRemedy,
  notTakenRemedy,
  NO_SUCH_FILING,
} from './remedies.ts'
import { openStoppedKiosk } from './stopped-kiosk.ts'

/** Far longer than a key in PEM with some words around it. */
const KEY_FILE_BYTES = 4096

/** The calls of a transfer, to a running core or to the store of a kiosk that does not run. */
type TransferCalls = {
  transferKey(): Promise<{ publicKey: string; fingerprint: string }>
  export(order: ExportOrdered): Promise<ExportAnswer>
  import(order: ImportOrdered): Promise<ImportAnswer>
}

/** `outbox transfer-key`: what the other kiosk seals to, for a file on the stick. */
export const printTransferKey: Run = (context) =>
  withTransfer(context, false, async (calls) => {
    const { publicKey, fingerprint } = await calls.transferKey()
    if (context.json) context.print(JSON.stringify({ publicKey, fingerprint }))
    // Whoever reads the key out of the file skips the line before it.
    else context.print(`fingerprint: ${inFours(fingerprint)}\n${publicKey.trimEnd()}`)
    return 0
  })

/** `outbox export DIR --to KEYFILE [REF …]`. Exit 1 where a filing that was wanted stays behind. */
export const exportOutbox: Run = async (context) => {
  const { words, to, json, print, complain, actor } = context
  const [at = '', ...references] = words
  if (to === null) {
    complain('--to is missing: name the file with the transfer key of the other kiosk')
    return 2
  }
  const publicKey = await readKeyFile(to)
  if (publicKey === null) {
    complain(`${to} cannot be read: check the path`)
    return 2
  }
  const clientRefs = references.length === 0 ? null : await clientRefsOf(context, references)
  if (typeof clientRefs === 'number') return clientRefs
  return withTransfer(context, false, async (calls) => {
    const dir = resolve(at)
    const commandId = randomUUID()
    const answer = await calls.export({ commandId, actor, dir, publicKey, clientRefs })
    if (json) print(JSON.stringify(answer))
    if (!answer.ok) {
      complain(exportRemedy(answer.problem, dir, to))
      return answer.problem.code === 'stick' || answer.problem.code === 'io' ? 2 : 1
    }
    if (!json) for (const filing of answer.exported) print(`${nameOf(filing)}  exported`)
    for (const filing of answer.left) complain(`${nameOf(filing)}: ${leftRemedy(filing.code)}`)
    return answer.left.length > 0 ? 1 : 0
  })
}

/** `outbox import DIR`. Exit 1 where a filing on the stick was refused. */
export const importOutbox: Run = (context) =>
  withTransfer(context, true, async (calls) => {
    const { words, json, print, complain, actor } = context
    const dir = resolve(words[0] ?? '')
    const answer = await calls.import({ commandId: randomUUID(), actor, dir })
    if (json) print(JSON.stringify(answer))
    if (!answer.ok) {
      complain(importRemedy(answer.problem, dir))
      return answer.problem.code === 'stick' ? 2 : 1
    }
    if (!json) {
      for (const filing of answer.taken) print(`${nameOf(filing)}  taken`)
      for (const filing of answer.known) print(`${nameOf(filing)}  known`)
    }
    for (const filing of answer.refused) {
      complain(`${nameOf(filing)}: ${notTakenRemedy(filing.code)}`)
    }
    return answer.refused.length > 0 ? 1 : 0
  })

/** Over the running core, which alone may touch its store; else over the store itself. */
async function withTransfer(
  context: CommandContext,
  takesIn: boolean,
  run: (calls: TransferCalls) => Promise<ExitCode>,
): Promise<ExitCode> {
  const line = await openControlLine(context.dataDir)
  if (line.ok) return overLine(line.value, context, ({ outbox }) => run(outbox))
  if (line.error.code === 'refused') {
    context.complain(controlRemedy(line.error))
    return 2
  }
  const kiosk = await openStoppedKiosk(context, takesIn)
  if (kiosk === null) return 2
  try {
    const desk = createTransferDesk(kiosk.transfer)
    return await run({
      transferKey: async () => kiosk.transfer.key(),
      export: desk.exportTo,
      import: desk.importFrom,
    })
  } finally {
    kiosk.close()
  }
}

/** The client references of what was named, or the exit code where one is not here. */
async function clientRefsOf(
  context: CommandContext,
  references: readonly string[],
): Promise<string[] | ExitCode> {
  const filings = await readFilings(context)
  if (filings === null) return 2
  const found: string[] = []
  for (const reference of references) {
    const filing = findFiling(filings, reference)
    if (!filing) {
      context.complain(`${reference}: ${NO_SUCH_FILING}`)
      return 1
    }
    found.push(filing.clientRef)
  }
  return found
}

async function readKeyFile(path: string): Promise<string | null> {
  const handle = await open(path, 'r').catch(() => null)
  if (handle === null) return null
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(KEY_FILE_BYTES), 0)
    return buffer.toString('utf8', 0, bytesRead)
  } catch {
    return null
  } finally {
    await handle.close()
  }
}

function nameOf(filing: { clientRef: string; reference: string | null }): string {
  return filing.reference ?? filing.clientRef
}

function inFours(text: string): string {
  return text.replace(/(....)(?=.)/g, '$1 ')
}
