import type {
  ComponentView,
  FeeView,
  LimitView,
  ProcedureBrief,
  QuestionView,
  ReviewRow,
  SessionView,
} from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { isPersonalNumber, maskNumber } from '../../shared/domain/personal-number.ts'
import {
  boxes,
  components,
  procedurePhrase,
  progress,
  resolveValues,
  type Box,
  type Field,
  type Procedure,
} from '../../shared/forms/index.ts'
import { cardPartInputs } from './card-parts.ts'
import { paperOf, papersDue, takesPage } from './paper-road.ts'
import { asked } from './road.ts'
import type { SessionState } from './service.ts'

/** Groups of procedures, as tiles; names are keys of the page's messages. */
const GROUPS = [
  { id: 'civil-status', drawing: 'cradle' },
  { id: 'residence', drawing: 'house' },
  { id: 'social-support', drawing: 'bowl' },
  { id: 'certification', drawing: 'stamp' },
] as const

const GROUP_NAMES: Record<Procedure['group'], string> = {
  'civil-status': 'Khai sinh, kết hôn, khai tử',
  residence: 'Nơi ở, tạm trú, thường trú',
  'social-support': 'Trợ cấp, hỗ trợ',
  certification: 'Chứng thực bản sao',
}

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
  procedures: ReadonlyMap<string, Procedure>,
  doors: PaperDoors,
): SessionView {
  if (state.helpOpen) return { screen: 'help' }
  const { visit } = state
  const procedure = procedures.get(visit.procedure ?? '')
  switch (state.visitState) {
    case 'attract':
      return { screen: 'attract' }
    case 'identify':
      return { screen: 'identify', problem: visit.scanProblem }
    case 'look-up':
      if (!state.filing) break
      return { screen: 'look-up', filing: state.filing }
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
    case 'choose':
      return {
        screen: 'choose',
        groups: GROUPS.map(({ id, drawing }) => ({
          id,
          drawing,
          name: { key: `group.${id}`, text: GROUP_NAMES[id] },
          procedures: [...procedures.values()].filter((one) => one.group === id).map(brief),
        })).filter((group) => group.procedures.length > 0),
      }
    case 'prepare': {
      if (!procedure) break
      const values = resolveValues(procedure, visit.card, visit.answers)
      return {
        screen: 'prepare',
        procedure: brief(procedure),
        limit: limitView(procedure),
        fee: feeView(procedure),
        result: procedurePhrase(procedure.code, 'result', procedure.result),
        components: components(procedure, values).map((component) =>
          componentView(procedure, component),
        ),
        ...progress(procedure, visit.card, visit.answers),
        endsAtCounter: procedure.ends === 'counter',
      }
    }
    case 'answer': {
      if (!procedure) break
      const all = asked(procedure, visit)
      const index = all.findIndex((field) => field.key === visit.at)
      const field = all[index]
      if (!field) break
      return {
        screen: 'answer',
        procedure: brief(procedure),
        question: questionView(procedure, field),
        index: index + 1,
        // What is still hidden behind an open choice counts as it will mostly turn out, so that the
        // promise does not shrink and grow on the way.
        count: Math.max(index + 1, progress(procedure, visit.card, visit.answers).asked),
        value: visit.refused ? visit.refused.value : (visit.answers[field.key] ?? null),
        problem: visit.refused?.problem ?? null,
        changing: visit.changing,
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
        upload: takesPage(visit, paperAt) ? doors.upload(clientRef, paperAt) : null,
        changing: visit.changing,
      }
    }
    case 'review': {
      if (!procedure) break
      const rows = boxes(procedure, visit.card, visit.answers)
      return {
        screen: 'review',
        procedure: brief(procedure),
        known: rows
          .filter((box) => !box.asked && box.value !== null)
          .map((box) => row(procedure, box)),
        answers: rows.filter((box) => box.asked).map((box) => row(procedure, box)),
        papers: papersDue(procedure, visit).map((component) => ({
          component: component.code,
          name: componentView(procedure, component).name,
          drawing: component.drawing ?? 'other',
          pages: paperOf(visit, component.code).pages.length,
        })),
      }
    }
    case 'declare':
      if (!procedure) break
      return {
        screen: 'declare',
        procedure: brief(procedure),
        statement: procedurePhrase(procedure.code, 'declaration', procedure.form.declaration),
        fee: feeView(procedure),
        notKept: visit.notKept,
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
        ticket: visit.filed.ticket,
        paper: visit.filed.paper,
        receipt: visit.filed.receipt,
        next: procedurePhrase(procedure.code, 'next', procedure.next),
      }
  }
  throw new Error(`a session in ${state.visitState} without what that screen shows`)
}

