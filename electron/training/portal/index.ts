export type { PortalFault, PortalMode } from './faults.ts'
export type { AcceptedFiling } from './register.ts'
export { createSandboxPortal, type SandboxPortal } from './server.ts'
