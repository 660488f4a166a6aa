import {
  stripToolSchema,
  type CitizenAction,
  type SessionView,
  type StripTool,
} from '../../shared/contract/index.ts'
import { LONG_LIST_FROM } from '../../shared/domain/long-list.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { SessionState } from '../session/index.ts'

/** What an assistant may have done for a citizen, as the journal has it: the kind alone. */
export type HelpStep =
  | 'went-on'
  | 'answered'
  | 'dictated'
  | 'chose'
  | 'papers'
  | 'printed'
  | 'moved-to-counter'
  | 'retried-device'
  | 'looked-at-face'
  | 'ended'

/** The declaration and the touch that files: no assistant's, ever. */
export const isCitizensAlone = ({ type }: CitizenAction): boolean =>
  type === 'accept-review' || type === 'declare' || type === 'thumb-print'

/** The kind of step that a touch is; null where it does nothing for the citizen. */
export function stepOf(action: CitizenAction): HelpStep | null {
  switch (action.type) {
    case 'start':
    case 'confirm-card':
    case 'reject-card':
    case 'open-chip':
    case 'begin':
    case 'change':
    case 'change-paper':
    case 'back':
    case 'agree-notice':
    case 'refuse-notice':
    case 'keep-draft':
    case 'resume-draft':
    case 'begin-anew':
      return 'went-on'
    case 'give-access-number':
    case 'write-card-part':
    case 'answer':
    case 'accept-card':
    case 'drop-card':
    case 'drop-row':
      return 'answered'
    case 'choose':
    case 'do-instead':
    case 'another':
      return 'chose'
    case 'turn-page':
    case 'drop-page':
    case 'accept-paper':
    case 'paper-at-counter':
    case 'scan-paper':
      return 'papers'
    case 'print-sheet':
    case 'take-ticket':
    case 'take-number':
    case 'reprint':
      return 'printed'
    case 'finish':
      return 'ended'
    case 'accept-review':
    case 'declare':
    case 'thumb-print':
    case 'call-help':
    case 'end-help':
    case 'stay':
    case 'display':
      return null
    default:
      return unreachable(action)
  }
}

/** What stands around the visit, as far as a tool depends on it. */
export interface Surroundings {
  /** A printer is in a fault that a try could end. */
  readonly printerFaulty: boolean
  readonly readsFaces: boolean
  /** This kiosk has a program that turns speech into words, and its screen a place for them. */
  readonly takesDictation: boolean
}

/** Whether words may be written on this screen: an answer, or what is looked for. */
export function takesWords(session: SessionView): boolean {
  if (session.screen !== 'answer')
    return session.screen === 'choose' || session.screen === 'card-part'
  const { input } = session.question
  // A long list is looked through by words.
  if (input.kind === 'choice') return input.choices.length >= LONG_LIST_FROM
  return input.kind === 'name' || input.kind === 'text' || input.kind === 'address'
}

type ToolState = Pick<SessionState, 'visitState'> & {
  readonly visit: Pick<SessionState['visit'], 'procedure' | 'filed'>
}

/** The tools that do something where the visit stands; `works`: for the citizen, on this screen. Pure. */
export function toolsAt(state: ToolState, around: Surroundings, works: boolean): StripTool[] {
  const { visitState, visit } = state
  const paper = visit.filed?.paper.state
  const tools: Record<StripTool, boolean> = {
    work: !['attract', 'submitting', 'done', 'declare'].includes(visitState),
    dictate: works && around.takesDictation,
    'choose-other': isInProcedure(state),
    'to-counter': isInProcedure(state),
    reprint: visitState === 'done' && paper !== 'waiting' && paper !== 'printing',
    retry: around.printerFaulty,
    face: around.readsFaces && visitState !== 'attract',
    finish: visitState !== 'attract' && visitState !== 'submitting',
  }
  return stripToolSchema.options.filter((tool) => tools[tool])
}

/** On the way through a procedure, with nothing filed yet. */
function isInProcedure({ visitState, visit }: ToolState): boolean {
  const road = ['prepare', 'answer', 'stop', 'papers', 'review', 'declare']
  return visit.procedure !== null && road.includes(visitState)
}
