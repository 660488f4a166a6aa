import { once } from 'node:events'
import { mkdtempSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTrainingPrinter } from '../../../electron/training/printer.ts'
import { openDeviceFile, type DeviceFile } from './device-file.ts'
import { makeGadget, type UsbIdentity } from './gadget.ts'

/** A receipt printer of the USB printer class: the training printer on the far side of a cable. */
export async function makeUsbPrinter(identity: UsbIdentity, deviceId: string) {
  const dir = mkdtempSync(join(tmpdir(), 'printer-'))
  const printer = await createTrainingPrinter({ dir, port: 0 })
  const gadget = makeGadget(0, identity, 'printer.0', { pnp_string: deviceId })
  let pull = async () => {}
  let line: DeviceFile | null = null

  return {
    printer,
    /** The sheet that was cut last, as PNG. */
    lastSheet: () => readFileSync(join(dir, printer.prints().at(-1) ?? '')),
    /** While held it takes nothing, as one that is switched off in the middle of a job. */
    hold: () => line?.hold(),
    release: () => line?.release(),
    async plug() {
      gadget.plug()
      const inside = connect(printer.port, '127.0.0.1')
      await once(inside, 'connect')
      const cable = await openDeviceFile('/dev/g_printer0', (bytes) => void inside.write(bytes))
      inside.on('data', (bytes) => void cable.write(bytes))
      line = cable
      pull = async () => {
        await cable.close()
        inside.destroy()
      }
    },
    async unplug() {
      gadget.unplug()
      await pull()
    },
  }
}
