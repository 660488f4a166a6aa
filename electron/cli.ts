import { parseCard } from './cli/card.ts'
import { importCatalogueFiles, searchCatalogue, showProcedure } from './cli/catalogue.ts'
import { readCommandLine, type Command } from './cli/command.ts'
import { listOutbox, showOutbox } from './cli/outbox.ts'
import { rehearse } from './cli/rehearse.ts'

/** The `kiosk` command for technicians and scripts. Exit 0 yes, 1 no, 2 could not run. */
const commands: Record<string, Command> = {
  'card parse': parseCard,
  'catalogue import': importCatalogueFiles,
  'catalogue search': searchCatalogue,
  'catalogue show': showProcedure,
  'outbox list': listOutbox,
  'outbox show': showOutbox,
  rehearse,
}

const USAGE = `usage: kiosk COMMAND [--json] [--data-dir DIR]
  card parse                  what a scanner's payload on stdin is
  catalogue import FILE …     take in national procedure data (list or detail)
  catalogue search WORDS      [--limit N]  find a procedure, tone marks not needed
  catalogue show CODE         one procedure
  outbox list                 the filings on this kiosk, without contents
  outbox show REF             one filing, by the reference on its slip
  rehearse                    the whole journey against the sandbox, online and offline`

function complain(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString('utf8')
}

async function main(argv: readonly string[]): Promise<number> {
  const read = readCommandLine(argv)
  if (typeof read === 'string') {
    complain(`${read}; kiosk help lists the commands`)
    return 2
  }
  const two = read.words.slice(0, 2).join(' ')
  const name = two in commands ? two : (read.words[0] ?? '')
  const command = commands[name]
  if (name === 'help') {
    process.stdout.write(`${USAGE}\n`)
    return 0
  }
  if (!command) {
    complain(name === '' ? USAGE : `no such command: ${two}; kiosk help lists the commands`)
    return 2
  }
  return command({
    ...read,
    words: read.words.slice(name.split(' ').length),
    print: (line) => process.stdout.write(`${line}\n`),
    complain,
    readStdin,
  })
}

process.exitCode = await main(process.argv.slice(2))
