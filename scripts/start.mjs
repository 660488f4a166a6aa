/** `npm start`: training mode with the embedded sandbox, in Electron, a browser, or neither. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { environment, prepare, root } from './setup.mjs'

const node = prepare({ system: 'run', built: true })

const given = process.argv.slice(2)
const electronFolder =
  process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(root, 'node_modules', 'electron', 'dist')
const electron = join(electronFolder, 'electron')
const hasScreen = Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const inElectron = existsSync(electron) && hasScreen && !given.includes('--headless')

const [program, args] = inElectron
  ? [electron, [root, '--training', ...given]]
  : [node, [join(root, 'dist', 'electron', 'browser-host.mjs'), '--training', ...given]]

const child = spawn(program, args, { stdio: 'inherit', env: environment(node) })
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
