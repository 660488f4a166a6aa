export { toFilingStatus } from './filing-status.ts'
export { createSession, type Session, type SessionPorts, type SessionState } from './service.ts'
export { toSessionView } from './view.ts'
export type { Visit } from './visit.ts'
