export { createScanner, type Scanner, type ScannerOptions } from './scanner.ts'
