import { z } from 'zod'
import { keyringAnswerSchema, keyringQuestionSchema } from './keyring-link.ts'
import { paperAnsweredSchema, paperQuestionSchema } from './paper-link.ts'

/**
 * What a shell and the core say to each other, over `process.send` (browser host) or a utility
 * process's message port (Electron). Of a citizen's data only captured pages travel here, and in Electron alone.
 */

/** Delays of the link, milliseconds. */
export const LINK_TIMES = {
  /** The core says `alive` this often. */
  HEARTBEAT_MS: 2_000,
  /** A core from which nothing was heard for this long hangs, and is killed. */
  SILENCE_MS: 10_000,
  /** A core that was asked to stop has this long to close its store. */
  STOP_MS: 5_000,
  /** A keyring that has not answered by then waits for somebody who is not there. */
  KEYRING_MS: 8_000,
} as const

/**
 * For V8 in the core: a long outage is read in at a start and leaves garbage, for which the heap of
 * young objects would otherwise grow by 20 MiB and more that are never needed again.
 */
export const CORE_NODE_ARGS = ['--max-semi-space-size=4'] as const

/** Exit codes of a core that ends by itself, besides 0 (asked to, or wanted afresh) and 1 (a bug). */
export const CORE_EXITS = {
  /** The disk failed under the store; the number is that of `EX_IOERR` in sysexits.h. */
  STORE_DIED: 74,
} as const

/** How the core takes calls: as an HTTP server on 127.0.0.1, or on ports that the shell sends. */
const serveSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('loopback'),
    /** 0: any free port; after a restart the shell asks for the one it had. */
    port: z.int().min(0).max(65_535),
    /** Absolute path of the built page. */
    pageDir: z.string().min(1),
    /** Proof that a page was opened by the shell; it travels in the URL's fragment. */
    token: z.string().min(32),
  }),
  z.strictObject({ kind: z.literal('ports') }),
])

export const coreOptionsSchema = z.strictObject({
  /** Absolute path of the folder that holds everything this kiosk keeps. */
  dataDir: z.string().min(1),
  training: z.boolean(),
  /** Training: the file that tells where the invented world's portal and devices are. */
  worldFile: z.string().min(1).nullable(),
  serve: serveSchema,
})
/** What a core needs to know to start; see `coreOptionsSchema`. */
export type CoreOptions = z.infer<typeof coreOptionsSchema>

export const toCoreSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('start'), options: coreOptionsSchema }),
  /** One `MessagePort` to a page travels with it. */
  z.strictObject({ type: z.literal('port') }),
  z.strictObject({ type: z.literal('stop') }),
  /** A page asks for a paper, or brings one. */
  z.strictObject({ type: z.literal('paper'), id: z.int(), question: paperQuestionSchema }),
  /** The answer to the question of that number. */
  z.strictObject({ type: z.literal('keyring'), id: z.int(), answer: keyringAnswerSchema }),
])
/** Shell to core. `start` comes once and first. */
export type ToCore = z.infer<typeof toCoreSchema>

export const toShellSchema = z.discriminatedUnion('type', [
  /** Calls are taken from now on. `address` is `http://127.0.0.1:PORT`, null when it takes ports. */
  z.strictObject({ type: z.literal('ready'), address: z.url().nullable() }),
  z.strictObject({ type: z.literal('alive') }),
  z.strictObject({ type: z.literal('keyring'), id: z.int(), question: keyringQuestionSchema }),
  z.strictObject({ type: z.literal('paper'), id: z.int(), answer: paperAnsweredSchema }),
  /** The core cannot go on and will exit; `message` is one English line for stderr. */
  z.strictObject({
    type: z.literal('fatal'),
    code: z.string().max(64),
    message: z.string().max(1_000),
  }),
])
/** Core to shell. */
export type ToShell = z.infer<typeof toShellSchema>
