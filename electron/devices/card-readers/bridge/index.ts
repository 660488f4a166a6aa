export { createReaderBridge, type ReaderBridge } from './bridge.ts'
