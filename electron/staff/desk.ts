import type {
  AddAssistant,
  AssistantAnswer,
  AssistantList,
  RemoveAssistant,
  ResetTries,
} from '../../shared/contract/index.ts'
import { localDate } from '../../shared/domain/local-time.ts'
import { isPersonalNumber } from '../../shared/domain/personal-number.ts'
import { parseCode } from '../identity/index.ts'
import { storeFault, type KeyProvider } from '../store/index.ts'
import type { Book } from './book.ts'
import { STAFF_LIMITS } from './limits.ts'
import { hashPin, isWeakPin } from './pin.ts'
import { doorAt } from './tries.ts'
import { cardMac, keyedPin } from './unlock.ts'

/** What a technician does with the book of assistants, over the control socket. */
export interface AssistantDesk {
  list(): AssistantList
  add(order: AddAssistant): Promise<AssistantAnswer>
  remove(order: RemoveAssistant): AssistantAnswer
  reset(order: ResetTries): AssistantAnswer
}

type Refusal = Extract<AssistantAnswer, { ok: false }>['why']
const no = (why: Refusal): AssistantAnswer => ({ ok: false, why })

export function createAssistantDesk(deps: {
  readonly book: Book
  readonly keys: Pick<KeyProvider, 'mac'>
  readonly now: () => number
  /** This one may not unlock any more. */
  readonly removed: (id: string) => void
  /** Tries are taken again. */
  readonly changed: () => void
}): AssistantDesk {
  const { book, keys, now } = deps

  /** Runs a change; a disk that is full or busy is an answer. */
  function durably(run: () => void): AssistantAnswer {
    try {
      run()
    } catch (cause) {
      const code = storeFault(cause)?.code
      if (code === undefined || code === 'dead') throw cause
      return no('disk')
    }
    deps.changed()
    return { ok: true }
  }

  return {
    list() {
      const tries = book.tries()
      return {
        assistants: book.all().map(({ id, counter, pin, cardMac: card, addedAtMs }) => ({
          id,
          counter,
          pin: pin !== null,
          card: card !== null,
          addedAt: new Date(addedAtMs).toISOString(),
        })),
        tries: { failed: tries.failed, door: doorAt(tries, now()).state },
      }
    },
    async add({ id, counter, pin, card, actor }) {
      if (pin === null && card === null) return no('no-key')
      if (pin !== null && isWeakPin(pin)) return no('weak-pin')
      const number = card === null ? null : numberOf(card, now())
      if (card !== null && number === null) return no('no-card')
      const hashed = pin === null ? null : await hashPin(keyedPin(keys, pin))
      if (book.byId(id) !== null) return no('taken')
      const mac = number === null ? null : cardMac(keys, number)
      if (mac !== null && book.byCard(mac) !== null) return no('card-taken')
      if (book.all().length >= STAFF_LIMITS.ASSISTANTS_MAX) return no('full')
      const atMs = now()
      const assistant = { id, counter, pin: hashed, cardMac: mac, addedAtMs: atMs }
      return durably(() => book.add(assistant, { actor, reason: `assistant-added:${id}`, atMs }))
    },
    remove({ id, actor }) {
      if (book.byId(id) === null) return no('unknown')
      const entry = { actor, reason: `assistant-removed:${id}`, atMs: now() }
      const answer = durably(() => book.remove(id, entry))
      if (answer.ok) deps.removed(id)
      return answer
    },
    reset: ({ actor }) =>
      durably(() => {
        const atMs = now()
        book.setTries({ failed: 0, lastAtMs: atMs }, { actor, reason: 'unlock-tries-reset', atMs })
      }),
  }
}

/** The number of a card, from its digits or from the text of its code. */
function numberOf(card: string, nowMs: number): string | null {
  const digits = card.replaceAll(/\s/g, '')
  if (isPersonalNumber(digits)) return digits
  const code = parseCode(card, localDate(nowMs))
  return code.kind === 'id-card' ? code.card.number : null
}
