export type { PageFormat } from './operations.ts'
export { createPagePrinter, noPagePrinter, type PagePrinter } from './page-printer.ts'
