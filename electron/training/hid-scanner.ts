import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { hidPosReports } from '../devices/scanners/index.ts'
import { ok } from '../../shared/domain/result.ts'
import type { ScannerOnCable } from './scanner.ts'

/** A HID-POS scanner in miniature: 64-byte input reports over a Unix socket. */
export interface TrainingHidScanner extends ScannerOnCable {
  /** The socket that stands for the device; it exists while plugged in. */
  readonly socket: string
}

/** Makes a scanner plugged in at `dir/hid.sock`. */
export async function createTrainingHidScanner({
  dir,
}: {
  readonly dir: string
}): Promise<TrainingHidScanner> {
  const path = join(dir, 'hid.sock')
  const peers = new Set<Socket>()
  let server: Server | null = null

  async function plug() {
    if (server !== null) return ok(null)
    await rm(path, { force: true })
    server = createServer((peer) => {
      peers.add(peer)
      peer.on('close', () => peers.delete(peer))
      peer.on('error', () => peer.destroy())
      peer.resume()
    })
    server.listen(path)
    await once(server, 'listening')
    return ok(null)
  }

  async function unplug() {
    const running = server
    server = null
    if (running === null) return
    const closed = once(running, 'close')
    running.close()
    for (const peer of peers) peer.destroy()
    await closed
    await rm(path, { force: true })
  }

  await plug()
  return {
    socket: path,
    scan(payload) {
      const reports = hidPosReports(Buffer.from(payload))
      for (const peer of peers) for (const report of reports) peer.write(report)
    },
    plug,
    unplug,
    close: unplug,
  }
}
