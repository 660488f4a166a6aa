import { z } from 'zod'
import { phraseSchema } from '../domain/phrase.ts'
import { chipVerdictSchema, fullDateSchema, partialDateSchema } from '../domain/id-card.ts'
import { answerProblemSchema, answerValueSchema } from '../forms/definition.ts'
import {
  cardReaderStateSchema,
  documentScannerStateSchema,
  pagePrinterStateSchema,
  printerStateSchema,
  readerBridgeStateSchema,
  scannerStateSchema,
} from './devices.ts'

/**
 * What the page shows. The core computes it; the page draws it and holds no truth of its own.
 * Sent as a snapshot and then as numbered changes of one topic each (`contract.ts`).
 */

/** Why a scan was not taken. The last two are codes of this kiosk or the portal. */
export const scanProblemSchema = z.enum([
  'garbled',
  'unknown',
  'vietqr',
  'health-insurance',
  'ticket',
  'dossier-code',
])
export type ScanProblem = z.infer<typeof scanProblemSchema>

/**
 * Scanners that only the page can serve: one that types as a keyboard does, and the document
 * camera.
 */
export const pageScannerSchema = z.enum(['wedge', 'camera'])
export type PageScanner = z.infer<typeof pageScannerSchema>

/** One code that the page read. */
export const pageScanSchema = z.strictObject({
  source: pageScannerSchema,
  text: z.string().min(1).max(4096),
})
export type PageScan = z.infer<typeof pageScanSchema>

/** The card as the citizen sees it. The number is masked: people stand behind. */
export const cardViewSchema = z.strictObject({
  name: z.string(),
  maskedNumber: z.string(),
  birth: partialDateSchema,
  sex: z.enum(['male', 'female']),
  address: z.string(),
  issued: fullDateSchema,
  /** Parts that the citizen wrote, because the reader could not read them. */
  byHand: z.array(z.enum(['name', 'address'])),
})
export type CardView = z.infer<typeof cardViewSchema>

/**
 * What the chip of the scanned card has said. It is never asked for: who lays no card on the reader,
 * or takes it away, goes on without.
 */
export const chipViewSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('reading') }),
  /** It is of the same person; `gave` are the parts that the scanner could not read. */
  z.strictObject({
    state: z.literal('read'),
    verdict: chipVerdictSchema,
    gave: z.array(z.enum(['name', 'address'])),
  }),
  /** It opened, and says another person than the code that was scanned. */
  z.strictObject({ state: z.literal('differs') }),
  z.strictObject({
    state: z.literal('not-read'),
    /** `other-card`: it does not open with what the code says. `unreadable`: it gave no answer. */
    why: z.enum(['removed', 'other-card', 'no-id-card', 'unreadable']),
  }),
])
export type ChipView = z.infer<typeof chipViewSchema>

const choiceViewSchema = z.strictObject({
  value: z.string(),
  label: phraseSchema,
  help: phraseSchema.nullable(),
  drawing: z.string().nullable(),
})

export const questionInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choices: z.array(choiceViewSchema) }),
  z.strictObject({ kind: z.enum(['name', 'text']), maxLength: z.number() }),
  z.strictObject({ kind: z.literal('phone') }),
  z.strictObject({ kind: z.literal('personal-number') }),
  z.strictObject({
    kind: z.literal('number'),
    min: z.number(),
    max: z.number(),
    unit: phraseSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal('date'), partial: z.boolean() }),
])
export type QuestionInput = z.infer<typeof questionInputSchema>

export const questionViewSchema = z.strictObject({
  key: z.string(),
  title: phraseSchema,
  hint: phraseSchema.nullable(),
  drawing: z.string(),
  required: z.boolean(),
  input: questionInputSchema,
})
export type QuestionView = z.infer<typeof questionViewSchema>

const procedureBriefSchema = z.strictObject({
  code: z.string(),
  name: phraseSchema,
  drawing: z.string(),
  /** False for a procedure of the national catalogue that this kiosk cannot file. */
  fileable: z.boolean(),
})
export type ProcedureBrief = z.infer<typeof procedureBriefSchema>

const componentViewSchema = z.strictObject({
  code: z.string(),
  name: phraseSchema,
  when: phraseSchema.nullable(),
  handling: z.enum(['show', 'hand-in', 'scan']),
  drawing: z.string(),
})
export type ComponentView = z.infer<typeof componentViewSchema>

export const limitViewSchema = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('WORKING_DAY'), value: z.number() }),
  z.strictObject({ unit: z.literal('DAY'), value: z.number() }),
  z.strictObject({ unit: z.literal('IN_DAY'), cutoff: z.string().nullable() }),
  z.strictObject({ unit: z.literal('UNKNOWN') }),
])
export type LimitView = z.infer<typeof limitViewSchema>

