export { parseCode, parseTypedCode, type ScannedCode } from './card-qr.ts'
export { decodeScan } from './normalise.ts'
