import type { FilingIdentity, StatusOutcome } from './adapter.ts'
import { noAnswer, questionSilence, readState, type ReceiptKeys } from './answers.ts'
import { PORTAL_LIMITS, statusListSchema } from './contract.ts'
import type { Exchange } from './exchange.ts'
import { boundedWaitMs } from './retry-after.ts'

/** What the answer says; a reference that it leaves out is missing here too. */
function readGroup(
  group: readonly FilingIdentity[],
  keys: ReceiptKeys,
  result: Exchange,
): ReadonlyMap<string, StatusOutcome> {
  const all = (outcome: StatusOutcome) =>
    new Map(group.map(({ clientRef }) => [clientRef, outcome] as const))
  if (result.kind !== 'answer') return all(questionSilence(result))
  const other = noAnswer(result.answer)
  if (other !== null) return all(other)
  const list = statusListSchema.safeParse(result.answer.json)
  if (!list.success) return all({ kind: 'unknown', cause: 'status-malformed' })
  const asked = new Map(group.map((filing) => [filing.clientRef, filing]))
  const pollAfterMs = boundedWaitMs(result.answer.retryAfterMs)
  const said = new Map<string, StatusOutcome>()
  for (const status of list.data.filings) {
    const ref = status.state === 'accepted' ? status.receipt.clientRef : status.clientRef
    const filing = asked.get(ref)
    if (filing === undefined) continue
    const outcome: StatusOutcome =
      status.state === 'absent' || status.state === 'withdrawn'
        ? { kind: status.state }
        : readState(status, filing, keys, pollAfterMs)
    // Two words on one filing are no word.
    said.set(ref, said.has(ref) ? { kind: 'unknown', cause: 'status-twice' } : outcome)
  }
  return said
}

/**
 * Asks for many filings, so many at a time, until each has its answer. No question is about the
 * filings of two kiosks.
 */
export async function askInGroups(
  filings: readonly FilingIdentity[],
  keys: ReceiptKeys,
  ask: (clientRefs: readonly string[], kioskId: string | undefined) => Promise<Exchange>,
): Promise<ReadonlyMap<string, StatusOutcome>> {
  const outcomes = new Map<string, StatusOutcome>()
  let open = [...filings]
  while (open.length > 0) {
    const kioskId = open[0]?.kioskId
    const group = open
      .filter((filing) => filing.kioskId === kioskId)
      .slice(0, PORTAL_LIMITS.STATUS_REFS_MAX)
    const result = await ask(
      group.map(({ clientRef }) => clientRef),
      kioskId,
    )
    const said = readGroup(group, keys, result)
    for (const [ref, outcome] of said) outcomes.set(ref, outcome)
    if (said.size === 0) {
      for (const { clientRef } of group) {
        outcomes.set(clientRef, { kind: 'unknown', cause: 'left-out' })
      }
    }
    open = open.filter(({ clientRef }) => !outcomes.has(clientRef))
  }
  return outcomes
}
