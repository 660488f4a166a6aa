import type { PrinterState, Screen, View } from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { unreachable } from '../../shared/domain/result.ts'
import type { CameraState } from '../camera-qr/watch.ts'
import { words } from '../i18n/t.ts'

/**
 * What a citizen is told of a device that does not work: what it means, and the one thing to do.
 * `docs/device-faults.md` is made of these words.
 */
export type Notice = readonly [Phrase, Phrase]

/** Everything that can read a card; null where this kiosk has none of the kind. */
export interface Readers {
  readonly scanner: View['devices']['scanner']
  readonly readerBridge: View['devices']['readerBridge']
  readonly camera: CameraState | null
  /** A scanner that types: nobody can see whether it is there, so it counts where it is alone. */
  readonly wedge: boolean
}

/** The screens on which a device is needed, now or next; elsewhere its fault changes nothing. */
export const noticeScreens = {
  reader: ['attract', 'identify', 'answer'],
  printer: ['review', 'declare'],
  receipt: ['done'],
  capture: ['papers'],
} as const satisfies Readonly<Record<string, readonly Screen[]>>

/** Null while anything can read a card; else the words for the reader that should. */
export function readerNotice(readers: Readers): Notice | null {
  const { scanner, readerBridge, camera, wedge } = readers
  const canRead =
    scanner.state === 'ready' ||
    readerBridge?.state === 'ready' ||
    (wedge && scanner.state === 'not-configured') ||
    (camera !== null && camera.state !== 'away')
  if (canRead) return null
  switch (scanner.state) {
    case 'disconnected':
      return [words('reader.disconnected'), words('reader.ask-or-counter')]
    case 'busy':
      return [words('reader.busy'), words('reader.wait')]
    case 'not-allowed':
    case 'no-driver':
      return [words('reader.not-understood'), words('reader.counter')]
    case 'not-configured':
      return otherReaderNotice(readers)
    default:
      return unreachable(scanner)
  }
}

function otherReaderNotice({ readerBridge, camera }: Readers): Notice {
  switch (readerBridge?.state) {
    case 'disconnected':
      return [words('reader.disconnected'), words('reader.ask-or-counter')]
    case 'not-understood':
      return [words('reader.not-understood'), words('reader.counter')]
    case 'ready':
    case undefined:
      return cameraNotice(camera)
    default:
      return unreachable(readerBridge)
  }
}

function cameraNotice(camera: CameraState | null): Notice {
  if (camera?.state !== 'away') return [words('reader.not-configured'), words('reader.counter')]
  switch (camera.problem) {
    case 'missing':
      return [words('reader.camera-missing'), words('reader.ask-or-counter')]
    case 'busy':
      return [words('reader.camera-busy'), words('reader.wait')]
    case 'denied':
      return [words('reader.camera-denied'), words('reader.counter')]
    default:
      return unreachable(camera.problem)
  }
}

/**
 * What to know before filing where the slip will not come: the filing is as good without it. Null
 * where it will, or may.
 */
export function printerNotice(printer: PrinterState): Notice | null {
  switch (printer.state) {
    // A printer that answers nothing may well print; the last screen then has the citizen look.
    case 'ready':
    case 'unknown':
      return null
    case 'paper-out':
      return [words('printer.paper-out'), words('printer.paper-out-do')]
    case 'cover-open':
      return [words('printer.cover-open'), words('printer.cover-open-do')]
    case 'error':
      return [errorWords(printer.cause), words('printer.without-slip')]
    case 'disconnected':
      return [words('printer.disconnected'), words('printer.without-slip')]
    case 'not-configured':
      return [words('printer.not-configured'), words('printer.without-slip')]
    default:
      return unreachable(printer)
  }
}

function errorWords(cause: Extract<PrinterState, { state: 'error' }>['cause']): Phrase {
  switch (cause) {
    case 'cutter':
      return words('printer.error-cutter')
    case 'recoverable':
      return words('printer.error-recoverable')
    case 'unrecoverable':
      return words('printer.error-unrecoverable')
    case 'offline':
      return words('printer.error-offline')
    default:
      return unreachable(cause)
  }
}
