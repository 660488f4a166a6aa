export { buildFiling, type Confirmed } from './dossier.ts'
export { receiptInput } from './receipt.ts'
