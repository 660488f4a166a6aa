import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultDataDir } from '../settings/index.ts'

/** Yes, no, or could not run. */
export type ExitCode = 0 | 1 | 2

/** What every command gets: its words, where the kiosk's data are, and how to speak. */
export interface CommandContext {
  readonly words: readonly string[]
  readonly json: boolean
  /** Absolute. */
  readonly dataDir: string
  readonly limit: number
  /** File of the province's private key; null where it was not given. */
  readonly key: string | null
  /** One result on stdout. */
  print(line: string): void
  /** One line on stderr: what is wrong and what to do. */
  complain(line: string): void
  /** All of stdin; of an endless one as much as shows that it is no payload. */
  readStdin(): Promise<Uint8Array>
}

/** Does the work of one command. What it throws ends as one line on stderr and exit 2. */
export type Run = (context: CommandContext) => Promise<ExitCode>

/** One command, as the table of `kiosk help` shows it. */
export interface Command {
  readonly run: Run
  /** The words after its name: '' for none, `CODE` for one, `FILE …` for one and more. */
  readonly takes: string
  readonly about: string
}

/** The options of all commands. `limit` and `key` are null where they were not given. */
export interface CommandLine {
  readonly words: readonly string[]
  readonly json: boolean
  readonly help: boolean
  readonly dataDir: string
  readonly limit: number | null
  readonly key: string | null
}

/** Reads the command line; a string says what is wrong with it. */
export function readCommandLine(argv: readonly string[]): CommandLine | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
        'data-dir': { type: 'string' },
        limit: { type: 'string' },
        key: { type: 'string' },
      },
    })
    const limit = values.limit === undefined ? null : Number(values.limit)
    if (limit !== null && !(Number.isSafeInteger(limit) && limit >= 1)) {
      return '--limit takes a whole number from 1'
    }
    if (values['data-dir'] === '') return '--data-dir takes a folder'
    if (values.key === '') return '--key takes a file'
    return {
      words: positionals,
      json: values.json,
      help: values.help,
      dataDir: resolve(values['data-dir'] ?? defaultDataDir(false)),
      limit,
      key: values.key ?? null,
    }
  } catch (error) {
    // Node explains over several sentences how to type a dash; the first says what is wrong.
    const message = error instanceof Error ? error.message : 'bad options'
    return message.split(/\. |\.?\n/)[0] ?? message
  }
}

/** Whether these words are what the command takes. */
export function fits({ takes }: Command, words: readonly string[]): boolean {
  if (takes === '') return words.length === 0
  return takes.endsWith('…') ? words.length > 0 : words.length === 1
}
