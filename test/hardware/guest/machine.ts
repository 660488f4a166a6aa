import { splitLines } from '../lines.ts'
import { DONE, type Request } from '../requests.ts'
import { openDeviceFile } from './device-file.ts'

/** The machine around this virtual one. */
export interface Machine {
  /** Has it do something; settles when that has happened. One at a time. */
  ask(request: Request): Promise<void>
  close(): Promise<void>
}

export async function openMachine(): Promise<Machine> {
  let answer = (_line: string) => {}
  const hear = splitLines((line) => answer(line))
  const port = await openDeviceFile('/dev/virtio-ports/requests', (bytes) => hear(bytes.toString()))
  return {
    async ask(request) {
      const answered = new Promise<string>((resolve) => (answer = resolve))
      await port.write(Buffer.from(`${JSON.stringify(request)}\n`))
      const said = await answered
      if (said !== DONE) throw new Error(said)
    },
    close: () => port.close(),
  }
}