export const feeViewSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('fixed'), amount: z.number(), per: phraseSchema }),
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({ kind: z.literal('unknown') }),
])
export type FeeView = z.infer<typeof feeViewSchema>

const reviewRowSchema = z.strictObject({
  key: z.string(),
  label: phraseSchema,
  /** Null where an optional question was left empty. For a choice: the choice's words. */
  value: z.union([answerValueSchema, phraseSchema]).nullable(),
})
export type ReviewRow = z.infer<typeof reviewRowSchema>

/** A captured page. `url` gives its picture once; the next one stands in the next view. */
const pageViewSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  /** Quarter turns, clockwise. */
  turns: z.number(),
})
export type PageView = z.infer<typeof pageViewSchema>

const reviewPaperSchema = z.strictObject({
  component: z.string(),
  name: phraseSchema,
  drawing: z.string(),
  /** Captured pages; 0 where the paper goes to the counter. */
  pages: z.number(),
})

/** What is known of the papers that this session prints. */
export const paperOutSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('waiting') }),
  z.strictObject({ state: z.literal('printing') }),
  /** The printer said so after the cut. */
  z.strictObject({ state: z.literal('printed') }),
  /** Sent, but the printer answers no status query. */
  z.strictObject({ state: z.literal('unconfirmed') }),
  z.strictObject({ state: z.literal('failed'), printer: printerStateSchema }),
])
export type PaperOut = z.infer<typeof paperOutSchema>

/** What is known of the official receipt, which a page printer gives once the portal has accepted. */
export const receiptOutSchema = z.discriminatedUnion('state', [
  /** Not accepted yet, or this kiosk has no page printer: an officer gives it. */
  z.strictObject({ state: z.literal('none') }),
  z.strictObject({ state: z.literal('printing') }),
  z.strictObject({ state: z.literal('printed') }),
  /** Sent, but nobody knows what became of it. */
  z.strictObject({ state: z.literal('unconfirmed') }),
  /** None came and none will come by itself; an officer prints it from the dossier. */
  z.strictObject({ state: z.literal('failed'), printer: pagePrinterStateSchema }),
])
export type ReceiptOut = z.infer<typeof receiptOutSchema>

/**
 * What became of a filing whose slip is held under the scanner. It tells what the slip itself
 * tells, and nothing of the person. `reference` is eight characters, unspaced; `counter` is where
 * to ask, null where the kiosk does not know.
 */
export const filingStatusSchema = z.discriminatedUnion('state', [
  /** Kept here; the portal has not accepted it yet. */
  z.strictObject({
    state: z.literal('waiting'),
    reference: z.string(),
    counter: z.string().nullable(),
  }),
  z.strictObject({
    state: z.literal('sent'),
    reference: z.string(),
    counter: z.string().nullable(),
    dossierCode: z.string(),
    /** The day on the portal's receipt. */
    acceptedOn: fullDateSchema,
  }),
  z.strictObject({
    state: z.literal('needs-officer'),
    reference: z.string(),
    counter: z.string().nullable(),
  }),
  /** Printed by another kiosk, or so long ago that this one has forgotten it. */
  z.strictObject({ state: z.literal('unknown') }),
])
export type FilingStatus = z.infer<typeof filingStatusSchema>

