import { implement, ORPCError } from '@orpc/server'
import {
  contract,
  type CitizenAction,
  type SearchHit,
  type Update,
} from '../shared/contract/index.ts'

/** What the contract needs from the rest of the core. */
export interface KioskPorts {
  watch(signal: AbortSignal): AsyncGenerator<Update, void>
  /** Idempotent by `commandId`. */
  act(commandId: string, action: CitizenAction): 'done' | 'ignored'
  search(words: string): SearchHit[]
  /** Null outside training mode: then the dock's procedures do not exist. */
  training: TrainingWorld | null
}

/** The presenter's hands: the invented world that training mode runs in. */
export interface TrainingWorld {
  state(): Promise<{
    citizens: { id: string; label: string }[]
    codes: { id: string; label: string }[]
    portal: 'up' | 'cut'
    paper: 'in' | 'near-end' | 'out'
    accepted: number
    prints: string[]
  }>
  scan(id: string): Promise<void>
  /** Any text under the scanner, such as a printed slip's code; for tests and rehearsals. */
  scanText(text: string): Promise<void>
  setPortal(portal: 'up' | 'cut'): Promise<void>
  setPaper(paper: 'in' | 'near-end' | 'out'): Promise<void>
  /** Ends this process as a crash would. */
  killCore(): void
}

/** Limits of one page's calls. */
export const CALL_LIMITS = {
  /** Calls in any one second; the fastest finger makes ten. */
  MAX_CALLS_PER_SECOND: 60,
  /** Command ids that are remembered for the training dock. */
  MAX_REMEMBERED: 64,
} as const

/** One page's connection. */
export interface Caller {
  /** False when this page calls too often. */
  admit(): boolean
}

/** The contract implemented, nothing else. */
export function createKiosk(ports: KioskPorts) {
  const api = implement(contract).$context<Caller>()
  const guarded = api.use(({ context, next, procedure }) => {
    if (!context.admit()) throw new ORPCError('TOO_MANY_REQUESTS')
    if (procedure['~orpc'].meta.audience === 'training' && ports.training === null) {
      throw new ORPCError('NOT_FOUND')
    }
    return next()
  })
  const training = (): TrainingWorld => {
    if (ports.training === null) throw new ORPCError('NOT_FOUND')
    return ports.training
  }
  const once = rememberCommands()

  return guarded.router({
    citizen: {
      watch: guarded.citizen.watch.handler(({ signal }) =>
        ports.watch(signal ?? new AbortController().signal),
      ),
      act: guarded.citizen.act.handler(({ input }) => ({
        outcome: ports.act(input.commandId, input.action),
      })),
      search: guarded.citizen.search.handler(({ input }) => ports.search(input.words)),
    },
    training: {
      world: guarded.training.world.handler(() => training().state()),
      scan: guarded.training.scan.handler(({ input }) =>
        once(input.commandId, () => training().scan(input.id)),
      ),
      setPortal: guarded.training.setPortal.handler(({ input }) =>
        once(input.commandId, () => training().setPortal(input.portal)),
      ),
      setPaper: guarded.training.setPaper.handler(({ input }) =>
        once(input.commandId, () => training().setPaper(input.paper)),
      ),
      killCore: guarded.training.killCore.handler(() => {
        training().killCore()
        return null
      }),
    },
  })
}

/** Runs a command once; its repeat waits for, and gets, the first answer. */
function rememberCommands() {
  const answers = new Map<string, Promise<null>>()
  return (commandId: string, run: () => Promise<void>): Promise<null> => {
    const known = answers.get(commandId)
    if (known) return known
    const answer = run().then(() => null)
    answers.set(commandId, answer)
    const oldest = answers.keys().next().value
    if (answers.size > CALL_LIMITS.MAX_REMEMBERED && oldest !== undefined) answers.delete(oldest)
    return answer
  }
}
