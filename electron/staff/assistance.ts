import { randomUUID } from 'node:crypto'
import type {
  AssistAnswer,
  AssistanceView,
  AssistTool,
  CitizenAction,
  Dictation as Dictated,
  UnlockAnswer,
} from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { Dictation } from '../dictation/index.ts'
import type { Log } from '../log.ts'
import type { Session, SessionState } from '../session/index.ts'
import { storeFault } from '../store/index.ts'
import type { Assistant, Book } from './book.ts'
import type { Calls } from './calls.ts'
import { STAFF_LIMITS } from './limits.ts'
import {
  afterPageTouch,
  hasFallen,
  isLong,
  nextDeadline,
  roleView,
  type Ending,
  type PageOf,
  type Role,
} from './role.ts'
import { isCitizensAlone, stepOf, toolsAt, type HelpStep, type Surroundings } from './steps.ts'
import type { createLock, Tried } from './unlock.ts'

type AssistanceDeps = {
  readonly book: Pick<Book, 'note'>
  readonly lock: ReturnType<typeof createLock>
  readonly calls: Calls
  readonly session: () => Pick<Session, 'state' | 'act' | 'chooseOther'>
  readonly around: () => Surroundings
  /** A place in the queue, and what was filled in, on paper. */
  readonly moveToCounter: (state: SessionState) => Promise<AssistAnswer>
  /** Tries a printer again. */
  readonly retryDevice: () => Promise<boolean>
  /** Null where this kiosk has no program for it. */
  readonly dictation: Dictation | null
  /** ms since the epoch */
  readonly now: () => number
  readonly after: (delayMs: number, callback: () => void) => () => void
  /** The view is another one. */
  readonly changed: () => void
  readonly log: Log
}

/** Calls for a person, the unlocked role, and what is done in it. */
export interface Assistance {
  view(): AssistanceView
  ask(page: PageOf, open: boolean): void
  byPin(page: PageOf, id: string, pin: string): Promise<UnlockAnswer>
  /** Whether somebody is to lay a card that unlocks: then no card goes to the visit. */
  takesCards(): boolean
  byCard(number: string): void
  isUnlockedOn(page: PageOf): boolean
  /** False for the one touch that is the citizen's alone, while an assistant is there. */
  mayAct(commandId: string, action: CitizenAction): boolean
  /** A touch of the page is about to be done: noted while its visit is still there. */
  acting(action: CitizenAction): void
  use(page: PageOf, tool: AssistTool): Promise<AssistAnswer>
  lookedAtFace(page: PageOf): void
  /** What was said, in words for the entry on the screen; `signal`: the page wants it no more. */
  dictate(page: PageOf, pcm16: Uint8Array, signal: AbortSignal): Promise<Dictated>
  /** The visit stands elsewhere; call it before the view is shown. */
  looked(): void
  gone(page: PageOf): void
  removed(id: string): void
  close(): void
}

/** Touches that were refused: one that is sent again must not count once the role has ended. */
const MAX_REFUSED = 64

