import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const portalSchema = z.object({ url: z.url(), publicKeys: z.record(z.string(), z.string()) })
const peersSchema = z.object({ sandbox: portalSchema, swift: portalSchema, plain: z.url() })

/** The servers of `servers.ts`, running. */
export async function openPeers() {
  const child = spawn(process.execPath, [fileURLToPath(new URL('servers.ts', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    ...peersSchema.parse(JSON.parse(String(line))),
    async close(): Promise<void> {
      const ended = once(child, 'exit')
      child.stdin.end()
      await ended
    },
  }
}
