import { randomBytes } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { PrinterFault } from '../../shared/contract/index.ts'
import { loadPack } from '../catalogue/index.ts'
import { resourcesDir } from '../resources-dir.ts'
import { kioskFiles } from '../settings/index.ts'
import { inventedCitizens, inventedCodes } from './citizens.ts'
import { createFormValidator } from './form-validator.ts'
import { createSandboxPortal } from './portal/index.ts'
import { createTrainingPrinter, type Paper } from './printer.ts'
import { createTrainingScanner } from './scanner.ts'
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

  const pack = await loadPack(join(resourcesDir(), 'procedures'))
  if (!pack.ok) throw new Error('the procedure pack does not load')
  const portal = await createSandboxPortal({
    dir: join(dir, 'portal'),
    port: 0,
    clock: Date,
    validate: createFormValidator(pack.value),
  })
  const printer = await createTrainingPrinter({ dir: printsDir, port: 0 })
  const scanner = await createTrainingScanner({ dir })
  let paper: Paper = 'in'
  let fault: PrinterFault = 'none'

  const token = randomBytes(32).toString('hex')
  const control = await serveWorldControl(token, {
    state: () => ({
      citizens: inventedCitizens.map(({ id, label }) => ({ id, label })),
      codes: inventedCodes.map(({ id, label }) => ({ id, label })),
      portal: portal.mode(),
      paper,
      printer: fault,
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
          if (code && scanner.ok) scanner.value.scan(code.payload)
          return
        }
        case 'scan-text':
          if (scanner.ok) scanner.value.scan(command.text)
          return
        case 'portal':
          portal.setMode(command.portal)
          return
        case 'paper':
          paper = command.paper
          printer.setPaper(paper)
          return
        case 'printer':
          fault = command.printer
          printer.setFault(fault)
      }
    },
  })

  const world: WorldFile = {
    control: { url: control.url, token },
    portal: { url: portal.url, receiptKeys: portal.publicKeys },
    scannerPath: scanner.ok ? scanner.value.path : null,
    printerPort: printer.port,
    printsDir,
  }
  const file = join(dir, 'world.json')
  writeFileSync(file, JSON.stringify(world), { mode: 0o600 })
  if (!scanner.ok)
    process.stderr.write('training: no scanner: install socat (apt-get install socat)\n')
  process.stdout.write(`${JSON.stringify({ type: 'world', file })}\n`)

  process.on('disconnect', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
  process.on('SIGINT', () => process.exit(0))
}

await main()
