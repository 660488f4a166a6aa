export { openCatalogue, openCatalogueForReading } from './catalogue-file.ts'
export { readCatalogue, showProcedure } from './catalogue-store.ts'
export {
  importCatalogue,
  importLimits,
  type BadLine,
  type ImportProblem,
  type ImportReport,
} from './import.ts'
export type { CatalogueEntry, ProcedureDetail } from './national.ts'
export { importFormio, type FormioImport, type FormioProblem } from './formio/index.ts'
export { readBuiltIn } from './checked-pack.ts'
export { loadPack, parsePack, parseProcedure, type Pack, type PackProblem } from './pack.ts'
export { readPackFiles } from './pack-files.ts'
export { loadProcedures, type Procedures } from './procedures.ts'
export { openSignedPack, signPack, type SignatureProblem } from './signed-pack.ts'
export { createSearch, searchLimits, type NationalRow } from './search.ts'
