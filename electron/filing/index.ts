export { fileableHere } from './fileable-here.ts'
export { buildFiling, type Confirmed } from './dossier.ts'
export { receiptInput } from './receipt.ts'
