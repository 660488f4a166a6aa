import { randomUUID } from 'node:crypto'
import {
  assistantIdSchema,
  pinSchema,
  type AssistantAnswer,
  type HelpCall,
  type HelpEvent,
} from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { readHelpJournal } from '../staff/index.ts'
import type { CommandContext, ExitCode, Run } from './command.ts'
import { untilStopped, withRunningKiosk } from './control-line.ts'
import { lookIntoStore } from './filings.ts'

/** `staff calls`: where somebody waits for a person. Exit 1 where nobody does. */
export const listCalls: Run = (context) =>
  withRunningKiosk(context, async ({ calls }) => {
    const open = await calls.list()
    if (context.json) context.print(JSON.stringify(open))
    else for (const call of open) context.print(callText(call))
    return open.length > 0 ? 0 : 1
  })

/** `staff watch`: the call that is open, then a line a change, until Ctrl-C. */
export const watchCalls: Run = (context) =>
  withRunningKiosk(context, ({ calls }) =>
    untilStopped(
      (signal) => calls.watch(undefined, { signal }),
      (event) => {
        const at = new Date().toISOString()
        context.print(
          context.json ? JSON.stringify({ at, ...event }) : `${at}  ${eventText(event)}`,
        )
      },
    ),
  )

/** `staff list`: who may unlock this kiosk, and how wrong tries stand. */
export const listAssistants: Run = (context) =>
  withRunningKiosk(context, async ({ assistants }) => {
    const { json, print } = context
    const listed = await assistants.list()
    if (json) {
      print(JSON.stringify(listed))
      return 0
    }
    for (const { id, counter, pin, card, addedAt } of listed.assistants) {
      const by = [pin ? 'PIN' : null, card ? 'card' : null].filter((way) => way !== null)
      print(`CB-${id}  ${by.join(' and ')}  ${counter ?? '-'}  since ${addedAt}`)
    }
    const { failed, door } = listed.tries
    if (failed > 0) print(`wrong tries  ${failed}${door === 'open' ? '' : `, ${DOORS[door]}`}`)
    return 0
  })

const DOORS = {
  wait: 'waiting before the next',
  stopped: 'none is taken any more: staff reset',
} as const

/** `staff add ID`: the PIN and the code of the card are lines on stdin, never on the command line. */
export const addAssistant: Run = async (context) => {
  const id = idOf(context)
  if (id === null) return 2
  const lines = Buffer.from(await context.readStdin())
    .toString('utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const pin = lines.find((line) => pinSchema.safeParse(line).success) ?? null
  const [card = null, ...more] = lines.filter((line) => line !== pin)
  if (more.length > 0) {
    context.complain('too much on stdin: one line of six digits, and one line of a card')
    return 2
  }
  const order = { commandId: randomUUID(), actor: context.actor, id, pin, card }
  return withRunningKiosk(context, async ({ assistants }) =>
    tell(context, id, await assistants.add({ ...order, counter: context.counter })),
  )
}

/** `staff remove ID`: at once, also where that one is helping just now. */
export const removeAssistant: Run = async (context) => {
  const id = idOf(context)
  if (id === null) return 2
  return withRunningKiosk(context, async ({ assistants }) => {
    const order = { commandId: randomUUID(), actor: context.actor, id }
    return tell(context, id, await assistants.remove(order))
  })
}

/** `staff reset`: takes tries to unlock again after too many wrong ones. */
export const resetTries: Run = (context) =>
  withRunningKiosk(context, async ({ assistants }) => {
    const order = { commandId: randomUUID(), actor: context.actor }
    return tell(context, null, await assistants.reset(order))
  })

/** `staff journal`: who helped with what kind of step, for which filing. Works without a kiosk. */
export const printHelpJournal: Run = async (context) => {
  const lines = await lookIntoStore(context, (db) => readHelpJournal(db, context.limit))
  if (lines === null) return 2
  for (const line of lines) {
    const { at, actor, what, clientRef } = line
    context.print(
      context.json ? JSON.stringify(line) : `${at}  ${actor}  ${what}  ${clientRef ?? '-'}`,
    )
  }
  return lines.length > 0 ? 0 : 1
}

function idOf({ words, complain }: CommandContext): string | null {
  const id = assistantIdSchema.safeParse(words[0]).data ?? null
  if (id === null) complain('an assistant has two digits, such as 02')
  return id
}

function tell(context: CommandContext, id: string | null, answer: AssistantAnswer): ExitCode {
  const { json, print, complain } = context
  if (json) print(JSON.stringify(answer))
  if (answer.ok) return 0
  complain(`${id === null ? '' : `CB-${id}: `}${remedyOf(answer.why)}`)
  return 1
}

function remedyOf(why: Extract<AssistantAnswer, { ok: false }>['why']): string {
  switch (why) {
    case 'taken':
      return 'is there already: remove first, or take another number'
    case 'unknown':
      return 'is not on this kiosk: staff list has those that are'
    case 'weak-pin':
      return 'this PIN is among the first to be guessed: take another one'
    case 'no-key':
      return 'neither PIN nor card on stdin: a line of six digits, or the code of a card'
    case 'no-card':
      return 'the second line is no ID card: its QR text, or its twelve digits'
    case 'card-taken':
      return 'this card is another assistant’s'
    case 'full':
      return 'the kiosk knows as many assistants as it may: remove one'
    case 'disk':
      return 'the store did not take it: look at the disk, then do it again'
    default:
      return unreachable(why)
  }
}

const callText = ({ kiosk, screen, since }: HelpCall) => `${kiosk}  ${screen}  since ${since}`

function eventText(event: HelpEvent): string {
  switch (event.kind) {
    case 'called':
    case 'ended':
      return `${event.kind}  ${callText(event.call)}`
    case 'answered':
      return `answered by CB-${event.by}  ${callText(event.call)}`
    default:
      return unreachable(event)
  }
}
