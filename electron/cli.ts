import { parseCard } from './cli/card.ts'
import { importCatalogueFiles, searchCatalogue, showProcedure } from './cli/catalogue.ts'
import { fits, readCommandLine, type Command, type ExitCode } from './cli/command.ts'
import { listOutbox, showOutbox } from './cli/outbox.ts'
import { rehearse } from './cli/rehearse.ts'
import { recoverKiosk } from './cli/store.ts'

/** The `kiosk` command for technicians and scripts. Exit 0 yes, 1 no, 2 could not run. */
const commands: ReadonlyMap<string, Command> = new Map([
  ['card parse', { run: parseCard, takes: '', about: "what a scanner's payload on stdin is" }],
  [
    'catalogue import',
    {
      run: importCatalogueFiles,
      takes: 'FILE …',
      about: 'take in national procedure data (list or detail)',
    },
  ],
  [
    'catalogue search',
    {
      run: searchCatalogue,
      takes: 'WORDS …',
      about: 'find a procedure, tone marks not needed; --limit N',
    },
  ],
  ['catalogue show', { run: showProcedure, takes: 'CODE', about: 'one procedure' }],
  ['outbox list', { run: listOutbox, takes: '', about: 'the filings on this kiosk, no contents' }],
  ['outbox show', { run: showOutbox, takes: 'REF …', about: 'one filing, by its slip' }],
  [
    'rehearse',
    { run: rehearse, takes: '', about: 'the whole journey in the sandbox, online and offline' },
  ],
  [
    'store recover',
    { run: recoverKiosk, takes: '', about: 'a lost key: by the recovery key; --key FILE' },
  ],
])

/** Numbers of the command line. */
const LIMITS = {
  DEFAULT_HITS: 10,
  /** No code is nearly as long; reading stops here. */
  STDIN_BYTES: 1024 * 1024,
} as const

const HELP = 'kiosk help lists the commands'

function help(): string {
  const rows = [...commands].map(([name, { takes, about }]) => {
    return `  ${`${name} ${takes}`.trim().padEnd(26)}  ${about}`
  })
  return ['usage: kiosk COMMAND [--json] [--data-dir DIR]', ...rows].join('\n')
}

/** One line, whatever stands in the words that it repeats. */
function complain(text: string): void {
  process.stderr.write(`${text.replace(/[\s\p{Cc}]+/gu, ' ')}\n`)
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of process.stdin) {
    const piece = Buffer.from(chunk)
    chunks.push(piece)
    bytes += piece.length
    if (bytes > LIMITS.STDIN_BYTES) break
  }
  return Buffer.concat(chunks)
}

async function main(argv: readonly string[]): Promise<ExitCode> {
  const line = readCommandLine(argv)
  if (typeof line === 'string') {
    complain(`${line}; ${HELP}`)
    return 2
  }
  const [first = '', second = ''] = line.words
  if (line.help || first === 'help') {
    process.stdout.write(`${help()}\n`)
    return 0
  }
  const name = commands.has(first) ? first : `${first} ${second}`.trim()
  const command = commands.get(name)
  if (command === undefined) {
    complain(name === '' ? `no command was given; ${HELP}` : `no such command: ${name}; ${HELP}`)
    return 2
  }
  const words = line.words.slice(name.split(' ').length).filter((word) => word.trim() !== '')
  if (!fits(command, words)) {
    complain(`usage: kiosk ${name} ${command.takes}`.trimEnd())
    return 2
  }
  if (line.limit !== null && command.run !== searchCatalogue) {
    complain(`--limit belongs to catalogue search; ${HELP}`)
    return 2
  }
  if (line.key !== null && command.run !== recoverKiosk) {
    complain(`--key belongs to store recover; ${HELP}`)
    return 2
  }
  return command.run({
    ...line,
    words,
    limit: line.limit ?? LIMITS.DEFAULT_HITS,
    print: (text) => process.stdout.write(`${text}\n`),
    complain,
    readStdin,
  })
}

/** A failure that no command expected, as one line that quotes nothing it worked on. */
function failure(error: unknown): ExitCode {
  if (error instanceof Error && 'syscall' in error) complain(`could not run: ${error.message}`)
  else {
    const cause = error instanceof Error ? error : new Error('unknown')
    const place = /\bat .*/.exec(cause.stack ?? '')?.[0] ?? ''
    complain(`a fault in this program: ${cause.name} ${place}`.trimEnd())
  }
  return 2
}

// A reader that has seen enough (`| head`) is no failure worth a word.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') complain(`the result could not be written: ${error.code}`)
  process.exit(2)
})
process.exitCode = await main(process.argv.slice(2)).catch(failure)
