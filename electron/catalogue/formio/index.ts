export type { FormioProblem } from './flatten.ts'
export { importFormio, type FormioImport } from './import.ts'
