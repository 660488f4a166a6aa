import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import { err, ok, type Result } from '../shared/domain/result.ts'

/** `busy`: another program listens there. `refused`: the system does not give the port to us. */
export type PortProblem = 'busy' | 'refused'

/** Listens on 127.0.0.1; gives the port. */
export function listen(server: Server, port: number): Promise<Result<number, PortProblem>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve(err(error.code === 'EADDRINUSE' ? 'busy' : 'refused')),
    )
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? ok(address.port) : err('refused'))
    })
  })
}

/** The path as it was sent, still encoded. Not `new URL`: it throws on `//`, and anybody may send that. */
export function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/)[0] ?? '/'
}

/** Whether it is the secret that was expected; how long it takes tells nothing. */
export function sameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(expected))
}
