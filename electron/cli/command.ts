import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { actorSchema } from '../../shared/contract/index.ts'
import { defaultDataDir } from '../settings/index.ts'

/** Yes, no, or could not run. */
export type ExitCode = 0 | 1 | 2

/** The options that not every command takes, by their names on the command line. */
const OPTIONS = {
  limit: { type: 'string' },
  actor: { type: 'string' },
  to: { type: 'string' },
  key: { type: 'string' },
  can: { type: 'string' },
  mrz: { type: 'string' },
  procedure: { type: 'string' },
  counter: { type: 'string' },
  'paper-taken': { type: 'boolean' },
  'not-at-portal': { type: 'boolean' },
  tag: { type: 'string' },
  name: { type: 'string' },
  port: { type: 'string' },
  version: { type: 'string' },
} as const
export type OptionName = keyof typeof OPTIONS

/** What stands on a command line beside its words. */
type Options = {
  readonly json: boolean
  /** Absolute. */
  readonly dataDir: string
  readonly limit: number
  /** A role or an account, never a name; it stays in the journal. */
  readonly actor: string
  /** Path of a file; null where it was not given. */
  readonly to: string | null
  /** File of a private key; null where it was not given. */
  readonly key: string | null
  /** What opens a chip, as typed; null where it was not given. */
  readonly can: string | null
  readonly mrz: string | null
  /** A procedure's code or `all`; null where it was not given. */
  readonly procedure: string | null
  /** Where an assistant works; null where it was not given. */
  readonly counter: string | null
  readonly paperTaken: boolean
  readonly notAtPortal: boolean
  /** BCP 47; null where it was not given. */
  readonly tag: string | null
  /** As the speakers of a language call it; null where it was not given. */
  readonly name: string | null
  /** 0 where it was not given: any free one. */
  readonly port: number
  /** Which issue of a pack it is; null where it was not given. */
  readonly version: string | null
}

/** What every command gets: its words, where the kiosk's data are, and how to speak. */
export interface CommandContext extends Options {
  readonly words: readonly string[]
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
  readonly options?: readonly OptionName[]
}

/** A command line, read. */
export interface CommandLine extends Options {
  readonly words: readonly string[]
  readonly help: boolean
  /** The options that were given, of those that not every command takes. */
  readonly given: readonly OptionName[]
}

/** What holds where an option is left out. */
const DEFAULTS = { LIMIT: 10, ACTOR: 'technician' } as const

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
        ...OPTIONS,
      },
    })
    const limit = values.limit === undefined ? DEFAULTS.LIMIT : Number(values.limit)
    if (!(Number.isSafeInteger(limit) && limit >= 1)) {
      return '--limit takes a whole number from 1'
    }
    const port = values.port === undefined ? 0 : Number(values.port || Number.NaN)
    if (!(Number.isInteger(port) && port >= 0 && port <= 65_535)) {
      return '--port takes a number from 0 to 65535'
    }
    if (values['data-dir'] === '') return '--data-dir takes a folder'
    if (values.key === '') return '--key takes a file'
    if (values.to === '') return '--to takes a file'
    if (values.counter === '') return '--counter takes a place such as "Quầy 2"'
    const actor = actorSchema.safeParse(values.actor ?? DEFAULTS.ACTOR).data
    if (actor === undefined) {
      return '--actor takes a role or an account such as technician, in small letters, never a name'
    }
    return {
      words: positionals,
      json: values.json,
      help: values.help,
      dataDir: resolve(values['data-dir'] ?? defaultDataDir(false)),
      limit,
      actor,
      to: values.to ?? null,
      key: values.key ?? null,
      can: values.can ?? null,
      mrz: values.mrz ?? null,
      procedure: values.procedure ?? null,
      counter: values.counter ?? null,
      paperTaken: values['paper-taken'] ?? false,
      notAtPortal: values['not-at-portal'] ?? false,
      tag: values.tag ?? null,
      name: values.name ?? null,
      port,
      version: values.version ?? null,
      given: optionNames.filter((name) => values[name] !== undefined),
    }
  } catch (error) {
    // Node explains over several sentences how to type a dash; the first says what is wrong.
    const message = error instanceof Error ? error.message : 'bad options'
    return message.split(/\. |\.?\n/)[0] ?? message
  }
}

const optionNames = [
  'limit',
  'actor',
  'to',
  'key',
  'can',
  'mrz',
  'procedure',
  'counter',
  'paper-taken',
  'not-at-portal',
  'tag',
  'name',
  'port',
  'version',
] as const

/** Whether these words are what the command takes. */
export function fits({ takes }: Command, words: readonly string[]): boolean {
  if (takes === '') return words.length === 0
  return takes.includes('…') ? words.length > 0 : words.length === 1
}
