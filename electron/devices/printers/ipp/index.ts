export { MEDIA, type Media, type PageForm } from './operations.ts'
export {
  createPagePrinter,
  noPagePrinter,
  type PagePrinter,
  type PageProblem,
} from './page-printer.ts'
