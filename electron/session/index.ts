export type { AccessAnswer } from './access-number.ts'
export type { ChipAnswer } from './chip-answer.ts'
export type { ChipPort } from './chip-reading.ts'
export { toFilingStatus } from './filing-status.ts'
export {
  decodeKeptDraft,
  encodeKeptDraft,
  type KeptDraftsPort,
  type KeptFound,
} from './kept-draft.ts'
export { knownIn } from './known.ts'
export type { Forms } from './offer.ts'
export { noticeOn, noticeTextsSchema, noticeView } from './notice.ts'
export { paperOf, papersDue } from './paper-road.ts'
export { isPrintedBefore } from './stop-ticket.ts'
export type { ScanSource, Session, SessionPorts, SessionState } from './ports.ts'
export { createSession, readCode } from './service.ts'
export { reviewView } from './review-view.ts'
export { groupNames } from './procedure-view.ts'
export { toSessionView, type PaperDoors } from './view.ts'
export type { Visit } from './visit.ts'
