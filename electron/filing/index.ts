export { fileableHere } from './fileable-here.ts'
export { buildFiling, type Confirmed } from './dossier.ts'
export { type AcceptedReceipt, receiptInput } from './receipt.ts'
