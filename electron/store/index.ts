export { eraseDraft, loadDraft, saveDraft, type Draft } from './draft.ts'
export { openKeyFile, type KeyProblem } from './key-file.ts'
export type { KeyProvider, UnwrapProblem } from './keys.ts'
export { setPragmas } from './pragmas.ts'
export { storeSchemaSql } from './schema.ts'
export { seal, unseal, type Sealed, type SealContext } from './sealing.ts'
export {
  openDatabase,
  sqliteCode,
  sqliteProblem,
  transaction,
  type Database,
  type SqliteProblem,
} from './sqlite.ts'
export { openStore, openStoreForReading, type Store, type StoreProblem } from './store.ts'
