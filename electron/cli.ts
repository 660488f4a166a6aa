import { readCard } from './cli/card-chip.ts'
import { parseCard } from './cli/card.ts'
import { importCatalogueFiles, searchCatalogue, showProcedure } from './cli/catalogue.ts'
import {
  fits,
  readCommandLine,
  type Command,
  type ExitCode,
  type OptionName,
} from './cli/command.ts'
import { identifyDevices, listDevices, testDevice, watchDevices } from './cli/devices.ts'
import { staffAction } from './cli/outbox-actions.ts'
import { exportOutbox, importOutbox, printTransferKey } from './cli/outbox-transfer.ts'
import { listOutbox, printOutboxStatus, showOutbox } from './cli/outbox.ts'
import { rehearse } from './cli/rehearse.ts'
import { recoverKiosk, rotateKiosk } from './cli/store.ts'

/** The `kiosk` command for technicians and scripts. Exit 0 yes, 1 no, 2 could not run. */
const commands: ReadonlyMap<string, Command> = new Map([
  ['card parse', { run: parseCard, takes: '', about: "what a scanner's payload on stdin is" }],
  [
    'card read',
    {
      run: readCard,
      takes: '',
      about:
        "the chip of the card on the reader: --can DIGITS, --mrz LINES, or a card's QR on stdin",
      options: ['can', 'mrz'],
    },
  ],
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
      options: ['limit'],
    },
  ],
  ['catalogue show', { run: showProcedure, takes: 'CODE', about: 'one procedure' }],
  [
    'devices identify',
    {
      run: identifyDevices,
      takes: '',
      about: 'what is plugged in and not used, and the lines of the profile for it',
    },
  ],
  ['devices list', { run: listDevices, takes: '', about: 'the devices, their states, what to do' }],
  [
    'devices test',
    { run: testDevice, takes: 'ROLE', about: 'ask a printer now, or wait for one scan' },
  ],
  ['devices watch', { run: watchDevices, takes: '', about: 'every change, until Ctrl-C' }],
  ['outbox list', { run: listOutbox, takes: '', about: 'the filings on this kiosk, no contents' }],
  ['outbox show', { run: showOutbox, takes: 'REF …', about: 'one filing, by its slip' }],
  [
    'outbox status',
    { run: printOutboxStatus, takes: '', about: 'counts, the way to the portal, and the alarms' },
  ],
  [
    'outbox retry',
    {
      run: staffAction('retry'),
      takes: 'REF …',
      about: 'try it again; the portal is asked first where it may have it',
      options: ['actor', 'not-at-portal'],
    },
  ],
  [
    'outbox hold',
    { run: staffAction('hold'), takes: 'REF …', about: 'keep it back', options: ['actor'] },
  ],
  [
    'outbox release',
    { run: staffAction('release'), takes: 'REF …', about: 'let it go on', options: ['actor'] },
  ],
  [
    'outbox hand-over',
    {
      run: staffAction('handOver'),
      takes: 'REF …',
      about: 'it goes on paper: --paper-taken, then it is erased here',
      options: ['actor', 'paper-taken', 'not-at-portal'],
    },
  ],
  [
    'outbox withdraw',
    {
      run: staffAction('withdraw'),
      takes: 'REF …',
      about: 'take it back, at the portal first',
      options: ['actor', 'not-at-portal'],
    },
  ],
  [
    'outbox transfer-key',
    { run: printTransferKey, takes: '', about: 'the key that another kiosk seals to' },
  ],
  [
    'outbox export',
    {
      run: exportOutbox,
      takes: 'DIR [REF …]',
      about: 'sealed filings onto a stick, for the kiosk of --to KEYFILE',
      options: ['actor', 'to'],
    },
  ],
  [
    'outbox import',
    {
      run: importOutbox,
      takes: 'DIR',
      about: 'what another kiosk has exported to this one',
      options: ['actor'],
    },
  ],
  [
    'rehearse',
    { run: rehearse, takes: '', about: 'the whole journey in the sandbox, online and offline' },
  ],
  [
    'store recover',
    {
      run: recoverKiosk,
      takes: '',
      about: 'a lost key: by the recovery key; --key FILE',
      options: ['key'],
    },
  ],
  [
    'store rotate',
    {
      run: rotateKiosk,
      takes: '',
      about: 'a new key now, as when staff leave; stop the kiosk first',
    },
  ],
])

/** Numbers of the command line. */
const LIMITS = {
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

function ownersOf(option: OptionName): string {
  const owners = [...commands].filter(([, { options }]) => options?.includes(option))
  return owners.map(([name]) => name).join(', ')
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
  const stray = line.given.find((option) => command.options?.includes(option) !== true)
  if (stray !== undefined) {
    complain(`--${stray} belongs to ${ownersOf(stray)}; ${HELP}`)
    return 2
  }
  return command.run({
    ...line,
    words,
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
