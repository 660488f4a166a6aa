import { z } from 'zod'
import { phraseSchema } from '../domain/phrase.ts'
import {
  chipVerdictSchema,
  fullDateSchema,
  partialDateSchema,
  unsaidPartSchema,
} from '../domain/id-card.ts'
import { enteredValueSchema } from '../forms/answer-value.ts'
import { answerProblemSchema, groupSchema } from '../forms/definition.ts'
import { headsetSchema, languageTagSchema, voiceSettingsSchema } from '../speech/schema.ts'
import { defaultVoice } from '../speech/settings.ts'
import {
  cardReaderStateSchema,
  documentScannerStateSchema,
  pagePrinterStateSchema,
  printerStateSchema,
  readerBridgeStateSchema,
  scannerStateSchema,
} from './devices.ts'
import { keypadSchema } from './keypad.ts'

/**
 * What the page shows. The core computes it; the page draws it and holds no truth of its own.
 * Sent as a snapshot and then as numbered changes of one topic each (`contract.ts`).
 */

/** Why a scan was not taken. The last ones are codes of this kiosk or the portal. */
export const scanProblemSchema = z.enum([
  'garbled',
  'unknown',
  'vietqr',
  'health-insurance',
  'ticket',
  'dossier-code',
  /** The sheet of a procedure that is not filed here. */
  'procedure',
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
    /** Parts that the verdict does not speak of; absent where it speaks of all. */
    unsaid: z.array(unsaidPartSchema).min(1).optional(),
    /** No code was scanned: all that the screen shows is the chip's. */
    alone: z.literal(true).optional(),
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

/**
 * Why the access number of a card did not open its chip. `removed`: no card lies there, or not for
 * long enough. `no-number`: it opens by its printed lines alone. `blocked`: it takes no number any
 * more. `hidden`: it opened, and does not say who its holder is, so that a code must be scanned.
 * `failed`: it opened, and what it says was changed.
 */
export const accessRefusalSchema = z.enum([
  'wrong',
  'removed',
  'no-id-card',
  'no-number',
  'blocked',
  'hidden',
  'failed',
  'unreadable',
])
export type AccessRefusal = z.infer<typeof accessRefusalSchema>

/** `open`: a number may be typed; `reading`: the chip is read with it. */
export const accessStateSchema = z.enum(['open', 'reading', ...accessRefusalSchema.options])
export type AccessState = z.infer<typeof accessStateSchema>

const choiceViewSchema = z.strictObject({
  value: z.string(),
  label: phraseSchema,
  help: phraseSchema.nullable(),
  drawing: z.string().nullable(),
})

/** A second person's card. `name` is null where the reader could not read it for certain. */
const laidCardSchema = z.strictObject({
  name: z.string().nullable(),
  maskedNumber: z.string(),
  birth: partialDateSchema,
})
export type LaidCardView = z.infer<typeof laidCardSchema>

/** One row of a table, as far as it is filled in: its cells' labels and values. */
const tableRowSchema = z.strictObject({
  row: z.number(),
  cells: z.array(z.strictObject({ label: phraseSchema, value: z.string() })),
})
export type TableRow = z.infer<typeof tableRowSchema>

export const questionInputSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('choice'), choices: z.array(choiceViewSchema) }),
  /** `none` is the value of the choice that stands alone. */
  z.strictObject({
    kind: z.literal('choices'),
    choices: z.array(choiceViewSchema),
    none: z.string().nullable(),
  }),
  z.strictObject({ kind: z.enum(['name', 'text']), maxLength: z.number() }),
  z.strictObject({ kind: z.literal('phone') }),
  z.strictObject({ kind: z.literal('personal-number') }),
  z.strictObject({
    kind: z.literal('number'),
    min: z.number(),
    max: z.number(),
    unit: phraseSchema.nullable(),
  }),
  /** đồng */
  z.strictObject({ kind: z.literal('money'), min: z.number(), max: z.number() }),
  z.strictObject({ kind: z.literal('date'), partial: z.boolean() }),
  z.strictObject({ kind: z.literal('year') }),
  /** `old`: names of before July 2025 are right too; `detail`: with house, hamlet or street. */
  z.strictObject({ kind: z.literal('address'), old: z.boolean(), detail: z.boolean() }),
  /** The card of this person is to be held under the scanner; `read` is the one that was. */
  z.strictObject({
    kind: z.literal('card'),
    person: phraseSchema,
    read: laidCardSchema.nullable(),
  }),
  /** Whether one more row follows those that are there; each of them may be taken out. */
  z.strictObject({
    kind: z.literal('more'),
    table: z.string(),
    label: phraseSchema,
    rows: z.array(tableRowSchema),
    least: z.number(),
  }),
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

