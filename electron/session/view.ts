import type { DueView, SessionView, StopTicketView } from '../../shared/contract/index.ts'
import { maskNumber } from '../../shared/domain/personal-number.ts'
import {
  components,
  isCard,
  limitFor,
  procedurePhrase,
  progress,
  resolveValues,
  versionOn,
  type Procedure,
} from '../../shared/forms/index.ts'
import { limitView } from '../filing/index.ts'
import { triesLeft } from './access-number.ts'
import { cardPartInputs } from './card-parts.ts'
import { withNews } from './filing-status.ts'
import { filingsOf, mayFileAnother } from './filings-made.ts'
import { versionFor } from './kept-draft.ts'
import { knownIn } from './known.ts'
import { createOffer, type Forms } from './offer.ts'
import { paperOf, papersDue, takesPage } from './paper-road.ts'
import { brief, componentView, feeView, groupsOn } from './procedure-view.ts'
import { questionView } from './question-view.ts'
import { reviewView } from './review-view.ts'
import { asked, openBox } from './road.ts'
import type { SessionState } from './ports.ts'
import { stopOf } from './stop-road.ts'
import { ticketFor, type StopTicket } from './stop-ticket.ts'
import type { Visit } from './visit.ts'

/** Where the page brings captured pages, and gets their pictures; each address works once. */
export interface PaperDoors {
  readonly source: 'camera' | 'scanner' | 'sample'
  /** Null where the core itself scans. */
  upload(clientRef: string, component: string): string | null
  picture(clientRef: string, page: string): string
}

