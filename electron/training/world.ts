import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { PrinterFault, TrainingDevice } from '../../shared/contract/index.ts'
import { isoDate, localDate } from '../../shared/domain/local-time.ts'
import { readBuiltIn } from '../catalogue/index.ts'
import { resourcesDir } from '../resources-dir.ts'
import { kioskFiles } from '../settings/index.ts'
import { createCardHand } from './card-hand.ts'
import { inventedCitizens, inventedCodes } from './citizens.ts'
import { createFormValidator } from './form-validator.ts'
import { createSandboxPortal } from './portal/index.ts'
import { createTrainingPrinter, type Paper } from './printer.ts'
import { createTrainingHidScanner } from './hid-scanner.ts'
import { createTrainingScanner, type ScannerOnCable } from './scanner.ts'
import { serveWorldControl } from './world-control.ts'
import type { WorldFile } from './world-file.ts'

/**
 * The outside world in miniature, a process of its own so that it outlives a core which is killed:
 * the sandbox portal, a slip printer and an A4 tray, and a scanner on a real pseudo-terminal. It
 * prints one line when it stands, and ends with the shell that started it.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } } })
  const dataDir = values['data-dir']
  if (dataDir === undefined) throw new Error('the world needs --data-dir')
  const dir = kioskFiles(dataDir).training
  const printsDir = join(dir, 'prints')
  mkdirSync(printsDir, { recursive: true, mode: 0o700 })

  const pack = await readBuiltIn(join(resourcesDir(), 'procedures'))
  if (!pack.ok) throw new Error('the procedure pack does not load')
  const portal = await createSandboxPortal({
    dir: join(dir, 'portal'),
    port: 0,
    clock: Date,
    validate: createFormValidator(pack.value.procedures),
  })
  const printer = await createTrainingPrinter({ dir: printsDir, port: 0 })
  const scanner = await plugScannerIn(dir)
  const cables = { scanner: scanner.cable } satisfies Record<TrainingDevice, ScannerOnCable>
  const cardReader = { socket: join(dir, 'card.sock'), trustDir: join(dir, 'trust') }
  const hand = createCardHand(cardReader.socket, cardReader.trustDir)
  let paper: Paper = 'in'
  const unplugged = new Set<TrainingDevice>()
  let fault: PrinterFault = 'none'

  const token = randomBytes(32).toString('hex')
  const control = await serveWorldControl(token, {
    state: () => ({
      citizens: inventedCitizens.map(({ id, label }) => ({ id, label })),
      codes: inventedCodes.map(({ id, label }) => ({ id, label })),
      portal: portal.mode(),
      paper,
      unplugged: [...unplugged],
      printer: fault,
      card: hand.lies(),
      accepted: portal.accepted(),
      prints: [
        ...printer.prints(),
        ...readdirSync(printsDir)
          .filter((name) => name.endsWith('.pdf'))
          .sort(),
      ],
    }),
    async command(command) {
      switch (command.do) {
        case 'scan': {
          const code = [...inventedCitizens, ...inventedCodes].find(({ id }) => id === command.id)
          if (code) scanner.cable.scan(code.payload)
          hand.scanned(command.id)
          return
        }
        case 'scan-text':
          scanner.cable.scan(command.text)
          return
        case 'portal':
          portal.setMode(command.portal)
          return
        case 'supplement':
          portal.requestSupplement(inventedRequest(Date.now()))
          return
        case 'paper':
          paper = command.paper
          printer.setPaper(paper)
          return
        case 'device':
          if (command.plugged) {
            await cables[command.device].plug()
            unplugged.delete(command.device)
          } else {
            await cables[command.device].unplug()
            unplugged.add(command.device)
          }
          return
        case 'printer':
          fault = command.printer
          printer.setFault(fault)
          return
        case 'card':
          await hand.lay(command.card)
      }
    },
  })

  const world: WorldFile = {
    control: { url: control.url, token },
    portal: { url: portal.url, receiptKeys: portal.publicKeys },
    scanner: scanner.channel,
    cardReader,
    printerPort: printer.port,
    printsDir,
    packKey: packKey(join(dir, 'pack-key.pem')),
  }
  const file = join(dir, 'world.json')
  writeFileSync(file, JSON.stringify(world), { mode: 0o600 })
  process.stdout.write(`${JSON.stringify({ type: 'world', file })}\n`)

  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
  process.on('SIGINT', () => process.exit(0))
}

/** What an officer may ask for beside any filing; five days for it. */
function inventedRequest(nowMs: number) {
  return {
    requestedAt: new Date(nowMs).toISOString(),
    due: isoDate(localDate(nowMs + 5 * 86_400_000)),
    items: ['Bản sao trích lục ly hôn', 'Giấy xác nhận của UBND xã nơi ở trước đây'],
  }
}

/** The public key of training's own signer of packs; its private half lies in `file` for trainers. */
function packKey(file: string): string {
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(file, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 })
  }
  return createPublicKey(readFileSync(file)).export({ type: 'spki', format: 'pem' }).toString()
}

/** A serial one on a pseudo-terminal; without socat, which makes those, one in HID-POS mode. */
async function plugScannerIn(
  dir: string,
): Promise<{ channel: WorldFile['scanner']; cable: ScannerOnCable }> {
  const serial = await createTrainingScanner({ dir })
  if (serial.ok)
    return { channel: { kind: 'serial', path: serial.value.path }, cable: serial.value }
  const hid = await createTrainingHidScanner({ dir })
  return { channel: { kind: 'hid', socket: hid.socket }, cable: hid }
}

await main()
