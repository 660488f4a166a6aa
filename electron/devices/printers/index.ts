export { createPrinter, noPrinter, type Printer, type PrinterEvent } from './printer.ts'
export { serialTransport } from './serial.ts'
export { tcpTransport } from './tcp.ts'
export type { Transport } from './transport.ts'
export { usbTransport } from './usb.ts'
export {
  findUsbPrinter,
  listUsbPrinters,
  type UsbPrinter,
  type UsbPrinterName,
} from './usb-printers.ts'
export {
  createPagePrinter,
  MEDIA,
  noPagePrinter,
  type PageForm,
  type PagePrinter,
  type PageProblem,
} from './ipp/index.ts'