/** What the page shows of a session. */
export function toSessionView(
  state: SessionState,
  forms: Forms,
  doors: PaperDoors,
  due: (visit: Visit, procedure: Procedure) => DueView,
): SessionView {
  if (state.helpOpen) return { screen: 'help' }
  const { visit } = state
  const { of } = createOffer(forms)
  const procedure = of(visit)
  const offered = (code: string | null | undefined) =>
    versionOn(forms.offered, code ?? null, state.today)
  switch (state.visitState) {
    case 'attract':
      return { screen: 'attract', ...(state.cardLeft && { cardLeft: true }) }
    case 'notice':
      return { screen: 'notice', notice: state.notice, cardLies: state.cardLies }
    case 'declined':
      return {
        screen: 'declined',
        groups: groupsOn(forms, state.today).map(({ id, name, drawing }) => ({
          id,
          name,
          drawing,
        })),
        ticket: ticketState(visit.ticket),
      }
    case 'identify': {
      const wanted = offered(visit.wanted)
      return {
        screen: 'identify',
        problem: visit.scanProblem,
        ...(wanted && { wanted: brief(wanted).name }),
      }
    }
    case 'access-number':
      return {
        screen: 'access-number',
        state: visit.access.state,
        triesLeft: triesLeft(visit),
        scanned: visit.card !== null,
      }
    case 'look-up':
      if (!state.filing) break
      return {
        screen: 'look-up',
        filing: withNews(state.filing, visit.news, state.hasPagePrinter ? visit.sheet : null),
      }
    case 'card-part': {
      if (!visit.card || visit.cardPart === null) break
      const written = visit.refused !== null || visit.cardWritten.includes(visit.cardPart)
      const read =
        typeof visit.refused?.value === 'string' ? visit.refused.value : visit.card[visit.cardPart]
      return {
        screen: 'card-part',
        part: visit.cardPart,
        read,
        // The letters that a scanner which types loses first have come through.
        whole: written || /[^\p{ASCII}]/u.test(read),
        maxLength: cardPartInputs[visit.cardPart].maxLength,
        problem: visit.refused?.problem ?? null,
        chip: visit.chip,
      }
    }
    case 'confirm':
      if (!visit.card) break
      return {
        screen: 'confirm',
        card: {
          name: visit.card.name,
          maskedNumber: maskNumber(visit.card.number),
          birth: visit.card.birth,
          sex: visit.card.sex,
          address: visit.card.address,
          issued: visit.card.issued,
          byHand: visit.card.unsure ?? [],
        },
        chip: visit.chip,
      }
    case 'resume': {
      if (visit.kept === null) break
      if (visit.kept.state === 'gone') return { screen: 'resume', kept: visit.kept }
      const form = versionFor(visit.kept.draft, forms.offered, state.today)
      // Its last day may have ended while it was on the screen.
      if (!form) return { screen: 'resume', kept: { state: 'gone', why: 'form-changed' } }
      return { screen: 'resume', kept: { state: 'offered', procedure: brief(form) } }
    }
    case 'leave':
      if (!procedure) break
      return {
        screen: 'leave',
        procedure: brief(procedure),
        notKept: visit.notKept,
      }
    case 'choose':
      return {
        screen: 'choose',
        notHere: visit.scanProblem === 'procedure',
        groups: groupsOn(forms, state.today),
      }
    case 'prepare': {
      if (!procedure) break
      const known = knownIn(visit)
      const values = resolveValues(procedure, known, visit.answers)
      const scope = { values, today: known.today }
      return {
        screen: 'prepare',
        procedure: brief(procedure),
        limit: limitView(limitFor(procedure, scope)),
        fee: feeView(procedure),
        result: procedurePhrase(procedure.code, 'result', procedure.result),
        components: components(procedure, scope).map((component) =>
          componentView(procedure, component),
        ),
        ...progress(procedure, known, visit.answers),
        ends: procedure.ends,
        sheet: state.hasPagePrinter ? visit.sheet : null,
      }
    }
    case 'answer': {
      const box = procedure && visit.at !== null ? openBox(procedure, visit, visit.at) : null
      if (!procedure || !box) break
      const { field } = box
      const index = asked(procedure, visit).findIndex(({ key }) => key === field.key)
      const value = visit.refused ? visit.refused.value : (visit.answers[field.key] ?? box.value)
      return {
        screen: 'answer',
        procedure: brief(procedure),
        question: {
          ...questionView(procedure, visit, field),
          required: field.required || box.changeable,
        },
        index: index + 1,
        // What is still hidden behind an open choice counts as it will mostly turn out, so that the
        // promise does not shrink and grow on the way.
        count: Math.max(index + 1, progress(procedure, knownIn(visit), visit.answers).asked),
        value: value !== null && isCard(value) ? null : value,
        problem: visit.refused?.problem ?? null,
        changing: visit.changing,
      }
    }
    case 'stop': {
      const toThumbPrint = visit.stopped?.why === 'thumb-print'
      const stop = procedure && stopOf(procedure, visit)
      if (!procedure || (!stop && !toThumbPrint)) break
      const instead = stop ? offered(stop.instead) : undefined
      return {
        screen: 'stop',
        procedure: brief(procedure),
        stop: stop
          ? {
              why: 'form',
              title: procedurePhrase(procedure.code, `stop.${stop.key}`, stop.title),
              text: procedurePhrase(procedure.code, `stop-text.${stop.key}`, stop.text),
            }
          : { why: 'thumb-print' },
        instead: instead ? brief(instead) : null,
        ticket: instead || !forms.offered.has(procedure.code) ? null : stopTicket(visit, procedure),
        mendable: toThumbPrint || visit.at !== null,
      }
    }
    case 'papers': {
      const { clientRef, paperAt } = visit
      if (!procedure || clientRef === null || paperAt === null) break
      const due = papersDue(procedure, visit)
      const index = due.findIndex(({ code }) => code === paperAt)
      const component = due[index]
      if (!component) break
      return {
        screen: 'papers',
        procedure: brief(procedure),
        component: componentView(procedure, component),
        index: index + 1,
        count: due.length,
        source: doors.source,
        pages: paperOf(visit, paperAt).pages.map(({ id, turns }) => ({
          id,
          url: doors.picture(clientRef, id),
          turns,
        })),
        full: !takesPage(visit, paperAt),
        upload: takesPage(visit, paperAt) ? doors.upload(clientRef, paperAt) : null,
        changing: visit.changing,
      }
    }
    case 'review':
    case 'declare': {
      if (!procedure) break
      const page = {
        procedure: brief(procedure),
        ...reviewView(procedure, knownIn(visit), visit.answers),
        papers: papersDue(procedure, visit).map((component) => ({
          component: component.code,
          name: componentView(procedure, component).name,
          drawing: component.drawing ?? 'other',
          pages: paperOf(visit, component.code).pages.length,
        })),
        statement: procedurePhrase(procedure.code, 'declaration', procedure.form.declaration),
        fee: feeView(procedure),
      }
      return state.visitState === 'review'
        ? { screen: 'review', ...page }
        : { screen: 'declare', ...page, notKept: visit.notKept }
    }
    case 'submitting':
      return { screen: 'submitting' }
    case 'done':
      if (!procedure || !visit.filed) break
      return {
        screen: 'done',
        procedure: brief(procedure),
        reference: visit.filed.reference,
        delivery: visit.filed.delivery,
        ticket: ticketView(visit.filed.ticket),
        due: due(visit, procedure),
        paper: visit.filed.paper,
        receipt: visit.filed.receipt,
        next: procedurePhrase(procedure.code, 'next', procedure.next),
        ends: procedure.ends,
        after: (procedure.after ?? []).flatMap((code) => {
          const after = offered(code)
          return after ? [brief(after)] : []
        }),
        mayGoOn: mayFileAnother(visit),
        before: filingsOf(visit)
          .slice(1)
          .flatMap((filing) => {
            const made = of(filing)
            if (!made) return []
            const { reference, paper } = filing.filed
            return [{ procedure: brief(made), reference, paper }]
          }),
      }
  }
  throw new Error(`a session in ${state.visitState} without what that screen shows`)
}

type TicketView = Extract<SessionView, { screen: 'done' }>['ticket']

const ticketView = (ticket: TicketView): TicketView =>
  ticket && { number: ticket.number, counter: ticket.counter }

/** At a stop: a number for another counter is none for this one. */
function stopTicket(visit: Visit, { group }: Procedure): StopTicketView {
  const { ticket } = visit
  if (ticket.state === 'issued' && ticketFor(visit, group) === null) return { state: 'offered' }
  return ticketState(ticket)
}

function ticketState(ticket: StopTicket): StopTicketView {
  if (ticket.state !== 'issued') {
    return { state: ticket.state === 'refused' ? 'refused' : 'offered' }
  }
  const { number, counter, paper } = ticket
  return { state: 'issued', number, counter, paper }
}
