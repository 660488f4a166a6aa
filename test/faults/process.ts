import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { CrashPoint } from '../../electron/outbox/crash-point.ts'
import { inventedSchema } from './kiosk.ts'

const CHILD = fileURLToPath(new URL('kiosk.child.ts', import.meta.url))

/** What the process of a kiosk is told. */
export const ordersSchema = z.object({
  dir: z.string(),
  url: z.string(),
  receiptKeys: z.record(z.string(), z.string()),
  /** How many filings are confirmed at once. */
  file: z.int().min(0).default(0),
  /** Confirms exactly this filing again, as a screen that got no answer does. */
  again: z.object({ invented: inventedSchema, requestId: z.string(), body: z.string() }).optional(),
  /** Sizes of the papers of each filing, in bytes. */
  papers: z.array(z.int()).default([]),
  /** Dies in the middle of the scan of its first paper. */
  dieInScan: z.boolean().default(false),
  /**
   * The disk becomes full in the middle of this paper of the last filing, or right before its
   * confirmation: an empty file of the disk shim, or the part of the paths that are full.
   */
  fullDisk: z.object({ at: z.string(), fault: z.string(), part: z.string() }).optional(),
  /** Dies after the commit of the last filing, before its slip is written. */
  dieBeforeSlip: z.boolean().default(false),
  /** Later schemas, for a death in the middle of a migration. */
  laterSchemas: z.array(z.string()).default([]),
  /** Empties the write-ahead log after every so many filings. */
  checkpointEvery: z.int().min(0).default(0),
  /** Whether it sends. */
  deliver: z.boolean().default(true),
})

/** What the process says, a JSON object on each line, written before it goes on. */
export const wordSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opening') }),
  z.object({ kind: z.literal('open') }),
  /** Its first paper is being scanned. */
  z.object({ kind: z.literal('scanning'), invented: inventedSchema }),
  /** About to be confirmed. */
  z.object({
    kind: z.literal('asked'),
    invented: inventedSchema,
    requestId: z.string(),
    body: z.string(),
  }),
  /** A scan or a confirmation came to nothing; it is tried again at the next `goOn`. */
  z.object({
    kind: z.literal('refused'),
    at: z.string(),
    invented: inventedSchema,
    code: z.string(),
  }),
  z.object({ kind: z.literal('slip'), invented: inventedSchema, shortRef: z.string() }),
  z.object({ kind: z.literal('state'), clientRef: z.string(), state: z.string() }),
])

/** A line of the process. */
export type Word = z.infer<typeof wordSchema>

/**
 * Starts a kiosk in a process of its own. `crashAt` is a name of `crash-point.ts`; `env` is added
 * to its environment.
 */
export function startKiosk(
  options: z.input<typeof ordersSchema> & {
    readonly crashAt?: CrashPoint
    readonly env?: Readonly<Record<string, string>>
  },
) {
  const { crashAt, env, ...orders } = options
  const child = spawn(process.execPath, [CHILD, JSON.stringify(orders)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...env, ...(crashAt !== undefined && { OUTBOX_CRASH_AT: crashAt }) },
  })
  const words: Word[] = []
  const listeners = new Set<() => void>()
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (line) => {
    words.push(wordSchema.parse(JSON.parse(line)))
    for (const listener of listeners) listener()
  })
  const ended = Promise.all([once(child, 'exit'), once(lines, 'close')]).then(([[, signal]]) => ({
    signal: String(signal),
  }))

  return {
    words,
    /** The filings whose slips were given. */
    slips: () => words.flatMap((word) => (word.kind === 'slip' ? [word.invented] : [])),

    /**
     * Resolves at the first word that fits, each being looked at once; rejects if the process ends
     * without it.
     */
    hear: (fits: (word: Word) => boolean): Promise<Word> =>
      new Promise((resolve, reject) => {
        let looked = 0
        const look = (): void => {
          while (looked < words.length) {
            const word = words[looked]
            looked += 1
            if (word === undefined || !fits(word)) continue
            listeners.delete(look)
            return resolve(word)
          }
        }
        listeners.add(look)
        look()
        void ended.then(() => reject(new Error('the kiosk ended without a word of it')))
      }),

    /** It tries again what was refused. */
    goOn: (): void => void child.stdin.write('\n'),

    /** Resolves when the process is gone by its own or another's hand. */
    ended,

    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await ended
    },
  }
}