/** The citizen's session: one member is one screen. */
export const sessionViewSchema = z.discriminatedUnion('screen', [
  z.strictObject({ screen: z.literal('attract') }),
  z.strictObject({ screen: z.literal('identify'), problem: scanProblemSchema.nullable() }),
  /** A slip was scanned. Follows the filing for as long as it is shown. */
  z.strictObject({ screen: z.literal('look-up'), filing: filingStatusSchema }),
  /** The reader lost letters of this part: the citizen writes it. */
  z.strictObject({
    screen: z.literal('card-part'),
    part: z.enum(['name', 'address']),
    /** What came through; it may be empty. */
    read: z.string(),
    /** Whether `read` looks whole, so that it need only be looked at. */
    whole: z.boolean(),
    maxLength: z.number(),
    problem: answerProblemSchema.nullable(),
    chip: chipViewSchema,
  }),
  z.strictObject({ screen: z.literal('confirm'), card: cardViewSchema, chip: chipViewSchema }),
  z.strictObject({
    screen: z.literal('choose'),
    groups: z.array(
      z.strictObject({
        id: z.string(),
        name: phraseSchema,
        drawing: z.string(),
        procedures: z.array(procedureBriefSchema),
      }),
    ),
  }),
  z.strictObject({
    screen: z.literal('prepare'),
    procedure: procedureBriefSchema,
    limit: limitViewSchema,
    fee: feeViewSchema,
    result: phraseSchema,
    components: z.array(componentViewSchema),
    /** Boxes of the official form that are already filled, of all boxes that apply. */
    known: z.number(),
    total: z.number(),
    /** Questions that remain to be asked. */
    asked: z.number(),
    /** True where the citizen must see an officer after this. */
    endsAtCounter: z.boolean(),
  }),
  z.strictObject({
    screen: z.literal('answer'),
    procedure: procedureBriefSchema,
    question: questionViewSchema,
    /** 1-based place among the questions that are asked now. */
    index: z.number(),
    count: z.number(),
    value: answerValueSchema.nullable(),
    problem: answerProblemSchema.nullable(),
    /** True when the citizen came from the check page and goes back there. */
    changing: z.boolean(),
  }),
  z.strictObject({
    screen: z.literal('papers'),
    procedure: procedureBriefSchema,
    component: componentViewSchema,
    /** 1-based place among the papers that go with the filing. */
    index: z.number(),
    count: z.number(),
    /**
     * Where pages come from: the camera over the tray, a scanner that the core drives, or, in
     * training, sheets that are drawn.
     */
    source: z.enum(['camera', 'scanner', 'sample']),
    pages: z.array(pageViewSchema),
    /** Takes one page, once; the next one stands in the next view. Null when no more pages fit. */
    upload: z.string().nullable(),
    changing: z.boolean(),
  }),
  z.strictObject({
    screen: z.literal('review'),
    procedure: procedureBriefSchema,
    /** From the card: shown, locked. */
    known: z.array(reviewRowSchema),
    /** Answered here: each can be changed. */
    answers: z.array(reviewRowSchema),
    papers: z.array(reviewPaperSchema),
  }),
  z.strictObject({
    screen: z.literal('declare'),
    procedure: procedureBriefSchema,
    statement: phraseSchema,
    fee: feeViewSchema,
    /** True after a try that could not be kept: nothing was promised, and one may try again. */
    notKept: z.boolean(),
  }),
  z.strictObject({ screen: z.literal('submitting') }),
  z.strictObject({
    screen: z.literal('done'),
    procedure: procedureBriefSchema,
    /** Eight characters, read in pairs. */
    reference: z.string(),
    delivery: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('held') }),
      z.strictObject({ state: z.literal('accepted'), dossierCode: z.string() }),
      /** The portal refused the contents; an officer must look. Nothing is lost. */
      z.strictObject({ state: z.literal('needs-officer') }),
    ]),
    ticket: z.strictObject({ number: z.string(), counter: z.string() }),
    paper: paperOutSchema,
    receipt: receiptOutSchema,
    next: phraseSchema,
  }),
  z.strictObject({ screen: z.literal('help') }),
  z.strictObject({
    screen: z.literal('out-of-service'),
    reason: z.enum(['no-profile', 'bad-profile', 'store', 'keys', 'disk', 'core-lost']),
  }),
])
export type SessionView = z.infer<typeof sessionViewSchema>
export type Screen = SessionView['screen']

/** How the page is drawn for this citizen; reset after each session. */
export const displaySchema = z.strictObject({
  text: z.enum(['normal', 'large', 'largest']),
  contrast: z.enum(['normal', 'high']),
  lowered: z.boolean(),
})
export type Display = z.infer<typeof displaySchema>

export const viewSchema = z.strictObject({
  kiosk: z.strictObject({
    id: z.string(),
    commune: z.string(),
    province: z.string(),
    training: z.boolean(),
    /** CSS pixels per millimetre of this panel. */
    pixelsPerMm: z.number(),
    /** yyyy-mm-dd in the kiosk's time zone, for ages. */
    today: z.string(),
    /** Scanners that the page itself must listen to. */
    pageScanners: z.array(pageScannerSchema),
  }),
  session: sessionViewSchema,
  /** `warned`: "are you still there?" lies over the screen; seconds until all is erased. */
  idle: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('active') }),
    z.strictObject({ state: z.literal('warned'), secondsLeft: z.number() }),
  ]),
  display: displaySchema,
  devices: z.strictObject({
    scanner: scannerStateSchema,
    printer: printerStateSchema,
    /** Null where this kiosk has none. */
    readerBridge: readerBridgeStateSchema.nullable(),
    pagePrinter: pagePrinterStateSchema,
    documentScanner: documentScannerStateSchema,
    cardReader: cardReaderStateSchema,
  }),
  delivery: z.strictObject({
    /** Filings that the portal has not accepted yet. */
    waiting: z.number(),
    portal: z.enum(['unknown', 'reachable', 'away']),
  }),
})
export type View = z.infer<typeof viewSchema>
export type Topic = keyof View
