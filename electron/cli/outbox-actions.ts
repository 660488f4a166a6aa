import { randomUUID } from 'node:crypto'
import { formatShortRef } from '../../shared/domain/short-ref.ts'
import { controlRemedy } from '../control-socket.ts'
import type { StaffDeed } from '../kiosk.ts'
import type { Run } from './command.ts'
import { openControlLine, overLine } from './control-line.ts'
import { findFiling, readFilings } from './filings.ts'
import { NO_SUCH_FILING, refusalRemedy } from './remedies.ts'

/**
 * `outbox retry REF` and the like: the running core does it, for it alone may send. Exit 1 where it
 * refuses, 2 where no core runs.
 */
export function staffAction(deed: StaffDeed): Run {
  return async (context) => {
    const filings = await readFilings(context)
    if (filings === null) return 2
    const filing = findFiling(filings, context.words.join(''))
    if (!filing) {
      context.complain(NO_SUCH_FILING)
      return 1
    }
    const line = await openControlLine(context.dataDir)
    if (!line.ok) {
      context.complain(controlRemedy(line.error))
      return 2
    }
    return overLine(line.value, context, async ({ outbox }) => {
      const { json, print, complain, actor, paperTaken, notAtPortal } = context
      const { clientRef } = filing
      const reference = formatShortRef(filing.shortRef)
      const commandId = randomUUID()
      const order = { commandId, clientRef, actor, paperTaken, notAtPortal }
      const answer = await outbox[deed](order)
      const { ok, ...rest } = answer
      if (json) print(JSON.stringify({ ok, reference, clientRef, ...rest }))
      if (!answer.ok) {
        complain(`${reference}: ${refusalRemedy(answer.refusal)}`)
        return 1
      }
      if (!json) print(`${reference}  ${answer.state}`)
      return 0
    })
  }
}
