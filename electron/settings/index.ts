export * from './profile.ts'
export * from './data-dir.ts'
export type { ReaderBridgeSettings } from './reader-bridge.ts'