/** Steps an assistant into the citizen's own screen and out of it. The page decides nothing. */
export function createAssistance(deps: AssistanceDeps): Assistance {
  const { book, lock, calls, session, now, log } = deps
  let role: Role = { state: 'locked' }
  let visiting = false
  let cancelTimer = () => {}
  let closed = false
  /** What has been noted of this helper, so that the journal has each kind of step once a filing. */
  let noted = new Set<string>()
  const refused = new Set<string>()

  /** Of the visit that is or was here a moment ago. */
  let visitRef: string | null = null
  const works = () => role.state === 'unlocked' && role.working !== null
  const tools = () => toolsAt(session().state(), deps.around(), works())
  /** Also where the timer that ends it is late. */
  const isUnlockedOn = (page: PageOf) =>
    role.state === 'unlocked' && role.page === page && !hasFallen(role, now())
  const clientRef = () => session().state().visit.clientRef ?? visitRef

  /** Best effort: a disk that is full must not keep a citizen from being helped. */
  function note(by: Assistant, reason: string): void {
    try {
      book.note({ actor: `assistant:${by.id}`, reason, clientRef: clientRef(), atMs: now() })
    } catch (cause) {
      const code = storeFault(cause)?.code
      if (code === undefined || code === 'dead') throw cause
      log('help-not-journalled', { code, reason })
    }
  }

  function noteStep(step: HelpStep): void {
    if (role.state !== 'unlocked') return
    const key = `${clientRef() ?? ''} ${step}`
    if (noted.has(key)) return
    noted.add(key)
    note(role.by, `helped:${step}`)
  }

  function end(why: Ending): void {
    if (role.state === 'unlocked') note(role.by, why)
    role = { state: 'locked' }
    noted = new Set()
    deps.dictation?.stop()
  }

  function touch(): void {
    if (role.state !== 'unlocked') return
    role = { ...role, touchedAtMs: now() }
    // Somebody is here: the visit must not be erased from under them.
    session().act(randomUUID(), { type: 'stay' })
  }

  function schedule(): void {
    cancelTimer()
    const due = nextDeadline(role, calls.open(), lock.door, now())
    if (due === null || closed) return
    // A clock that jumped must not put the next look beyond one minute.
    const delay = Math.min(Math.max(due - now(), 0), STAFF_LIMITS.ROLE_MS)
    cancelTimer = deps.after(delay, () => {
      tick()
      changed()
    })
  }

  function tick(): void {
    if (hasFallen(role, now())) end('role-fell-back')
  }

  function changed(): void {
    schedule()
    if (!closed) deps.changed()
  }

  /** What a try came to, on the screen that asked. */
  function settle(page: PageOf, tried: Tried, how: 'pin' | 'card'): UnlockAnswer['outcome'] {
    // Another page may have asked while the PIN was looked at.
    if (role.state !== 'asking' || role.page !== page) return 'ignored'
    if (tried === 'shut') return 'shut'
    if (tried === 'wrong') {
      role = { ...role, sinceMs: now(), refused: how }
      return 'wrong'
    }
    role = { state: 'unlocked', page, by: tried, touchedAtMs: now(), working: null }
    note(tried, 'stepped-in')
    // The screen that covered the citizen's own goes.
    session().act(randomUUID(), { type: 'end-help' })
    return 'unlocked'
  }

  function fault(cause: unknown): 'unavailable' {
    const code = storeFault(cause)?.code
    if (code === undefined || code === 'dead') throw cause
    log('unlock-not-counted', { code })
    return 'unavailable'
  }

  return {
    view() {
      const call = calls.open()
      return {
        call: call === null ? 'none' : isLong(call, now()) ? 'long' : 'waiting',
        role: roleView(role, lock.door, tools, now()),
      }
    },
    ask(page, open) {
      if (open) {
        end('another-asked')
        role = { state: 'asking', page, sinceMs: now(), refused: null }
      } else if (role.state === 'asking') role = { state: 'locked' }
      changed()
    },
    async byPin(page, id, pin) {
      if (role.state !== 'asking' || role.page !== page) return { outcome: 'ignored' }
      try {
        const tried = await lock.byPin(id, pin)
        const outcome = settle(page, tried, 'pin')
        changed()
        return { outcome }
      } catch (cause) {
        return { outcome: fault(cause) }
      }
    },
    takesCards: () => role.state === 'asking',
    byCard(number) {
      if (role.state !== 'asking') return
      const { page } = role
      try {
        settle(page, lock.byCard(number), 'card')
        changed()
      } catch (cause) {
        fault(cause)
      }
    },
    isUnlockedOn,
    mayAct(commandId, action) {
      if (refused.has(commandId)) return false
      if (role.state !== 'unlocked' || !isCitizensAlone(action)) return true
      refused.add(commandId)
      const [oldest] = refused
      if (refused.size > MAX_REFUSED && oldest !== undefined) refused.delete(oldest)
      return false
    },
    acting(action) {
      if (role.state !== 'unlocked') return
      const step = stepOf(action)
      if (step !== null) noteStep(step)
      role = afterPageTouch(role, now())
    },
    async use(page, tool) {
      if (!isUnlockedOn(page)) return { outcome: 'ignored' }
      touch()
      const answer = await run(tool)
      changed()
      return answer
    },
    lookedAtFace(page) {
      if (!isUnlockedOn(page)) return
      touch()
      noteStep('looked-at-face')
      changed()
    },
    async dictate(page, pcm16, signal) {
      const here = isUnlockedOn(page) && tools().includes('dictate')
      if (!here || deps.dictation === null) return { ok: false, why: 'not-here' }
      touch()
      changed()
      const heard = await deps.dictation.hear(pcm16, signal)
      if (!heard.ok) return { ok: false, why: heard.error }
      noteStep('dictated')
      return { ok: true, text: heard.value }
    },
    looked() {
      const state = session().state()
      const call = calls.open()
      if (state.helpOpen && call === null) {
        calls.call({ screen: state.visitState, sinceMs: state.touchedAtMs })
        log('help-called', { screen: state.visitState })
      }
      if (!state.helpOpen && call !== null) {
        calls.end(role.state === 'unlocked' ? role.by.id : null)
      }
      visitRef = clientRef()
      const left = visiting && state.visitState === 'attract'
      visiting = state.visitState !== 'attract'
      if (left) end('visit-ended')
      if (!visiting) visitRef = null
      // Nobody is at the screen for unlocking any more.
      if (role.state === 'asking' && !state.helpOpen) role = { state: 'locked' }
      if (role.state === 'unlocked' && role.working !== null) {
        if (role.working.screen !== screenOf(state)) {
          role = { ...role, working: null }
          deps.dictation?.stop()
        }
      }
      schedule()
    },
    gone(page) {
      if (role.state === 'locked' || role.page !== page) return
      end('page-gone')
      changed()
    },
    removed(id) {
      if (role.state !== 'unlocked' || role.by.id !== id) return
      end('removed')
      changed()
    },
    close() {
      closed = true
      cancelTimer()
      deps.dictation?.stop()
    },
  }

  async function run(tool: AssistTool): Promise<AssistAnswer> {
    const state = session().state()
    const done = (isDone: boolean): AssistAnswer => ({ outcome: isDone ? 'done' : 'ignored' })
    const offered: readonly string[] = tools()
    if (role.state !== 'unlocked') return done(false)
    switch (tool) {
      case 'stay':
        return done(true)
      case 'step-out':
        end('stepped-out')
        return done(true)
      case 'work':
        if (!offered.includes(tool)) return done(false)
        role = { ...role, working: { screen: screenOf(state), sinceMs: now() } }
        return done(true)
      case 'choose-other': {
        const moved = offered.includes(tool) && session().chooseOther()
        if (moved) noteStep('chose')
        return done(moved)
      }
      case 'to-counter': {
        if (!offered.includes(tool)) return done(false)
        noteStep('moved-to-counter')
        return deps.moveToCounter(state)
      }
      case 'reprint': {
        const printed = session().act(randomUUID(), { type: 'reprint' }) === 'done'
        if (printed) noteStep('printed')
        return done(printed)
      }
      case 'retry':
        noteStep('retried-device')
        return { outcome: 'retried', good: await deps.retryDevice() }
      case 'finish': {
        if (!offered.includes(tool)) return done(false)
        noteStep('ended')
        return done(session().act(randomUUID(), { type: 'finish' }) === 'done')
      }
      default:
        return unreachable(tool)
    }
  }
}

/** What a citizen sees as one screen. */
function screenOf({ visitState, visit }: SessionState): string {
  return [visitState, visit.at, visit.paperAt, visit.cardPart].join(' ')
}