/** When the result can be had. */
export const dueViewSchema = z.discriminatedUnion('state', [
  /** `before`: HH:MM; null where the desk's hours are not known. */
  z.strictObject({ state: z.literal('day'), day: fullDateSchema, before: z.string().nullable() }),
  /** No day can be named: the portal has not accepted yet, or the calendar is not sure. */
  z.strictObject({
    state: z.literal('limit'),
    limit: limitViewSchema,
    counts: z.enum(['from-acceptance', 'since-acceptance']),
  }),
  /** The limit itself is not sure: an officer names the day. */
  z.strictObject({ state: z.literal('officer') }),
])
export type DueView = z.infer<typeof dueViewSchema>

export const feeViewSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free') }),
  z.strictObject({ kind: z.literal('fixed'), amount: z.number(), per: phraseSchema }),
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({ kind: z.literal('unknown') }),
])
export type FeeView = z.infer<typeof feeViewSchema>

/** What stands in a box, as the page says it. `words`: of each choice that was taken. */
const reviewValueSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('words'), words: z.array(phraseSchema) }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('number'), number: z.number() }),
  /** đồng */
  z.strictObject({ kind: z.literal('money'), amount: z.number() }),
  z.strictObject({ kind: z.literal('date'), date: partialDateSchema }),
])
export type ReviewValue = z.infer<typeof reviewValueSchema>

const reviewRowSchema = z.strictObject({
  key: z.string(),
  label: phraseSchema,
  /** Null where an optional question was left empty. */
  value: reviewValueSchema.nullable(),
})
export type ReviewRow = z.infer<typeof reviewRowSchema>

/** A table with its rows. `change` is the question where rows are added and taken out. */
const reviewTableSchema = z.strictObject({
  key: z.string(),
  label: phraseSchema,
  rows: z.array(z.strictObject({ row: z.number(), cells: z.array(reviewRowSchema) })),
  change: z.string().nullable(),
})
export type ReviewTable = z.infer<typeof reviewTableSchema>

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

/** A place in a queue: the number as it is called, and where. */
const ticketViewSchema = z.strictObject({ number: z.string(), counter: z.string() })

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

/** A number for a counter, of whoever files nothing. */
const stopTicketViewSchema = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('offered') }),
  /** It could not be given; nothing was promised. */
  z.strictObject({ state: z.literal('refused') }),
  ticketViewSchema.extend({ state: z.literal('issued'), paper: paperOutSchema }),
])
export type StopTicketView = z.infer<typeof stopTicketViewSchema>

