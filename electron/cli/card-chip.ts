import { localDate } from '../../shared/domain/local-time.ts'
import {
  keyFromCan,
  keyFromMrz,
  keysFromQr,
  type AccessKey,
  type CardReader,
  type CardReadProblem,
  type ChipReading,
} from '../devices/card-readers/index.ts'
import { decodeScan, parseCode } from '../identity/index.ts'
import { openCardReader } from '../kiosk-devices.ts'
import { kioskFiles, loadProfile } from '../settings/index.ts'
import { systemTimers } from '../timers.ts'
import type { CommandContext, Run } from './command.ts'

/** Delays of the command. */
const LIMITS = {
  /** The technician lays the card on the reader within this time. */
  CARD_MS: 30_000,
  /** For the service and the reader to be found. */
  READER_MS: 3_000,
} as const

/**
 * `card read`: the chip of the card on the reader, on the technician's own terminal. Works on a
 * kiosk without a profile, too, with the first reader and no trust store. Exit 1: not read.
 */
export const readCard: Run = async (context) => {
  const { json, print, complain } = context
  const keys = await findKeys(context)
  if (typeof keys === 'string') {
    complain(keys)
    return 2
  }
  const profile = await loadProfile(kioskFiles(context.dataDir).profile)
  const configured = profile.ok ? profile.value.cardReader : null
  const reader = openCardReader(configured ?? { kind: 'pcsc' }, () => {})
  try {
    const ready = await cardLies(reader)
    if (!ready) {
      const { state } = reader.state()
      if (json) print(JSON.stringify({ ok: false, problem: { code: 'not-ready', state } }))
      else complain(remedies[state === 'reading' || state === 'card' ? 'ready' : state])
      return 1
    }
    const outcome = await reader.read(keys, new AbortController().signal, 'face')
    if (!outcome.ok) {
      if (json) print(JSON.stringify({ ok: false, problem: outcome.error }))
      else complain(remedyOf(outcome.error))
      return 1
    }
    if (json) print(JSON.stringify({ ok: true, ...asJson(outcome.value) }))
    else for (const line of asLines(outcome.value)) print(line)
    return 0
  } finally {
    await reader.close()
  }
}

/** The keys on the command line, or those of the card whose QR code is on stdin. */
async function findKeys({
  can,
  mrz,
  readStdin,
}: CommandContext): Promise<readonly AccessKey[] | string> {
  const keys: AccessKey[] = []
  if (can !== null) {
    const key = keyFromCan(can)
    if (!key) return '--can takes the six digits of the card access number'
    keys.push(key)
  }
  if (mrz !== null) {
    // Others on this machine may read a command line, and the shell remembers it.
    const lines = mrz === '-' ? decodeScan(await readStdin()) : mrz
    const key = keyFromMrz(lines)
    if (key === 'check-digit') return '--mrz has a check digit that does not fit: type it again'
    if (key === 'not-td1') return '--mrz takes the three lines of the card, ninety characters'
    keys.push(key)
  }
  if (keys.length > 0) return keys
  const code = parseCode(decodeScan(await readStdin()), localDate(Date.now()))
  const found = code.kind === 'id-card' ? keysFromQr(code.card) : []
  return found.length > 0
    ? found
    : 'give --can DIGITS or --mrz LINES, or the QR code of the card on stdin'
}

/** Waits until a card lies on the reader; false where none comes, or the reader cannot be used. */
function cardLies(reader: CardReader): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const stop = reader.subscribe(({ state }) => {
    if (state === 'card') resolve(true)
  })
  const cancels = [
    systemTimers.after(LIMITS.READER_MS, () => {
      if (reader.state().state !== 'ready') resolve(reader.state().state === 'card')
    }),
    systemTimers.after(LIMITS.CARD_MS, () => resolve(false)),
  ]
  void promise.then(() => {
    stop()
    for (const cancel of cancels) cancel()
  })
  return promise
}

/** The face as its format and size: bytes of it have no place in a terminal. */
function asJson({ face, spent, ...rest }: ChipReading) {
  const { exchangeMs, outsideMs, commands } = spent
  return {
    ...rest,
    face: face && { format: face.format, bytes: face.bytes.length },
    spent: {
      exchangeMs: Math.round(exchangeMs),
      outsideMs: Math.round(outsideMs),
      commands,
    },
  }
}

function asLines(reading: ChipReading): string[] {
  const { mrz, details, face, groups, authenticity, proofs, spent } = reading
  const missing = Object.entries(groups).filter(([, state]) => state !== 'read')
  return [
    `opened by ${reading.openedBy}`,
    `${mrz.optional}  ${details?.name ?? `${mrz.surname} ${mrz.givenNames}`}  ${mrz.birth}  ${mrz.sex}`,
    ...(details?.residence ? [details.residence] : []),
    `face: ${face ? `${face.format}, ${face.bytes.length} bytes` : 'none'}`,
    `missing: ${missing.map(([name, state]) => `${name} (${state})`).join(', ') || 'nothing'}`,
    `passive authentication: ${authenticity.verdict} (${authenticity.reason})`,
    revocationWords[authenticity.revocation],
    `chip authentication: ${proofs.chip}; active authentication: ${proofs.active}`,
    `${spent.commands} commands, ${Math.round(spent.exchangeMs)} ms in the card, ${Math.round(spent.outsideMs)} ms outside`,
  ]
}

/** What the revocation lists in the trust store say of the card's signer, and what to do. */
const revocationWords = {
  'not-checked': 'revocation: not checked',
  'no-list': 'revocation: no list of this authority: put its CRL file into cardReader.trustDir',
  outdated: 'revocation: the list is out of date: put the newest CRL file into cardReader.trustDir',
  unrevoked: 'revocation: the signer is on no list',
  revoked: 'revocation: the signer is revoked',
} as const

/** One line each: what is wrong and what to do. */
const remedies = {
  ready: 'no card was laid on the reader',
  'no-reader': 'no card reader: plug it in, or check cardReader.reader in the profile',
  'no-service': 'the PC/SC service is away: systemctl start pcscd.socket',
  'no-driver': 'this kiosk was installed without its PC/SC driver: install libpcsclite-dev and g++',
  'not-configured': 'the profile names no card reader',
  'card-removed': 'the card was taken away: lay it on the reader and leave it there',
  'not-an-id-card': 'this is no ID card',
  'wrong-key': 'the key does not open this card: is it of the same card?',
  'needs-mrz': 'this card has no access number: give --mrz LINES',
  unsupported: 'this card opens in ways alone that the kiosk does not know',
  blocked: 'the card refuses every key',
  timeout: 'the card does not answer in time: lay it anew',
  cancelled: 'cancelled',
  busy: 'the reader is reading already',
  'in-use': 'another program holds the card: stop it',
  mute: 'the card does not answer: lay it anew, alone',
} as const

function remedyOf(problem: CardReadProblem): string {
  if (problem.code === 'not-ready') {
    return problem.state === 'card' ? remedies.ready : remedies[problem.state]
  }
  if (problem.code !== 'protocol') return remedies[problem.code]
  const sw = problem.sw === null ? '' : ` (${problem.sw.toString(16)})`
  return `the chip's answers make no sense at ${problem.step}${sw}: lay it anew`
}
