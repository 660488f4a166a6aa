import { parseArgs } from 'node:util'
import { defaultDataDir } from '../settings/index.ts'

/** Yes, no, or could not run. */
export type ExitCode = 0 | 1 | 2

/** What every command gets: its words, where the kiosk's data are, and how to speak. */
export interface CommandContext {
  readonly words: readonly string[]
  readonly json: boolean
  readonly dataDir: string
  readonly limit: number
  /** One result on stdout. */
  print(line: string): void
  /** One line on stderr: what is wrong and what to do. */
  complain(line: string): void
  readStdin(): Promise<string>
}

export type Command = (context: CommandContext) => Promise<ExitCode>

const DEFAULT_HITS = 10

/** Reads the options that all commands share; a string says what is wrong with them. */
export function readCommandLine(
  argv: readonly string[],
): Pick<CommandContext, 'words' | 'json' | 'dataDir' | 'limit'> | string {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean', default: false },
        'data-dir': { type: 'string' },
        limit: { type: 'string', default: String(DEFAULT_HITS) },
      },
    })
    const limit = Number(values.limit)
    if (!Number.isInteger(limit) || limit < 1) return '--limit takes a number from 1'
    return {
      words: positionals,
      json: values.json,
      dataDir: values['data-dir'] ?? defaultDataDir(false),
      limit,
    }
  } catch (error) {
    return error instanceof Error ? (error.message.split('\n')[0] ?? 'bad options') : 'bad options'
  }
}
