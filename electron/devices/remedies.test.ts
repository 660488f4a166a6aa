import { describe, expect, it } from 'vitest'
import {
  cardReaderStates,
  documentScannerStates,
  pagePrinterStates,
  printerStates,
  readerBridgeStates,
  scannerStates,
  type Examples,
} from '../../shared/contract/device-states.test-data.ts'
import {
  cardReaderRemedy,
  documentScannerRemedy,
  pagePrinterRemedy,
  printerRemedy,
  readerBridgeRemedy,
  scannerRemedy,
} from './remedies.ts'

function rows<State extends { readonly state: string }>(
  examples: Examples<State>,
  remedy: (state: State) => string | null,
): [string, string | null][] {
  return Object.values<readonly State[]>(examples)
    .flat()
    .map((state) => [Object.values(state).join(' '), remedy(state)])
}

/** With the states in which there is nothing to do. */
const families = [
  ['scanner', rows(scannerStates, scannerRemedy), ['ready']],
  ['slip printer', rows(printerStates, printerRemedy), ['ready enough']],
  ['page printer', rows(pagePrinterStates, pagePrinterRemedy), ['ready ', 'not-configured']],
  [
    'chip reader',
    rows(cardReaderStates, cardReaderRemedy),
    ['ready', 'card', 'reading', 'not-configured'],
  ],
  ['reader bridge', rows(readerBridgeStates, readerBridgeRemedy), ['ready']],
  [
    'document scanner',
    rows(documentScannerStates, documentScannerRemedy),
    ['ready', 'ready true', 'scanning', 'camera', 'not-configured'],
  ],
] as const

describe.each(families)('the %s', (_name, states, good) => {
  it('leaves nothing to do where all is well, and else one thing', () => {
    expect(states.filter(([, remedy]) => remedy === null).map(([state]) => state)).toEqual(good)
  })

  it.each(states.filter(([, remedy]) => remedy !== null))('that is %s', (_state, remedy) => {
    expect(remedy).toMatch(/^[^\n.]{10,100}$/)
  })
})
