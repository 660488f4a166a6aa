import { z } from 'zod'
import { canonicalJson } from '../../shared/domain/canonical-json.ts'
import { isoDate } from '../../shared/domain/local-time.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import {
  buildForm,
  components,
  scopeOf,
  type Answers,
  type BoxProblem,
  type KnownCitizen,
  type Procedure,
} from '../../shared/forms/index.ts'
import type { ConfirmedPaper } from '../outbox/index.ts'
import { filingSchema, type Filing, type IdentifiedBy } from '../portal/index.ts'

/** What a citizen confirmed. */
export interface Confirmed {
  readonly clientRef: string
  readonly procedure: Procedure
  readonly known: KnownCitizen
  readonly identifiedBy: IdentifiedBy
  readonly answers: Answers
  /** The edition of the notice that was agreed to before the card was read. */
  readonly notice?: string
  /** The files of captured papers; `kind` is the component's code. */
  readonly papers: readonly ConfirmedPaper[]
}

/**
 * Answers and card become the filing's exact bytes: canonical JSON, made once and never serialised
 * again. The form is checked here once more, whatever the page let pass. Fields that no portal
 * asks for (the card's extra fields, its warnings) stay behind.
 */
export function buildFiling(
  confirmed: Confirmed,
  kioskId: string,
  nowMs: number,
): Result<{ filing: Filing; bytes: Uint8Array }, readonly BoxProblem[]> {
  const { procedure, known, answers } = confirmed
  const { card } = known
  const form = buildForm(procedure, known, answers)
  if (!form.ok) return err(form.error)
  // With second cards and what the form comes to by itself, neither of which is sent.
  const scope = scopeOf(procedure, known, { ...answers, ...form.value })
  const filing = filingSchema.parse({
    schemaVersion: 1,
    kioskId,
    clientRef: confirmed.clientRef,
    procedureCode: procedure.code,
    formVersion: procedure.form.validFrom,
    begunOn: isoDate(known.today),
    capturedAt: new Date(nowMs).toISOString(),
    ...(confirmed.notice !== undefined && { notice: confirmed.notice }),
    applicant: {
      name: card.name,
      number: card.number,
      birth: card.birth,
      sex: card.sex,
      address: card.address,
      issued: card.issued,
      ...(card.unsure && { byHand: card.unsure }),
      identifiedBy: confirmed.identifiedBy,
    },
    form: form.value,
    components: components(procedure, scope).map(({ code, handling }) => {
      if (handling !== 'scan') return { code, handling }
      const paper = confirmed.papers.find(({ kind }) => kind === code)
      return paper ? { code, handling, attachment: paper.id } : { code, handling: 'hand-in' }
    }),
    ...(confirmed.papers.length > 0 && {
      attachments: confirmed.papers.map(({ id, sha256, size }) => ({ id, sha256, size })),
    }),
  })
  return ok({ filing, bytes: Buffer.from(canonicalJson(z.json().parse(filing)), 'utf8') })
}
