import { defaultDisplay, type View } from '../../shared/contract/index.ts'

/** A view for tests: the first screen of an invented commune. */
export function exampleView(session: View['session'] = { screen: 'attract' }): View {
  return {
    kiosk: {
      id: 'kiosk-1',
      commune: 'Xã Thử',
      province: 'Tỉnh Mẫu',
      training: false,
      pixelsPerMm: 4.04,
      today: '2026-11-24',
      pageScanners: [],
      voice: null,
      languages: [{ tag: 'vi', name: 'Tiếng Việt', texts: true }],
      keypad: null,
    },
    session,
    idle: { state: 'active' },
    display: defaultDisplay,
    assistance: { call: 'none', role: { state: 'locked' } },
    devices: {
      scanner: { state: 'ready' },
      printer: { state: 'unknown' },
      pagePrinter: { state: 'not-configured' },
      readerBridge: null,
      documentScanner: { state: 'camera' },
      cardReader: { state: 'not-configured' },
    },
    delivery: { waiting: 0, portal: 'unknown' },
  }
}
