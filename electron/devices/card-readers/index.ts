export { keyFromCan, keyFromMrz, keysFromQr } from './access-keys.ts'
export {
  createCardReader,
  type CardReader,
  type CardReaderOptions,
  type CardReadProblem,
} from './card-reader.ts'
export { createPcscTransport } from './pcsc.ts'
export type { AccessKey } from './protocol/pace.ts'
export type { ChipReading } from './read-chip.ts'
export type { CardChannel, CardTransport, ChannelProblem, Presence } from './transport.ts'
export { readTrustStore } from './trust-store.ts'
