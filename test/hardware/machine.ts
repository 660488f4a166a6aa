import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Kernel } from './kernel.ts'
import { splitLines } from './lines.ts'
import { DONE, requestSchema, type Request } from './requests.ts'

/** Limits of the virtual machine. */
const MACHINE = {
  /** The whole run: two and a half minutes on two busy cores, without hardware virtualisation. */
  RUN_MS: 400_000,
  /** Until its sockets are there. */
  SOCKETS_MS: 10_000,
  MEMORY_MB: 2048,
} as const

/** The name of the USB serial adapter in QEMU. */
const ADAPTER = 'adapter'

/**
 * Runs the machine until it switches itself off. `onLine` hears its report; the answer is what its
 * console said, for when the report says nothing.
 */
export async function runMachine(
  kernel: Kernel,
  firstFiles: string,
  onLine: (line: string) => void,
): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-machine-'))
  const socket = (name: string) => `socket,id=${name},path=${join(dir, name)},server=on,wait=off`
  const port = (name: string) => [
    '-chardev',
    socket(name),
    '-device',
    `virtserialport,chardev=${name},name=${name}`,
  ]
  const qemu = spawn(
    'qemu-system-x86_64',
    [
      ['-M', 'q35', '-accel', 'tcg,thread=multi', '-cpu', 'Nehalem', '-smp', '2'],
      ['-m', String(MACHINE.MEMORY_MB), '-nodefaults', '-no-reboot', '-display', 'none'],
      ['-serial', 'stdio', '-kernel', kernel.image, '-initrd', firstFiles],
      ['-append', 'console=ttyS0 quiet panic=-1'],
      ['-fsdev', 'local,id=root,path=/,security_model=none,readonly=on,multidevs=remap'],
      ['-device', 'virtio-9p-pci,fsdev=root,mount_tag=hostroot'],
      ['-device', 'virtio-serial-pci', ...port('report'), ...port('requests')],
      ['-device', 'qemu-xhci', '-chardev', socket('far-end')],
      ['-qmp', `unix:${join(dir, 'qmp')},server=on,wait=off`],
    ].flat(),
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  const stop = () => {
    qemu.kill('SIGKILL')
    process.exit(2)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  const ended = once(qemu, 'exit')
  let console = ''
  for (const stream of [qemu.stdout, qemu.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (console += text))
  }
  const limit = setTimeout(() => {
    console += '\nthe machine did not end in time'
    qemu.kill('SIGKILL')
  }, MACHINE.RUN_MS)
  try {
    const open = (name: string) => connectTo(join(dir, name))
    const report = await open('report')
    report.setEncoding('utf8').on('data', splitLines(onLine))
    const monitor = await openMonitor(await open('qmp'))
    const farEnd = await open('far-end')
    farEnd.resume()
    const requests = await open('requests')
    requests.setEncoding('utf8').on(
      'data',
      splitLines((line) => {
        const request = requestSchema.parse(JSON.parse(line))
        void perform(request, monitor, farEnd).then(
          () => requests.write(`${DONE}\n`),
          (problem: unknown) => requests.write(`${String(problem)}\n`),
        )
      }),
    )
    await ended
    for (const one of [report, farEnd, requests]) one.destroy()
  } finally {
    clearTimeout(limit)
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, stop)
    qemu.kill('SIGKILL')
    await rm(dir, { recursive: true })
  }
  return console
}

async function perform(request: Request, monitor: Monitor, farEnd: Socket): Promise<void> {
  switch (request.ask) {
    case 'plug':
      return monitor('device_add', {
        driver: 'usb-serial',
        chardev: 'far-end',
        id: ADAPTER,
        serial: request.serial,
      })
    case 'unplug':
      // QEMU keeps the far end for the adapter until the guest has let go of it.
      return monitor('device_del', { id: ADAPTER }, 'DEVICE_DELETED')
    case 'send':
      farEnd.write(Buffer.from(request.hex, 'hex'))
  }
}

/** Has QEMU do something; settles when it says that it did, or tells the event that ends it. */
type Monitor = (
  command: string,
  args?: Readonly<Record<string, string>>,
  end?: 'DEVICE_DELETED',
) => Promise<void>

/** Events come between the answers. */
const answerSchema = z.looseObject({
  return: z.unknown().optional(),
  error: z.looseObject({ desc: z.string() }).optional(),
  event: z.string().optional(),
})

async function openMonitor(socket: Socket): Promise<Monitor> {
  const said = new EventEmitter()
  socket.setEncoding('utf8').on(
    'data',
    splitLines((line) => {
      const { error, event, ...answer } = answerSchema.parse(JSON.parse(line))
      if (event !== undefined) said.emit(event)
      else if (error !== undefined) said.emit('answer', error.desc)
      else if ('return' in answer) said.emit('answer', null)
    }),
  )
  socket.on('error', () => {})
  const monitor: Monitor = async (command, args = {}, end) => {
    const answered = once(said, 'answer')
    const ended = end && once(said, end)
    socket.write(`${JSON.stringify({ execute: command, arguments: args })}\n`)
    const [problem] = await answered
    if (problem !== null) throw new Error(`QEMU: ${command}: ${problem}`)
    await ended
  }
  await monitor('qmp_capabilities')
  return monitor
}

/** QEMU makes its sockets in its first moments. */
async function connectTo(path: string): Promise<Socket> {
  const until = Date.now() + MACHINE.SOCKETS_MS
  for (;;) {
    const socket = connect(path)
    const opened = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false)
    if (opened) return socket
    if (Date.now() > until) throw new Error('QEMU did not start')
    await delay(50)
  }
}
