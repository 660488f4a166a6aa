import { randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createSandboxPortal } from '../../electron/training/portal/index.ts'
import { openSwiftPortal } from './swift-portal.ts'

/**
 * `node servers.ts`: the other ends of a bench over HTTP, in a process of their own, as a portal
 * is: the sandbox, a portal that costs next to nothing, and a plain server that writes every body
 * to a file and answers 204. Writes one line, their addresses, and stays until its standard input
 * ends.
 */
const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-servers-'))
const sandbox = await createSandboxPortal({
  dir,
  port: 0,
  clock: Date,
  validate: () => [],
})
const plain = createServer((request, response) => {
  const file = join(dir, randomUUID())
  void pipeline(request, createWriteStream(file)).then(
    () => response.writeHead(204).end(() => void rm(file)),
    () => response.destroy(),
  )
})
await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve))
const address = plain.address()
if (typeof address !== 'object' || address === null) throw new Error('no address')
const { url, publicKeys } = sandbox
const swift = await openSwiftPortal(dir)
const line = { sandbox: { url, publicKeys }, swift, plain: `http://127.0.0.1:${address.port}` }
process.stdout.write(`${JSON.stringify(line)}\n`)
process.stdin.on('end', () => void rm(dir, { recursive: true }).then(() => process.exit(0)))
process.stdin.resume()
