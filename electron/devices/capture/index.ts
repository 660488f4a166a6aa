export { createDocumentScanner, type DocumentScanner } from './document-scanner.ts'
export { scanArguments, scanProcess } from './scanimage.ts'
