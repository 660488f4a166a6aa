import { z } from 'zod'
import type { FullDate } from '../../shared/domain/id-card.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import {
  checkEntry,
  isCard,
  versionOn,
  type AnswerValue,
  type Procedure,
  type Versions,
} from '../../shared/forms/index.ts'
import { knownIn } from './known.ts'
import { KEPT_VERSION, keptDraftSchema, type KeptDraft, type KeptOffer } from './kept-offer.ts'
import type { Visit } from './visit.ts'

/** What was found for a card. Null: nothing. */
export type KeptFound = Result<
  KeptDraft,
  { readonly code: 'unreadable' } | { readonly code: 'other-version' }
> | null

/** Drafts that were kept with consent, each found by the number of its card alone. */
export interface KeptDraftsPort {
  /** False where the disk could not take it: then nothing may be promised. */
  keep(number: string, draft: KeptDraft): boolean
  /** What cannot be read is erased at once. */
  find(number: string): KeptFound
  /** For the journal. */
  resumed(): void
  /** `left`: the citizen who had gone on with it wants all erased after all. */
  erase(number: string, why: 'filed' | 'begun-anew' | 'left' | 'form-changed'): void
}

export function encodeKeptDraft(draft: KeptDraft): Uint8Array {
  return Buffer.from(JSON.stringify(draft), 'utf8')
}

export function decodeKeptDraft(bytes: Uint8Array): NonNullable<KeptFound> {
  try {
    const json: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'))
    const version = z.looseObject({ version: z.number() }).safeParse(json)
    if (version.success && version.data.version !== KEPT_VERSION)
      return err({ code: 'other-version' })
    const draft = keptDraftSchema.safeParse(json)
    return draft.success ? ok(draft.data) : err({ code: 'unreadable' })
  } catch {
    return err({ code: 'unreadable' })
  }
}

/** Whether there is anything to keep: answers of the citizen's own, and a card to find them by. */
export function isWorthKeeping({ card, answers, filed }: Visit): boolean {
  return card !== null && filed === null && Object.keys(answers).length > 0
}

export function draftToKeep({ code, form }: Procedure, visit: Visit): KeptDraft {
  return {
    version: KEPT_VERSION,
    procedure: code,
    edition: form.version,
    earlier: withoutCards(visit.earlier),
    answers: withoutCards(visit.answers),
    skipped: visit.skipped,
  }
}

function withoutCards(answers: Visit['answers']): Visit['answers'] {
  const isOthers = (value: AnswerValue) => typeof value === 'object' && isCard(value)
  return Object.fromEntries(Object.entries(answers).filter(([, value]) => !isOthers(value)))
}

/** What to say of a draft that was found; null where there is none. */
export function offerOf(found: KeptFound, offered: Versions, day: FullDate): KeptOffer | null {
  if (found === null) return null
  if (!found.ok) return { state: 'gone', why: 'unreadable' }
  return versionFor(found.value, offered, day) === undefined
    ? { state: 'gone', why: 'form-changed' }
    : { state: 'offered', draft: found.value }
}

/** The form with which a kept draft goes on this day: the one that was answered, where it holds. */
export function versionFor(
  { procedure, edition }: KeptDraft,
  offered: Versions,
  day: FullDate,
): Procedure | undefined {
  const version = versionOn(offered, procedure, day)
  return version?.form.version === edition ? version : undefined
}

/**
 * Puts the kept answers into the visit. The rules about ages and dates look at today, so an answer
 * that was right yesterday may have to be given again.
 */
export function resumeDraft(procedure: Procedure, visit: Visit, nowMs: number): Visit {
  if (visit.kept?.state !== 'offered') return visit
  const { earlier, answers, skipped } = visit.kept.draft
  const begun: Visit = {
    ...visit,
    kept: null,
    resumed: true,
    wanted: null,
    procedure: procedure.code,
    day: localDate(nowMs),
    earlier,
    answers,
    skipped,
  }
  const stillRight = procedure.form.fields.filter((field) => {
    const value = answers[field.key]
    return value !== undefined && checkEntry(procedure, knownIn(begun), answers, field, value).ok
  })
  const keys = new Set(stillRight.map(({ key }) => key))
  const right = Object.entries(answers).filter(([key]) => keys.has(key))
  return { ...begun, answers: Object.fromEntries(right) }
}
