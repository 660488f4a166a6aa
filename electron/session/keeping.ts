import type { CitizenAction } from '../../shared/contract/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { draftToKeep, offerOf, type KeptDraftsPort } from './kept-draft.ts'
import type { KeptOffer } from './kept-offer.ts'
import { createOffer, type Forms } from './offer.ts'
import type { Visit } from './visit.ts'

/** What the session has done with drafts that outlive a visit, when its touches call for it. */
export function createKeeping(kept: KeptDraftsPort, forms: Forms, now: () => number) {
  const { of } = createOffer(forms)
  return {
    /** What was kept for the card that is confirmed now; asked for once in a visit. */
    offer({ card, resumed, answers }: Visit): KeptOffer | null {
      if (card === null || resumed || Object.keys(answers).length > 0) return null
      const offer = offerOf(kept.find(card.number), forms.offered, localDate(now()))
      if (offer?.state === 'gone' && offer.why === 'form-changed') {
        kept.erase(card.number, 'form-changed')
      }
      return offer
    },
    /** Keeps what was entered; false where that could not be done. */
    keep(visit: Visit): boolean {
      const procedure = of(visit)
      if (procedure === undefined || visit.card === null) return false
      return kept.keep(visit.card.number, draftToKeep(procedure, visit))
    },
    /** A touch of the citizen was taken; `visit` is what it was before. */
    after({ type }: CitizenAction, visit: Visit, hasEnded: boolean): void {
      if (visit.card === null) return
      const { number } = visit.card
      if (type === 'begin-anew' && visit.kept?.state === 'offered') {
        kept.erase(number, 'begun-anew')
      }
      if (type === 'resume-draft') kept.resumed()
      if (type === 'finish' && hasEnded && visit.resumed && visit.filed === null)
        kept.erase(number, 'left')
    },
    filed({ card, resumed }: Visit): void {
      if (card !== null && resumed) kept.erase(card.number, 'filed')
    },
  }
}
