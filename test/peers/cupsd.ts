import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { missingPrograms } from '../fixtures/missing-programs.ts'
import { freePort, takesConnections } from '../fixtures/tcp-port.ts'

/** Types of files by their first bytes, of Debian's package. */
const TYPES = '/usr/share/cups/mime/mime.types'

/** Why there can be no CUPS of our own here; null where there can. */
export function missingCupsd(): string | null {
  const missing = missingPrograms({ cupsd: 'cups-daemon', lpadmin: 'cups-client' })
  if (missing !== null) return missing
  return process.getuid?.() === 0 ? null : 'needs root, which hands the spool to its backend'
}

/**
 * How a queue is made.
 * - `everywhere`: CUPS asks the printer what it takes, and makes a driver of it.
 * - `raw`: no driver; everything goes through as it comes.
 */
export type QueueKind = 'everywhere' | 'raw'

/** A scheduler of our own, apart from the machine's: its settings, its spool, a port of loopback. */
export interface Cupsd {
  /** Makes a queue for a printer; returns the address to print to. */
  addQueue(name: string, kind: QueueKind, device: string): string
  /** Runs a program of CUPS against this scheduler, such as `cupsdisable NAME`. */
  command(program: string, ...args: readonly string[]): string
  start(): Promise<void>
  stop(): Promise<void>
  close(): Promise<void>
  /** What the scheduler has logged. */
  log(): string
}

/**
 * Sets it up without `cups-filters`: what no filter can turn into something else goes through as it
 * is. `convert` are lines for its table of filters, in which `-` stands for "as it is".
 */
export async function startCupsd(convert: readonly string[] = []): Promise<Cupsd> {
  const dir = mkdtempSync(join(tmpdir(), 'kiosk-cupsd-'))
  // Its backend runs as `lp`, and reads the spool.
  chmodSync(dir, 0o711)
  const at = (name: string) => join(dir, name)
  for (const name of ['etc', 'spool', 'tmp', 'cache', 'state', 'data', 'data/mime']) {
    mkdirSync(at(name))
  }
  copyFileSync(TYPES, at('data/mime/mime.types'))
  writeFileSync(at('data/mime/kiosk.convs'), `${convert.join('\n')}\n`)
  const port = await freePort()
  writeFileSync(
    at('etc/cupsd.conf'),
    `Listen 127.0.0.1:${port}
Browsing Off
WebInterface No
LogLevel debug
DefaultAuthType None
<Location />
  Order allow,deny
  Allow 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
`,
  )
  writeFileSync(
    at('etc/cups-files.conf'),
    `ServerRoot ${at('etc')}
DataDir ${at('data')}
RequestRoot ${at('spool')}
TempDir ${at('tmp')}
CacheDir ${at('cache')}
StateDir ${at('state')}
AccessLog ${at('access')}
ErrorLog ${at('log')}
PageLog ${at('pages')}
`,
  )
  const server = `127.0.0.1:${port}`
  let child: ChildProcess | null = null

  const cupsd: Cupsd = {
    addQueue(name, kind, device) {
      cupsd.command('lpadmin', '-p', name, '-v', device, '-m', kind, '-E')
      return `ipp://localhost:${port}/printers/${name}`
    },
    command(program, ...args) {
      const env = { ...process.env, CUPS_SERVER: server, LC_ALL: 'C' }
      const done = spawnSync(program, args, { env, encoding: 'utf8' })
      if (done.status !== 0) throw new Error(`${program}: ${done.stderr}`)
      return done.stdout
    },
    async start() {
      const args = ['-f', '-c', at('etc/cupsd.conf'), '-s', at('etc/cups-files.conf')]
      child = spawn('cupsd', args, { stdio: 'ignore' })
      for (let left = 400; !(await takesConnections(port)); left -= 1) {
        if (left === 0) throw new Error('cupsd did not start')
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    },
    async stop() {
      if (child === null || child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
      child = null
    },
    async close() {
      await cupsd.stop()
      rmSync(dir, { recursive: true, force: true, maxRetries: 3 })
    },
    log: () => readFileSync(at('log'), 'utf8'),
  }
  await cupsd.start()
  return cupsd
}
