import { parentPort } from 'node:worker_threads'
import type * as Driver from 'smartcard'
import type { PcscOrder, PcscWord } from './pcsc-link.ts'
import type { ChannelProblem, ConnectProblem, Presence } from './transport.ts'

/**
 * The program that talks to the PC/SC service; the only importer of `smartcard`. Apart from the
 * core, because half of the driver's calls block. It looks at the reader again and again instead of
 * using the driver's `Devices`: that one connects to every card by itself, and after the service
 * has died it says nothing any more.
 */

type Context = Driver.ContextInterface

/** SCARD_STATE_PRESENT, the same on every system. */
const PRESENT = 0x20

let wanted: string | null = null
let looking: Context | null = null
let talking: Context | null = null
let card: Driver.CardInterface | null = null
/**
 * No reset is due: the card has stopped answering, because it was pulled, or has answered nothing yet
 * and holds no keys.
 */
let leave = true

function say(word: PcscWord): void {
  if (parentPort) parentPort.postMessage(word, [])
  else process.send?.(word)
}

/** The reader that is meant: one with a card on it before the others. */
function pick(context: Context): Driver.ReaderInterface | null {
  const name = wanted
  const fitting = context.listReaders().filter((each) => name === null || each.name.includes(name))
  return fitting.find(({ state }) => (state & PRESENT) !== 0) ?? fitting[0] ?? null
}

function look(driver: typeof Driver): Presence {
  try {
    looking ??= new driver.Context()
    const reader = pick(looking)
    if (!reader) return { state: 'no-reader' }
    return { state: (reader.state & PRESENT) === 0 ? 'empty' : 'card' }
  } catch {
    // Also a context of a service that has died since: the next look makes a new one.
    release(looking)
    looking = null
    return { state: 'no-service' }
  }
}

function release(context: Context | null): void {
  try {
    context?.close()
  } catch {
    // It was gone before.
  }
}

async function connect(driver: typeof Driver): Promise<ConnectProblem | null> {
  disconnect(driver)
  try {
    talking = new driver.Context()
    const reader = pick(talking)
    if (!reader) return 'no-card'
    const protocols = driver.SCARD_PROTOCOL_T0 | driver.SCARD_PROTOCOL_T1
    card = await reader.connect(driver.SCARD_SHARE_EXCLUSIVE, protocols)
    return null
  } catch (error) {
    release(talking)
    talking = null
    return connectProblemOf(error)
  }
}

function disconnect(driver: typeof Driver): void {
  try {
    // A reset that fails confuses pcscd 1.9: it does not see the next card that is laid.
    card?.disconnect(leave ? driver.SCARD_LEAVE_CARD : driver.SCARD_RESET_CARD)
  } catch {
    // The card or the service went first.
  }
  card = null
  leave = true
  release(talking)
  talking = null
}

async function transmit(id: number, apdu: Uint8Array): Promise<PcscWord> {
  if (!card) return { word: 'failed', id, problem: 'removed' }
  try {
    // Room for more than a short answer may have, so that one that is too long is seen as such.
    const answer = await card.transmit(Buffer.from(apdu), { maxRecvLength: 1024 })
    leave = answer.length === 0
    return { word: 'answer', id, apdu: answer }
  } catch (error) {
    leave = true
    return { word: 'failed', id, problem: channelProblemOf(error) }
  }
}

async function obey(driver: typeof Driver, order: PcscOrder): Promise<void> {
  switch (order.order) {
    case 'begin':
      wanted = order.reader
      return watch(driver, order.pollMs, order.retryMs)
    case 'connect':
      return say({ word: 'connected', id: order.id, problem: await connect(driver) })
    case 'transmit':
      return say(await transmit(order.id, order.apdu))
    case 'disconnect':
      disconnect(driver)
      return say({ word: 'disconnected', id: order.id })
    case 'end':
      disconnect(driver)
      process.exit(0)
  }
}

function watch(driver: typeof Driver, pollMs: number, retryMs: number): void {
  const presence = look(driver)
  say({ word: 'presence', presence })
  const pause = presence.state === 'no-service' ? retryMs : pollMs
  setTimeout(() => watch(driver, pollMs, retryMs), pause)
}

/** The driver gives texts, not codes; these are its own on every system. */
const textOf = (error: unknown) => (error instanceof Error ? error.message : '')

function connectProblemOf(error: unknown): ConnectProblem {
  const text = textOf(error)
  if (/sharing violation/i.test(text)) return 'in-use'
  if (/no smart card|removed|reader|service|communication|unknown PC/i.test(text)) return 'no-card'
  return /unresponsive|unpowered|protocol mismatch|unsupported/i.test(text) ? 'mute' : 'failed'
}

/** A service that dies gives any text; only an answer beyond all bounds is the card's own fault. */
function channelProblemOf(error: unknown): ChannelProblem {
  return /insufficient buffer/i.test(textOf(error)) ? 'failed' : 'removed'
}

/** Without the driver it says so for as long as it is asked. */
function withoutDriver(order: PcscOrder): void {
  if (order.order === 'end') process.exit(0)
  if (order.order !== 'begin') return
  const tell = () => say({ word: 'presence', presence: { state: 'no-driver' } })
  tell()
  setInterval(tell, order.retryMs)
}

const driver = await import('smartcard').catch(() => null)
const take = (order: PcscOrder) => (driver ? void obey(driver, order) : withoutDriver(order))
if (parentPort) parentPort.on('message', take)
else {
  process.on('message', take)
  // Whoever started it is gone.
  process.on('disconnect', () => process.exit(0))
}