function brief(procedure: Procedure): ProcedureBrief {
  return {
    code: procedure.code,
    name: procedurePhrase(procedure.code, 'short-name', procedure.shortName),
    drawing: procedure.drawing,
    fileable: true,
  }
}

function componentView(
  { code }: Procedure,
  component: Procedure['components'][number],
): ComponentView {
  return {
    code: component.code,
    name: procedurePhrase(code, `component.${component.code}`, component.name),
    when: component.when
      ? procedurePhrase(code, `component-when.${component.code}`, component.when)
      : null,
    handling: component.handling,
    drawing: component.drawing ?? 'other',
  }
}

function limitView({ limit }: Procedure): LimitView {
  switch (limit.unit) {
    case 'WORKING_DAY':
    case 'DAY':
      return { unit: limit.unit, value: limit.value }
    case 'IN_DAY':
      return { unit: 'IN_DAY', cutoff: limit.cutoff ?? null }
    case 'UNKNOWN':
      return { unit: 'UNKNOWN' }
  }
}

function feeView({ code, fee }: Procedure): FeeView {
  switch (fee.kind) {
    case 'fixed':
      return { kind: 'fixed', amount: fee.amount, per: procedurePhrase(code, 'fee.per', fee.per) }
    case 'free':
    case 'local':
    case 'unknown':
      return { kind: fee.kind }
  }
}

function questionView(procedure: Procedure, field: Field): QuestionView {
  const { key } = field
  const phrase = (path: 'question' | 'hint' | 'unit', text: string): Phrase =>
    procedurePhrase(procedure.code, `${path}.${key}`, text)
  return {
    key,
    title: phrase('question', field.question ?? field.label),
    hint: field.hint ? phrase('hint', field.hint) : null,
    drawing: field.drawing ?? procedure.drawing,
    required: field.required,
    input: inputView(procedure, field),
  }
}

function inputView(procedure: Procedure, { key, input }: Field): QuestionView['input'] {
  const { code } = procedure
  switch (input.kind) {
    case 'choice':
      return {
        kind: 'choice',
        choices: input.choices.map((choice) => ({
          value: choice.value,
          label: procedurePhrase(code, `choice.${key}.${choice.value}`, choice.label),
          help: choice.help
            ? procedurePhrase(code, `choice-help.${key}.${choice.value}`, choice.help)
            : null,
          drawing: choice.drawing ?? null,
        })),
      }
    case 'number':
      return {
        kind: 'number',
        min: input.min,
        max: input.max,
        unit: input.unit ? procedurePhrase(code, `unit.${key}`, input.unit) : null,
      }
    case 'date':
      return { kind: 'date', partial: input.partial }
    case 'name':
    case 'text':
      return { kind: input.kind, maxLength: input.maxLength }
    case 'phone':
    case 'personal-number':
      return { kind: input.kind }
  }
}

function row({ code }: Procedure, { field, value, asked }: Box): ReviewRow {
  const choice =
    field.input.kind === 'choice'
      ? field.input.choices.find((candidate) => candidate.value === value)
      : undefined
  return {
    key: field.key,
    label: procedurePhrase(code, `label.${field.key}`, field.label),
    value: choice
      ? procedurePhrase(code, `choice.${field.key}.${choice.value}`, choice.label)
      : !asked && typeof value === 'string' && isPersonalNumber(value)
        ? maskNumber(value)
        : value,
  }
}
