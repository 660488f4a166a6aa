import {
  fits,
  readCommandLine,
  type Command,
  type ExitCode,
  type OptionName,
  type Run,
} from './cli/command.ts'

/** The code of a command, loaded when the command is given: no one of them needs all of the kiosk. */
const from =
  <Module>(load: () => Promise<Module>, pick: (module: Module) => Run): Run =>
  async (context) =>
    pick(await load())(context)

const card = () => import('./cli/card.ts')
const cardChip = () => import('./cli/card-chip.ts')
const catalogue = () => import('./cli/catalogue.ts')
const check = () => import('./cli/check.ts')
const devices = () => import('./cli/devices.ts')
const form = () => import('./cli/form.ts')
const language = () => import('./cli/language.ts')
const languageStudio = () => import('./cli/language-studio.ts')
const outbox = () => import('./cli/outbox.ts')
const outboxActions = () => import('./cli/outbox-actions.ts')
const outboxTransfer = () => import('./cli/outbox-transfer.ts')
const rehearse = () => import('./cli/rehearse.ts')
const staff = () => import('./cli/staff.ts')
const store = () => import('./cli/store.ts')

/** The `kiosk` command for technicians and scripts. Exit 0 yes, 1 no, 2 could not run. */
const commands: ReadonlyMap<string, Command> = new Map([
  [
    'card parse',
    {
      run: from(card, (module) => module.parseCard),
      takes: '',
      about: "what a scanner's payload on stdin is",
    },
  ],
  [
    'card read',
    {
      run: from(cardChip, (module) => module.readCard),
      takes: '',
      about:
        "the chip of the card on the reader: --can DIGITS, --mrz LINES, or a card's QR on stdin",
      options: ['can', 'mrz'],
    },
  ],
  [
    'catalogue import',
    {
      run: from(catalogue, (module) => module.importCatalogueFiles),
      takes: 'FILE …',
      about: 'take in national procedure data (list or detail)',
    },
  ],
  [
    'catalogue search',
    {
      run: from(catalogue, (module) => module.searchCatalogue),
      takes: 'WORDS …',
      about: 'find a procedure, tone marks not needed; --limit N',
      options: ['limit'],
    },
  ],
  [
    'catalogue show',
    {
      run: from(catalogue, (module) => module.showProcedure),
      takes: 'CODE',
      about: 'one procedure',
    },
  ],
  [
    'check',
    {
      run: from(check, (module) => module.checkKiosk),
      takes: '',
      about: 'what keeps citizens from procedures that this kiosk has, and what to do',
    },
  ],
  [
    'devices identify',
    {
      run: from(devices, (module) => module.identifyDevices),
      takes: '',
      about: 'what is plugged in and not used, and the lines of the profile for it',
    },
  ],
  [
    'devices list',
    {
      run: from(devices, (module) => module.listDevices),
      takes: '',
      about: 'the devices, their states, what to do',
    },
  ],
  [
    'devices test',
    {
      run: from(devices, (module) => module.testDevice),
      takes: 'ROLE',
      about: 'ask a printer now, or wait for one scan',
    },
  ],
  [
    'devices watch',
    {
      run: from(devices, (module) => module.watchDevices),
      takes: '',
      about: 'every change, until Ctrl-C',
    },
  ],
  [
    'form check',
    {
      run: from(form, (module) => module.checkForms),
      takes: 'CODE …',
      about: 'what is wrong with a form (a code or a file), and what is still to be confirmed',
    },
  ],
  [
    'form coverage',
    {
      run: from(form, (module) => module.coverForms),
      takes: 'CODE …',
      about: 'choices, boxes and papers that nobody reaches; all',
    },
  ],
  [
    'form import',
    {
      run: from(form, (module) => module.importForm),
      takes: 'FILE',
      about: "a form of Form.io's builder as a procedure",
    },
  ],
  [
    'form sign',
    {
      run: from(form, (module) => module.signForms),
      takes: 'DIR',
      about: "a commune's own procedures, with its private key; --key FILE",
      options: ['key'],
    },
  ],
  [
    'form preview',
    {
      run: from(form, (module) => module.previewForm),
      takes: 'CODE',
      about: 'its questions as they are asked',
    },
  ],
  [
    'language list',
    {
      run: from(language, (module) => module.listLanguages),
      takes: '',
      about: 'the languages of this kiosk, and how much of each',
    },
  ],
  [
    'language check',
    {
      run: from(language, (module) => module.checkLanguage),
      takes: 'DIR',
      about: 'every clip of a language pack, and what is recorded of each procedure',
    },
  ],
  [
    'language studio',
    {
      run: from(languageStudio, (module) => module.openStudio),
      takes: 'DIR',
      about: 'record a language pack; --tag TAG --name NAME for a new one, --port N',
      options: ['tag', 'name', 'port'],
    },
  ],
  [
    'language sign',
    {
      run: from(language, (module) => module.signLanguagePack),
      takes: 'DIR',
      about: "a language pack, with the commune's private key; --key FILE --version V",
      options: ['key', 'version'],
    },
  ],
  [
    'language load',
    {
      run: from(language, (module) => module.loadLanguage),
      takes: 'DIR',
      about: 'install a signed language pack on this kiosk',
    },
  ],
  [
    'language remove',
    {
      run: from(language, (module) => module.removeLanguagePack),
      takes: 'TAG',
      about: 'take a language away from this kiosk',
    },
  ],
  [
    'outbox list',
    {
      run: from(outbox, (module) => module.listOutbox),
      takes: '',
      about: 'the filings on this kiosk, no contents',
    },
  ],
  [
    'outbox show',
    {
      run: from(outbox, (module) => module.showOutbox),
      takes: 'REF …',
      about: 'one filing, by its slip',
    },
  ],
  [
    'outbox status',
    {
      run: from(outbox, (module) => module.printOutboxStatus),
      takes: '',
      about: 'counts, the way to the portal, and the alarms',
    },
  ],
  [
    'outbox retry',
    {
      run: from(outboxActions, (module) => module.staffAction('retry')),
      takes: 'REF …',
      about: 'try it again; the portal is asked first where it may have it',
      options: ['actor', 'not-at-portal'],
    },
  ],
  [
    'outbox hold',
    {
      run: from(outboxActions, (module) => module.staffAction('hold')),
      takes: 'REF …',
      about: 'keep it back',
      options: ['actor'],
    },
  ],
  [
    'outbox release',
    {
      run: from(outboxActions, (module) => module.staffAction('release')),
      takes: 'REF …',
      about: 'let it go on',
      options: ['actor'],
    },
  ],
  [
    'outbox hand-over',
    {
      run: from(outboxActions, (module) => module.staffAction('handOver')),
      takes: 'REF …',
      about: 'it goes on paper: --paper-taken, then it is erased here',
      options: ['actor', 'paper-taken', 'not-at-portal'],
    },
  ],
  [
    'outbox withdraw',
    {
      run: from(outboxActions, (module) => module.staffAction('withdraw')),
      takes: 'REF …',
      about: 'take it back, at the portal first',
      options: ['actor', 'not-at-portal'],
    },
  ],
  [
    'outbox transfer-key',
    {
      run: from(outboxTransfer, (module) => module.printTransferKey),
      takes: '',
      about: 'the key that another kiosk seals to',
    },
  ],
  [
    'outbox export',
    {
      run: from(outboxTransfer, (module) => module.exportOutbox),
      takes: 'DIR [REF …]',
      about: 'sealed filings onto a stick, for the kiosk of --to KEYFILE',
      options: ['actor', 'to'],
    },
  ],
  [
    'outbox import',
    {
      run: from(outboxTransfer, (module) => module.importOutbox),
      takes: 'DIR',
      about: 'what another kiosk has exported to this one',
      options: ['actor'],
    },
  ],
  [
    'rehearse',
    {
      run: from(rehearse, (module) => module.rehearse),
      takes: '',
      about: 'the whole journey in the sandbox; --procedure CODE|all: each and every way of it',
      options: ['procedure'],
    },
  ],
  [
    'staff add',
    {
      run: from(staff, (module) => module.addAssistant),
      takes: 'ID',
      about: 'who may unlock this kiosk: PIN and card as lines on stdin; --counter PLACE',
      options: ['actor', 'counter'],
    },
  ],
  [
    'staff calls',
    {
      run: from(staff, (module) => module.listCalls),
      takes: '',
      about: 'where somebody waits for a person',
    },
  ],
  [
    'staff journal',
    {
      run: from(staff, (module) => module.printHelpJournal),
      takes: '',
      about: 'who helped with what kind of step; --limit N',
      options: ['limit'],
    },
  ],
  [
    'staff list',
    {
      run: from(staff, (module) => module.listAssistants),
      takes: '',
      about: 'the assistants, and wrong tries',
    },
  ],
  [
    'staff remove',
    {
      run: from(staff, (module) => module.removeAssistant),
      takes: 'ID',
      about: 'who may not any more',
      options: ['actor'],
    },
  ],
  [
    'staff reset',
    {
      run: from(staff, (module) => module.resetTries),
      takes: '',
      about: 'take tries to unlock again after too many wrong ones',
      options: ['actor'],
    },
  ],
  [
    'staff watch',
    {
      run: from(staff, (module) => module.watchCalls),
      takes: '',
      about: 'every call for a person, until Ctrl-C',
    },
  ],
  [
    'store recover',
    {
      run: from(store, (module) => module.recoverKiosk),
      takes: '',
      about: 'a lost key: by the recovery key; --key FILE',
      options: ['key'],
    },
  ],
  [
    'store rotate',
    {
      run: from(store, (module) => module.rotateKiosk),
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
