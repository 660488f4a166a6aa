export type {
  FieldProblem,
  FilingIdentity,
  HealthOutcome,
  Hold,
  HoldCause,
  PaperUpload,
  PortalAdapter,
  PortalCapabilities,
  Refusal,
  SendOutcome,
  StatusOutcome,
  UploadOutcome,
  WithdrawOutcome,
} from './adapter.ts'
export type { TokenProvider } from './authorization.ts'
export { createPortalClient, type PortalClientOptions, type PortalClientProblem } from './client.ts'
export type { PortalTls } from './connect.ts'
export { portalFromProfile } from './from-profile.ts'
export {
  clientRefSchema,
  contentDigest,
  filingSchema,
  manifestEntrySchema,
  MARKER,
  PORTAL_LIMITS,
  PORTAL_PATHS,
  receiptSchema,
  statusQuestionSchema,
  type Filing,
  type IdentifiedBy,
  type ManifestEntry,
  type Problem,
  type Receipt,
  type ReceiptContent,
} from './contract.ts'
export { createNationalPortal, type Paper } from './national/adapter.ts'
export { dossierSchema, type Dossier, type NationalProcedure } from './national/payload.ts'
export { NATIONAL_PATHS } from './national/platform.ts'
export { remoteStateSchema, type RemoteJournal, type RemoteState } from './national/remote-state.ts'
export { receiptBytes } from './receipts.ts'
export type { Supplement } from './supplement.ts'
