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
export { loadPack, type PackProblem } from './pack.ts'
export { createSearch, searchLimits, type NationalRow } from './search.ts'
