import { err, ok } from '../../../shared/domain/result.ts'
import type { Timers } from '../../timers.ts'
import { CHIP_LIMITS } from './limits.ts'
import { launchPcscHost, type PcscHost } from './pcsc-launch.ts'
import type { PcscOrder, PcscWord } from './pcsc-link.ts'
import type { CardChannel, CardTransport, Presence } from './transport.ts'

/**
 * Card readers of the machine's PC/SC service. Every call goes to a host apart with a deadline; a
 * service that dies, hangs or comes back is a presence, never a failure of ours.
 */
export function createPcscTransport(options: {
  /** Part of the reader's name; null: the first that is there. */
  readonly reader: string | null
  readonly timers: Timers
}): CardTransport {
  const { timers, reader } = options
  const listeners = new Set<(presence: Presence) => void>()
  const waiting = new Map<number, (word: PcscWord | null) => void>()
  const ended = Promise.withResolvers<void>()
  let lastId = 0
  let closed = false
  let host: PcscHost | null = null
  let cancelSilence = () => {}
  let cancelRestart = () => {}

  function tell(presence: Presence) {
    for (const listener of listeners) listener(presence)
  }

  /** A host that is silent hangs in the service, as the next one will until that goes on. */
  function awaitWord() {
    cancelSilence()
    cancelSilence = timers.after(CHIP_LIMITS.SILENCE_MS, () => {
      tell({ state: 'no-service' })
      host?.kill()
    })
  }

  function start() {
    host = launchPcscHost({
      word(word) {
        awaitWord()
        if (word.word === 'presence') tell(word.presence)
        else waiting.get(word.id)?.(word)
      },
      gone() {
        host = null
        cancelSilence()
        for (const settle of waiting.values()) settle(null)
        if (closed) return ended.resolve()
        tell({ state: 'no-service' })
        cancelRestart = timers.after(CHIP_LIMITS.RETRY_MS, start)
      },
    })
    if (!host) return tell({ state: 'no-driver' })
    const { POLL_MS, RETRY_MS } = CHIP_LIMITS
    host.send({ order: 'begin', reader, pollMs: POLL_MS, retryMs: RETRY_MS })
    awaitWord()
  }

  /** The host's answer; null where none came in time, or the host is gone. */
  async function ask(
    order: (id: number) => PcscOrder,
    deadlineMs: number,
  ): Promise<PcscWord | null> {
    if (!host || closed) return null
    lastId += 1
    const id = lastId
    const { promise, resolve } = Promise.withResolvers<PcscWord | null>()
    waiting.set(id, resolve)
    const cancel = timers.after(deadlineMs, () => resolve(null))
    host.send(order(id))
    const word = await promise
    cancel()
    waiting.delete(id)
    return word
  }

  const channel: CardChannel = {
    async transmit(apdu) {
      const word = await ask((id) => ({ order: 'transmit', id, apdu }), CHIP_LIMITS.ANSWER_MS)
      if (word?.word === 'answer') return ok(word.apdu)
      return err(word?.word === 'failed' ? word.problem : 'timeout')
    },
    async close() {
      await ask((id) => ({ order: 'disconnect', id }), CHIP_LIMITS.CONNECT_MS)
    },
  }

  start()
  return {
    watch(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    async connect() {
      const word = await ask((id) => ({ order: 'connect', id }), CHIP_LIMITS.CONNECT_MS)
      if (word?.word !== 'connected') return err('timeout')
      return word.problem === null ? ok(channel) : err(word.problem)
    },
    async close() {
      closed = true
      listeners.clear()
      cancelRestart()
      cancelSilence()
      for (const settle of waiting.values()) settle(null)
      if (!host) return
      host.send({ order: 'end' })
      const cancel = timers.after(CHIP_LIMITS.CLOSE_MS, () => {
        host?.kill()
        // A thread that hangs ends with its call.
        ended.resolve()
      })
      await ended.promise
      cancel()
    },
  }
}
