import type { Block, Document, TextSize, TextWeight } from './document.ts'
import { clockWords, dayWords } from './local-words.ts'
import { printMessages } from './messages.ts'

/** What somebody takes home to prepare: what a procedure needs, costs and takes. */
export type ProcedureSheetInput = {
  readonly commune: string
  readonly province: string
  readonly procedureCode: string
  readonly procedureName: string
  readonly components: readonly string[]
  /** In words, such as "8.000 đồng mỗi trang". */
  readonly fee: string
  readonly limit: string
  readonly result: string
  /** Where to go, such as "Quầy 2". */
  readonly place: string
}

/** What a technician's test page says. */
export type TestPageInput = {
  readonly kioskId: string
  readonly commune: string
  readonly province: string
  readonly atMs: number
}

const gap = (mm: number): Block => ({ kind: 'gap', mm })
const thin: Block = { kind: 'rule', weight: 'thin' }
const text = (words: string, size: TextSize, weight: TextWeight = 'regular'): Block => ({
  kind: 'text',
  text: words,
  size,
  weight,
})

/** QR text of a procedure's sheet: its national code. */
export const procedurePayload = (code: string) => `MCK:P:${code}`

export function procedureSheetDocument(input: ProcedureSheetInput): Document {
  const words = printMessages.procedureSheet
  return [
    text(input.commune, 'lead', 'semibold'),
    text(input.province, 'small'),
    gap(2),
    { kind: 'rule', weight: 'thick' },
    gap(3),
    text(words.title, 'lead'),
    text(input.procedureName, 'title', 'bold'),
    gap(3),
    text(words.bring, 'lead', 'semibold'),
    ...(input.components.length === 0 ? [words.bringNothing] : input.components).map(
      (component, index): Block => ({ kind: 'step', mark: `${index + 1}.`, text: component }),
    ),
    gap(2),
    thin,
    gap(2),
    { kind: 'pair', label: words.fee, value: input.fee },
    { kind: 'pair', label: words.limit, value: input.limit },
    { kind: 'pair', label: words.result, value: input.result },
    { kind: 'pair', label: words.place, value: input.place },
    gap(2),
    thin,
    gap(2),
    text(words.note, 'small'),
    gap(2),
    {
      kind: 'qr',
      payload: procedurePayload(input.procedureCode),
      caption: [words.scan, words.code(input.procedureCode)],
    },
  ]
}

const LETTERS =
  'aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz'

/** QR text of a test page: kiosk and moment. */
export const testPagePayload = ({ kioskId, atMs }: TestPageInput) =>
  `MCK:TEST:${kioskId}:${new Date(atMs).toISOString()}`

/** Every Vietnamese letter, a code, a ruler, and who printed it when. Nobody's data. */
export function testPageDocument(input: TestPageInput): Document {
  const words = printMessages.testPage
  const inWords = LETTERS.replaceAll(/(.{12})/gu, '$1 ')
  return [
    text(words.title, 'title', 'bold'),
    gap(1),
    { kind: 'pair', label: words.kiosk, value: input.kioskId },
    { kind: 'pair', label: words.place, value: `${input.commune}, ${input.province}` },
    { kind: 'pair', label: words.at, value: `${clockWords(input.atMs)}, ${dayWords(input.atMs)}` },
    gap(2),
    thin,
    gap(2),
    text(inWords, 'body'),
    text(inWords.toLocaleUpperCase('vi'), 'body', 'bold'),
    text('0123456789 ₫ % & / ( ) – “ ”', 'body'),
    gap(2),
    text(words.ruler, 'small'),
    gap(1),
    { kind: 'ruler', mm: 40 },
    gap(2),
    { kind: 'qr', payload: testPagePayload(input), caption: [words.scan, words.cut] },
  ]
}
