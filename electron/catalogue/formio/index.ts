export { importFormio, type FormioImport, type FormioProblem } from './import.ts'
