export { adoptRebuilt } from './adopt.ts'
export type { Alarm } from './alarms.ts'
export { newClientRef } from './client-ref.ts'
export type { Enqueued, EnqueueProblem, EnqueueRequest } from './enqueue.ts'
export { createOutbox, type Outbox } from './outbox.ts'
export type { StaffOrder, StaffRefusal } from './decide-staff.ts'
export type { ConfirmedPaper } from './papers.ts'
export { portalRemedy } from './portal-trouble.ts'
export type { OutboxChange, OutboxDeps, PortalState, PortalStatus } from './ports.ts'
export type { StaffActions } from './staff.ts'
export type { ExportProblem, ExportReport } from './transfer/export.ts'
export type { ImportProblem, ImportReport } from './transfer/import.ts'
export { createTransferAlone, type Transfer } from './transfer/transfer.ts'
export {
  readOutbox,
  type OutboxCounts,
  type Submission,
  type SubmissionState,
} from './submission.ts'
export { systemTimers, type Timers } from './timers.ts'
