export { createPrinter, noPrinter, type Printer, type PrinterEvent } from './printer.ts'
export { serialTransport } from './serial.ts'
export { tcpTransport } from './tcp.ts'
export type { Transport } from './transport.ts'
