import { describe, expect, it } from 'vitest'
import {
  printerStateSchema,
  scannerStateSchema,
  type PrinterState,
  type ScannerState,
} from '../../shared/contract/devices.ts'
import { printerRemedy, scannerRemedy } from './remedies.ts'

const scannerStates: ScannerState[] = scannerStateSchema.options
  .map(({ shape }) => scannerStateSchema.parse({ state: shape.state.value }))
  .filter(({ state }) => state !== 'ready')
const causes = ['cutter', 'unrecoverable', 'recoverable', 'offline'] as const
const printerStates: PrinterState[] = [
  ...causes.map((cause) => ({ state: 'error' as const, cause })),
  { state: 'ready', paper: 'near-end' },
  ...printerStateSchema.options.flatMap(({ shape }) =>
    [{ state: shape.state.value }]
      .map((state) => printerStateSchema.safeParse(state).data)
      .filter((state) => state !== undefined),
  ),
]

describe('the remedies', () => {
  it.each(scannerStates)('of a scanner that is $state', (state) => {
    expect(scannerRemedy(state)).toMatch(/^[^\n.]+$/)
  })

  it.each(printerStates)('of a printer that is %j', (state) => {
    expect(printerRemedy(state)).toMatch(/^[^\n.]+$/)
  })

  it('are none where all is well', () => {
    expect(scannerRemedy({ state: 'ready' })).toBeNull()
    expect(printerRemedy({ state: 'ready', paper: 'enough' })).toBeNull()
  })
})