/** What is known of a paper of the page printer, such as the official receipt, which a page printer gives once the portal has accepted. */
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
    /** Whether the portal has been asked just now if anything is missing. It is waited for only briefly. */
    portal: z.enum(['not-asked', 'asking', 'asked', 'unheard']),
  }),
  /** Accepted, and the authority asks for more: papers only, whoever holds the slip sees them. */
  z.strictObject({
    state: z.literal('supplement'),
    reference: z.string(),
    counter: z.string().nullable(),
    dossierCode: z.string(),
    items: z.array(z.string()),
    /** There is more than the items, which an officer says. */
    more: z.boolean(),
    /** The last day for it; null where none is set. */
    due: fullDateSchema.nullable(),
    /** The list on paper; null where it cannot be had. */
    sheet: receiptOutSchema.nullable(),
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

/** What filing here achieves; `appointment`, `counter`: an officer does the rest. */
const endsSchema = z.enum(['filed', 'appointment', 'counter'])

/** All that will be filed, and the words to which the citizen puts their name. */
const checkPage = {
  procedure: procedureBriefSchema,
  /** From the card: shown, locked. */
  known: z.array(reviewRowSchema),
  /** Answered here: each can be changed. */
  answers: z.array(reviewRowSchema),
  /** Not asked, may be added: each has a value once it was. */
  offered: z.array(reviewRowSchema),
  /** Filled in the usual way without asking: each can be changed. */
  assumed: z.array(reviewRowSchema),
  tables: z.array(reviewTableSchema),
  papers: z.array(reviewPaperSchema),
  statement: phraseSchema,
  fee: feeViewSchema,
}
/** What is told before a card is read, in the words of one edition. */
export const noticeViewSchema = z.strictObject({
  edition: z.string(),
  reads: phraseSchema,
  notRead: phraseSchema,
  purpose: phraseSchema,
  recipients: phraseSchema,
  kept: phraseSchema,
  rights: phraseSchema,
})
export type NoticeView = z.infer<typeof noticeViewSchema>

/** The citizen's session: one member is one screen. */
export const sessionViewSchema = z.discriminatedUnion('screen', [
  z.strictObject({
    screen: z.literal('attract'),
    /** A card still lies on the reader of chips from a visit that has ended. */
    cardLeft: z.literal(true).optional(),
  }),
  z.strictObject({
    screen: z.literal('notice'),
    notice: noticeViewSchema,
    /** A card lies there already; it is read once the citizen agrees. */
    cardLies: z.boolean(),
  }),
  /** Whoever does not agree: the ways without this machine. */
  z.strictObject({
    screen: z.literal('declined'),
    /** What a number can be taken for: the groups that a counter of this kiosk serves. */
    groups: z.array(z.strictObject({ id: groupSchema, name: phraseSchema, drawing: z.string() })),
    ticket: stopTicketViewSchema,
  }),
  z.strictObject({
    screen: z.literal('identify'),
    problem: scanProblemSchema.nullable(),
    /** The procedure whose sheet was shown first. */
    wanted: phraseSchema.optional(),
  }),
  /** The chip may be opened with the number printed on the card; nobody has to. */
  z.strictObject({
    screen: z.literal('access-number'),
    state: accessStateSchema,
    /** None: the number is not tried any more in this visit. */
    triesLeft: z.int().min(0),
    /** Whether a card was scanned, to which one goes back. */
    scanned: z.boolean(),
  }),
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
  /** Something was kept for this card. `gone`: it is erased, and why. */
  z.strictObject({
    screen: z.literal('resume'),
    kept: z.discriminatedUnion('state', [
      z.strictObject({ state: z.literal('offered'), procedure: procedureBriefSchema }),
      z.strictObject({
        state: z.literal('gone'),
        why: z.enum(['form-changed', 'unreadable']),
      }),
    ]),
  }),
  /** The citizen wants to leave, and has answered something: kept for a day, or erased. */
  z.strictObject({
    screen: z.literal('leave'),
    procedure: procedureBriefSchema,
    /** True after a try that could not be kept. */
    notKept: z.boolean(),
  }),
  z.strictObject({
    screen: z.literal('choose'),
    /** A procedure's sheet was shown that this kiosk cannot file. */
    notHere: z.boolean(),
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
    ends: endsSchema,
    /** How the same on paper fares; null where this kiosk has no page printer. */
    sheet: receiptOutSchema.nullable(),
  }),
  z.strictObject({
    screen: z.literal('answer'),
    procedure: procedureBriefSchema,
    question: questionViewSchema,
    /** 1-based place among the questions that are asked now. */
    index: z.number(),
    count: z.number(),
    /** Never a card: of a second person's no more is shown than the question itself has. */
    value: enteredValueSchema.nullable(),
    problem: answerProblemSchema.nullable(),
    /** True when the citizen came from the check page and goes back there. */
    changing: z.boolean(),
  }),
  /** This citizen cannot go on with this procedure here. It is no fault; it says where to go. */
  z.strictObject({
    screen: z.literal('stop'),
    procedure: procedureBriefSchema,
    stop: z.discriminatedUnion('why', [
      /** The form ends here. */
      z.strictObject({ why: z.literal('form'), title: phraseSchema, text: phraseSchema }),
      /** The citizen goes to a counter to give a thumb-print, with what was answered on paper. */
      z.strictObject({ why: z.literal('thumb-print') }),
    ]),
    /** The procedure that fits, where this kiosk can file it. */
    instead: procedureBriefSchema.nullable(),
    /** A number for the counter; null where another procedure fits, or no counter here serves this. */
    ticket: stopTicketViewSchema.nullable(),
    /** True where an answer led here, so that another answer leads away. */
    mendable: z.boolean(),
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
    /** No more pages fit. */
    full: z.boolean(),
    /** Takes one page, once; the next one stands in the next view. Null when full, or with a scanner. */
    upload: z.string().nullable(),
    changing: z.boolean(),
  }),
  /** The check page, its declaration not yet touched. */
  z.strictObject({ screen: z.literal('review'), ...checkPage }),
  /** The same page, its declaration touched: it may be filed now. */
  z.strictObject({
    screen: z.literal('declare'),
    ...checkPage,
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
    /** Null where no counter here serves the procedure any more. */
    ticket: ticketViewSchema.nullable(),
    due: dueViewSchema,
    paper: paperOutSchema,
    receipt: receiptOutSchema,
    next: phraseSchema,
    ends: endsSchema,
    /** What usually comes next, with the same card and without asking the same again. */
    after: z.array(procedureBriefSchema),
    /** False where this visit has filed as much as one visit may. */
    mayGoOn: z.boolean(),
    /** Filed before in this visit; their papers are still looked after. */
    before: z.array(
      z.strictObject({
        procedure: procedureBriefSchema,
        reference: z.string(),
        paper: paperOutSchema,
      }),
    ),
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
  text: z.enum(['normal', 'large', 'larger', 'largest']),
  contrast: z.enum(['normal', 'high']),
  lowered: z.boolean(),
  /** BCP 47; one of the kiosk's languages. */
  language: languageTagSchema,
  voice: voiceSettingsSchema,
  /** The screen shows nothing, so that nobody else reads it; only while the voice is on. */
  blank: z.boolean(),
})
export type Display = z.infer<typeof displaySchema>

/** What a touch changes of it. Two quick touches change two things: neither undoes the other. */
export const displayChangeSchema = displaySchema
  .partial()
  .extend({ voice: voiceSettingsSchema.partial().optional() })
export type DisplayChange = z.infer<typeof displayChangeSchema>

export const changedDisplay = (display: Display, change: DisplayChange): Display => ({
  text: change.text ?? display.text,
  contrast: change.contrast ?? display.contrast,
  lowered: change.lowered ?? display.lowered,
  language: change.language ?? display.language,
  voice: {
    on: change.voice?.on ?? display.voice.on,
    speed: change.voice?.speed ?? display.voice.speed,
    volume: change.voice?.volume ?? display.voice.volume,
  },
  blank: change.blank ?? display.blank,
})

/** What every visit begins with. */
export const defaultDisplay: Display = {
  text: 'normal',
  contrast: 'normal',
  lowered: false,
  language: 'vi',
  voice: defaultVoice,
  blank: false,
}

/** What is not always on an assistant's strip, in the order in which it stands there. */
export const stripToolSchema = z.enum([
  'work',
  /** Only while the assistant works, and words may be written. */
  'dictate',
  'choose-other',
  'to-counter',
  'reprint',
  'retry',
  'face',
  'finish',
])
export type StripTool = z.infer<typeof stripToolSchema>

/** A call for a person, and who of the staff has stepped in. The core decides both. */
export const assistanceViewSchema = z.strictObject({
  /** `long`: so long that the screen says what else one can do. */
  call: z.enum(['none', 'waiting', 'long']),
  role: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('locked') }),
    /** Somebody wants to unlock. */
    z.strictObject({
      state: z.literal('asking'),
      /** `wait`: no try is taken for so long; `stopped`: none until a technician allows it. */
      door: z.discriminatedUnion('state', [
        z.strictObject({ state: z.literal('open') }),
        z.strictObject({ state: z.literal('wait'), seconds: z.int() }),
        z.strictObject({ state: z.literal('stopped') }),
      ]),
      refused: z.enum(['pin', 'card']).nullable(),
    }),
    z.strictObject({
      state: z.literal('unlocked'),
      /** Two digits. */
      assistant: z.string(),
      counter: z.string().nullable(),
      /** The assistant works on this screen for the citizen. */
      working: z.boolean(),
      /** It locks in a moment if nobody touches the strip. */
      ending: z.boolean(),
      tools: z.array(stripToolSchema),
    }),
  ]),
})
export type AssistanceView = z.infer<typeof assistanceViewSchema>

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
    /** Null where nothing can be said: no voice pack, or a broken one. */
    voice: z.strictObject({ headset: headsetSchema }).nullable(),
    /** Vietnamese first. One without texts of its own is only spoken. */
    languages: z
      .array(z.strictObject({ tag: languageTagSchema, name: z.string(), texts: z.boolean() }))
      .min(1),
    /** Null where no keypad is to be listened to. */
    keypad: keypadSchema.nullable(),
  }),
  session: sessionViewSchema,
  /** `warned`: "are you still there?" lies over the screen; seconds until all is erased. */
  idle: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('active') }),
    z.strictObject({ state: z.literal('warned'), secondsLeft: z.number() }),
  ]),
  display: displaySchema,
  assistance: assistanceViewSchema,
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
