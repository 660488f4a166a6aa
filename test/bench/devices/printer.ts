import { openPage } from '../../fixtures/page-client.ts'
import { startInService } from '../../fixtures/kiosk-in-service.ts'
import { figure, type Figure } from '../figure.ts'

/** How often the printer's line is pulled; the slowest counts. */
const PULLS = 6

/**
 * From the pulled line of the slip printer to the view that says so, and from the line that is back
 * to a printer that can print: a built kiosk, the simulated printer on TCP.
 */
export async function printerFigures(): Promise<readonly Figure[]> {
  const at = await startInService()
  const page = await openPage(await at.kiosk.url)
  const becomes = async (state: string, act: () => Promise<void>) => {
    const began = performance.now()
    await act()
    await page.see(({ devices }) => devices.printer.state === state)
    return performance.now() - began
  }
  try {
    await page.see(({ devices }) => devices.printer.state === 'ready')
    const pulled: number[] = []
    const usable: number[] = []
    for (let turn = 0; turn < PULLS; turn += 1) {
      pulled.push(await becomes('disconnected', () => at.world.setPrinter('unplugged')))
      usable.push(await becomes('ready', () => at.world.setPrinter('none')))
    }
    const note = `the slowest of ${PULLS}`
    return [
      figure(
        'devices',
        'printer pulled → in the view',
        Math.max(...pulled),
        'ms',
        '<=',
        1000,
        note,
      ),
      figure('devices', 'printer back → ready', Math.max(...usable), 'ms', '<=', 2000, note),
    ]
  } finally {
    page.close()
    await at.close()
  }
}
