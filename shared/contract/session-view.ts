import { z } from 'zod'
import { phraseSchema } from '../domain/phrase.ts'
import { enteredValueSchema } from '../forms/answer-value.ts'
import { answerProblemSchema, groupSchema } from '../forms/definition.ts'
import { accessStateSchema, cardViewSchema, chipViewSchema } from './card-view.ts'
import { filingStatusSchema } from './filing-status.ts'
import {
  paperOutSchema,
  receiptOutSchema,
  stopTicketViewSchema,
  ticketViewSchema,
} from './printed.ts'
import {
  componentViewSchema,
  dueViewSchema,
  endsSchema,
  feeViewSchema,
  limitViewSchema,
  procedureBriefSchema,
} from './procedure-view.ts'
import { questionViewSchema } from './question-view.ts'
import { checkPage } from './review-view.ts'
import { scanProblemSchema } from './scan.ts'

/** A captured page. `url` gives its picture once; the next one stands in the next view. */
const pageViewSchema = z.strictObject({
  id: z.string(),
  url: z.string(),
  /** Quarter turns, clockwise. */
  turns: z.number(),
})
export type PageView = z.infer<typeof pageViewSchema>

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
