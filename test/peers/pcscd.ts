import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const DRIVER = '/usr/lib/pcsc/drivers/serial/libifdvpcd.so'

/** Why there can be no PC/SC service of our own here; null where there can. */
export function missingPcscd(): string | null {
  const onPath = (program: string) => spawnSync('which', [program]).status === 0
  if (!onPath('pcscd') || !existsSync(DRIVER)) {
    return 'needs pcscd and vpcd: apt-get install pcscd vsmartcard-vpcd'
  }
  if (spawnSync(process.execPath, ['-e', "require('smartcard')"]).status !== 0) {
    return 'needs smartcard, compiled: apt-get install libpcsclite-dev g++ make python3'
  }
  if (!onPath('socat') || !onPath('ip')) return 'needs socat and ip: apt-get install socat iproute2'
  const namespaces = spawnSync('unshare', ['-n', '-m', '-p', '-f', 'true']).status === 0
  return namespaces ? null : 'needs root, for namespaces of its own'
}

/** A real PC/SC service with two virtual readers, apart from the machine's own. */
export interface Pcscd {
  /** What a client's PCSCLITE_CSOCK_NAME must say. */
  readonly socket: string
  /** Where a card is laid on the first reader. */
  readonly reader: { readonly path: string }
  /** Starts the service; done when it takes clients. */
  start(): Promise<void>
  /** Ends it without a word, and with it every card on its readers. */
  kill(): Promise<void>
  /**
   * Takes the reader away and gives it back. The service is started anew each time: it lets go of no
   * virtual reader while it runs.
   */
  unplug(): Promise<void>
  plug(): Promise<void>
  /** Stops and continues the service, as a driver does that hangs. */
  freeze(): void
  thaw(): void
  close(): Promise<void>
}

/**
 * Sets the service up in namespaces of its own: vpcd listens on all addresses, but there is only
 * the loopback; /run/pcscd is a folder of this test; and all of it ends with this process, which
 * feeds the shell that is the namespace's first process.
 */
export async function createPcscd(): Promise<Pcscd> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-pcscd-'))
  const [run, config] = [join(dir, 'run'), join(dir, 'config')]
  await mkdir(run)
  await mkdir(config)
  const port = 35_963
  const nameReader = () =>
    writeFile(
      join(config, 'vpcd'),
      `FRIENDLYNAME "Kiosk Test Reader"\nDEVICENAME /dev/null:${port}\nLIBPATH ${DRIVER}\nCHANNELID ${port}\n`,
    )
  await nameReader()
  const socket = join(run, 'pcscd.comm')
  const card = join(run, 'card.sock')
  let shell: ReturnType<typeof begin> | null = null

  function begin() {
    const child = spawn('unshare', ['-n', '-m', '-p', '-f', '--kill-child', 'sh'], {
      stdio: ['pipe', 'ignore', 'ignore'],
    })
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.stdin.on('error', () => {})
    return {
      say: (line: string) => child.stdin.write(`${line}\n`),
      end: () => child.stdin.end(),
      ended,
    }
  }

  async function start() {
    const begun = begin()
    shell = begun
    begun.say('ip link set lo up; mkdir -p /run/pcscd')
    // vpcd writes an answer in two pieces; without this each would wait for a delayed ACK.
    const route = 'dev lo table local proto kernel scope host src 127.0.0.1 quickack 1'
    begun.say(`ip route change local 127.0.0.1 ${route}`)
    begun.say(`mount --bind '${run}' /run/pcscd`)
    begun.say(`pcscd --foreground --config '${config}' & PCSCD=$!`)
    begun.say(`socat UNIX-LISTEN:'${card}',fork TCP:127.0.0.1:${port},nodelay &`)
    // No way to be told: neither program says on which socket it listens.
    while (!existsSync(socket) || !existsSync(card)) {
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async function kill() {
    shell?.end()
    await shell?.ended
    shell = null
    await rm(socket, { force: true })
    await rm(card, { force: true })
  }

  return {
    socket,
    reader: { path: card },
    start,
    kill,
    async unplug() {
      await rm(join(config, 'vpcd'))
      await kill()
      await start()
    },
    async plug() {
      await nameReader()
      await kill()
      await start()
    },
    freeze: () => shell?.say('kill -STOP $PCSCD'),
    thaw: () => shell?.say('kill -CONT $PCSCD'),
    async close() {
      shell?.say('kill -CONT $PCSCD')
      await kill()
      await rm(dir, { recursive: true, force: true })
    },
  }
}
