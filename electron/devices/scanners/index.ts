export { createScanner, type Scanner, type ScannerOptions } from './scanner.ts'
export { systemTimers, type Timers } from './timers.ts'
