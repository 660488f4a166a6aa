export { createDocumentScanner, type DocumentScanner } from './document-scanner.ts'
export { createProgram } from './program.ts'
export { openArguments, openTransport, scanArguments, scanTransport } from './scanimage.ts'
