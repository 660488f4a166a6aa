/**
 * What `npm start`, `npm test` and `npm run kiosk` need before they can run, done once and checked
 * quickly afterwards: dependencies, the pinned Node, the system's packages, the build. Plain
 * JavaScript: it must run on the Node 20 of a fresh Debian before anything is installed.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  accessSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** better-sqlite3 13 needs Node-API 10; on older Node it ends the process without a word. */
const OLDEST_NODE = [22, 12]

/** What `smartcard` is compiled with, the one native package that brings no binary along. */
const PCSC_HEADER = '/usr/include/PCSC/winscard.h'

/** Debian's packages by the program that is looked for: to run the kiosk, and to test it. */
const PROGRAMS = { chromium: ['chromium'], socat: ['socat'] }
const TEST_PROGRAMS = {
  pdftotext: ['poppler-utils'],
  zbarimg: ['zbar-tools'],
  tesseract: ['tesseract-ocr'],
  cc: ['gcc', 'libc6-dev'],
  'g++': ['g++', 'make', 'python3'],
  pcscd: ['pcscd'],
  openssl: ['openssl'],
  scanimage: ['sane-utils'],
  ippeveprinter: ['cups-ipp-utils'],
  lp: ['cups-client'],
  cupsd: ['cups-daemon'],
  'avahi-daemon': ['avahi-daemon'],
  'dbus-daemon': ['dbus'],
  ip: ['iproute2'],
  Xvfb: ['xvfb'],
  xdotool: ['xdotool'],
}
/** For the virtual machine of `npm run test:hardware`. */
const HARDWARE_PROGRAMS = {
  'qemu-system-x86_64': ['qemu-system-x86'],
  busybox: ['busybox-static'],
  cpio: ['cpio'],
  kmod: ['kmod'],
  udevadm: ['udev'],
}
/** For `npm run voice`, which alone renders clips. */
const VOICE_PROGRAMS = {
  'espeak-ng': ['espeak-ng'],
  opusenc: ['opus-tools'],
}
/** The same for what is no program on the path: the file that shows that it is there. */
const FILES = { '/usr/share/fonts/truetype/noto': ['fonts-noto-core'] }
const TEST_FILES = {
  '/usr/lib/pcsc/drivers/serial/libifdvpcd.so.0.8': ['vsmartcard-vpcd'],
  [PCSC_HEADER]: ['libpcsclite-dev'],
  '/usr/share/tesseract-ocr/5/tessdata/vie.traineddata': ['tesseract-ocr-vie'],
}

export function fail(line) {
  process.stderr.write(`${line}\n`)
  process.exit(1)
}

function run(command, args, options = {}) {
  // Standard output belongs to the command that was asked for, so set-up speaks on stderr.
  const done = spawnSync(command, args, { cwd: root, stdio: ['ignore', 2, 2], ...options })
  return done.status === 0
}

/**
 * Installs the locked dependencies when the lockfile has changed since the last time, or when
 * there is now what `smartcard` is compiled with.
 */
function ensureDependencies() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .update(String(existsSync(PCSC_HEADER)))
    .digest('hex')
  const stamp = join(root, 'node_modules', '.installed-lock')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return
  process.stderr.write('Installing dependencies, once…\n')
  // Not `npm ci`: it refuses a lockfile in which a binary for some other platform is missing.
  // `--no-save` keeps to the locked versions and leaves the lockfile alone. Without scripts: npm
  // would compile what brings its binaries along, and there may be no compiler.
  if (!run('npm', ['install', '--no-save', '--ignore-scripts', '--loglevel=error'])) {
    fail('npm install failed: see the lines above')
  }
  if (existsSync(PCSC_HEADER) && !run('npm', ['rebuild', 'smartcard', '--loglevel=error'])) {
    process.stderr.write(
      'smartcard did not compile: no chip is read over PC/SC (g++, make, python3)\n',
    )
  }
  writeFileSync(stamp, lock)
}

/** The Node that everything runs on: the pinned one, or the system's where it is new enough. */
function pinnedNode() {
  const name = `node-${process.platform}-${process.arch}`
  const pinned = join(root, 'node_modules', name, 'bin', 'node')
  if (existsSync(pinned)) return pinned
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) {
    return process.execPath
  }
  return fail(
    `Node ${process.versions.node} is too old: install Node ${OLDEST_NODE.join('.')} or newer (no pinned Node for ${process.platform}-${process.arch})`,
  )
}

function isOnPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program))
      return true
    } catch {
      return false
    }
  })
}

/** Installs the system's packages where that is possible (Debian, root); else says in one line how. */
function ensureSystem(purpose) {
  const isTest = purpose === 'test'
  const programs = Object.entries({
    ...PROGRAMS,
    ...(isTest && TEST_PROGRAMS),
    ...(purpose === 'hardware' && HARDWARE_PROGRAMS),
    ...(purpose === 'voice' && VOICE_PROGRAMS),
  })
  const files = Object.entries({ ...FILES, ...(isTest && TEST_FILES) })
  const missing = [
    ...programs.filter(([program]) => !isOnPath(program)),
    ...files.filter(([file]) => process.platform === 'linux' && !existsSync(file)),
  ].flatMap(([, packages]) => packages)
  if (missing.length === 0) return
  const command = ['apt-get', 'install', '-y', '--no-install-recommends', ...missing]
  if (process.getuid?.() === 0 && isOnPath('apt-get')) {
    process.stderr.write(`Installing ${missing.join(', ')}, once…\n`)
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    run('apt-get', ['update', '-qq'], { env })
    if (run(command[0], ['-qq', ...command.slice(1)], { env })) return
  }
  process.stderr.write(`Missing: ${missing.join(', ')}. Install with: sudo ${command.join(' ')}\n`)
}

const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'resources',
  'vite.config.ts',
  'package-lock.json',
]

/** Thousands of clips, which are served as they lie there. */
const VOICE = join(root, 'resources', 'voice')

/** Newest change below a path, ms. */
function newest(path) {
  if (path === VOICE) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path).reduce(
    (latest, name) => Math.max(latest, newest(join(path, name))),
    stat.mtimeMs,
  )
}

/** Builds page, core and shells when a source is newer than the last build. */
export function ensureBuilt(node) {
  const stamp = join(root, 'dist', '.built')
  const changed = Math.max(...SOURCES.map((name) => newest(join(root, name))))
  if (existsSync(stamp) && statSync(stamp).mtimeMs > changed) return
  const began = Date.now()
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  if (!run(node, [vite, 'build', '--app', '--logLevel', 'warn'], { env: environment(node) })) {
    fail('the build failed: see the lines above')
  }
  mkdirSync(dirname(stamp), { recursive: true })
  writeFileSync(stamp, '')
  process.stderr.write(`Built in ${((Date.now() - began) / 1000).toFixed(1)} s\n`)
}

/**
 * Makes ready what a script needs, and returns the Node to run it with. `system`: look for the
 * system's packages, to `run` the kiosk, to `test` it, to test it on `hardware`, or to render its `voice`; `built`: the script runs what is built.
 */
export function prepare({ system, built = false }) {
  if (system !== undefined) ensureSystem(system)
  ensureDependencies()
  const node = pinnedNode()
  if (built) ensureBuilt(node)
  return node
}

/** The environment in which `node` resolves to the pinned one for every child. */
export function environment(node) {
  return { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` }
}
