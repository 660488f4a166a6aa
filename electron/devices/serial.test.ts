import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTrainingScanner } from '../training/scanner.ts'
import { openSerial } from './serial.ts'

const noSocat = spawnSync('socat', ['-V']).error !== undefined && process.env.CI === undefined

describe('openSerial', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'kiosk-serial-'))
  })
  afterEach(async () => {
    await rm(dir, { recursive: true })
  })

  it('says that a port is missing', async () => {
    expect(await openSerial(path.join(dir, 'none'), 9600)).toEqual({ ok: false, error: 'missing' })
  })

  it('says that a path which is no port failed', async () => {
    const file = path.join(dir, 'file')
    await writeFile(file, '')
    expect(await openSerial(file, 9600)).toEqual({ ok: false, error: 'failed' })
  })

  describe.skipIf(noSocat)('on a pseudo-terminal (needs socat)', () => {
    async function pair() {
      const device = await createTrainingScanner({ dir })
      if (!device.ok) throw new Error(device.error)
      const opened = await openSerial(device.value.path, 9600)
      if (!opened.ok) throw new Error(opened.error)
      return { device: device.value, channel: opened.value }
    }

    it('locks the port: a second open is busy', async () => {
      const { device, channel } = await pair()
      expect(await openSerial(device.path, 9600)).toEqual({ ok: false, error: 'busy' })
      await channel.close()
      await device.close()
    })

    it('notices every unplug, also those that the driver misses', async () => {
      for (let turn = 0; turn < 5; turn += 1) {
        const { device, channel } = await pair()
        const gone = new Promise<void>((resolve) => channel.onClose(resolve))
        await device.unplug()
        await gone
        expect(await channel.write(Buffer.of(0), 1000)).toEqual({ ok: false, error: 'closed' })
      }
    })

    it('gives up a write that nobody takes at its deadline', async () => {
      const tty = path.join(dir, 'stuck')
      const peer = spawn('socat', ['-d', '-d', `pty,raw,echo=0,link=${tty}`, 'stdio'])
      for await (const text of peer.stderr) if (String(text).includes('starting data')) break
      peer.kill('SIGSTOP')
      const opened = await openSerial(tty, 9600)
      if (!opened.ok) throw new Error(opened.error)
      expect(await opened.value.write(new Uint8Array(1 << 20), 50)).toEqual({
        ok: false,
        error: 'timeout',
      })
      await opened.value.close()
      peer.kill('SIGKILL')
      await once(peer, 'exit')
    })

    it('writes, and after an unplug says closed instead of waiting for ever', async () => {
      const { device, channel } = await pair()
      expect(await channel.write(Buffer.from('hello'), 1000)).toEqual({ ok: true, value: null })
      const gone = new Promise<void>((resolve) => channel.onClose(resolve))
      await device.unplug()
      await gone
      expect(await channel.write(Buffer.from('hello'), 1000)).toEqual({
        ok: false,
        error: 'closed',
      })
      await channel.close()
    })
  })
})
