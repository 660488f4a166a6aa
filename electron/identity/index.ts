export { parseCode, parseBridgedCode, parseTypedCode, type ScannedCode } from './card-qr.ts'
export { decodeScan } from './normalise.ts'
