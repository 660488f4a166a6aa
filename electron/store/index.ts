export { syncDir, writeDurably, TEMPORARY_SUFFIX } from './atomic-file.ts'
export { openBallast, type Ballast } from './ballast.ts'
export { openOrRescue, type Rescue } from './damage.ts'
export { DISK_LIMITS, diskRoom, freeBytes, type DiskRoom } from './disk.ts'
export { eraseDraft, loadDraft, saveDraft, type Draft } from './draft.ts'
export { sealBody, type EnvelopeProblem, type FilingDescription } from './envelope.ts'
export { ENVELOPE, filingPaths, isClientRef, paperOf, readEnvelope } from './envelope-files.ts'
export {
  createSealedFiles,
  rebuildFromEnvelopes,
  type FilesProblem,
  type RebuiltFiling,
  type SealedFiles,
  type SweepReport,
  type UnreadableFiling,
} from './files.ts'
export { newFilingKey, openFilingKey, type FilingKey, type WrappedKey } from './filing-key.ts'
export {
  cardKey,
  keptDraftSchemaSql,
  keptDraftTimes,
  loadKeptDraft,
  putKeptDraft,
  shiftKeptDrafts,
  wipeKeptDraft,
} from './kept-draft.ts'
export { openKeyFile, type KeyProblem } from './key-file.ts'
export { openKeyRing, type KeyRing, type KeyRingProblem } from './key-ring.ts'
export type { KeyProvider, UnwrapProblem } from './keys.ts'
export { makeFilingFolder, openAfterPassage, readForPassage } from './passage.ts'
export { setPragmas } from './pragmas.ts'
export { recoverStore, type RecoverProblem, type RecoveryReport } from './recover.ts'
export {
  createRecoveryReader,
  createRecoveryWrap,
  openWithRecoveryKey,
  type RecoveryProblem,
} from './recovery-wrap.ts'
export { renewKey, type Renewal } from './renew-key.ts'
export { rotateKeys } from './rotate.ts'
export { storeSchemaSql } from './schema.ts'
export type { PaperProblem, PaperReader, SealedPaper } from './sealed-file.ts'
export { filingRows, keepSealed, wipeSealed, type SealedRow } from './sealed-rows.ts'
export { seal, unseal, type Sealed, type SealContext } from './sealing.ts'
export {
  openDatabase,
  sqliteCode,
  sqliteProblem,
  systemCode,
  transaction,
  unsynced,
  type Database,
  type SqliteProblem,
} from './sqlite.ts'
export { openStore, openStoreForReading, type Store, type StoreProblem } from './store.ts'
export { faultOf, storeFault, type StoreFault } from './store-fault.ts'
export { systemdCredsVault } from './systemd-creds.ts'
export {
  keyFileVault,
  safeStorageVault,
  type KeyVault,
  type SafeStoragePort,
  type VaultName,
} from './vaults.ts'
