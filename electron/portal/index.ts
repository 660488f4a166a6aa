export type { HealthOutcome, PortalAdapter, SendOutcome, StatusOutcome } from './adapter.ts'
export { createPortalClient, type PortalClientProblem } from './client.ts'
export {
  clientRefSchema,
  contentDigest,
  filingSchema,
  MARKER,
  PORTAL_LIMITS,
  receiptSchema,
  type Filing,
  type Problem,
  type Receipt,
  type ReceiptContent,
} from './contract.ts'
export { receiptBytes } from './receipts.ts'
