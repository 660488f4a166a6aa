import type { CardFace } from '../shared/contract/index.ts'
import type { IdCard } from '../shared/domain/id-card.ts'
import { unreachable } from '../shared/domain/result.ts'
import { compare } from './chip-proof.ts'
import {
  keyFromCan,
  keysFromQr,
  type CardReader,
  type CardReadProblem,
} from './devices/card-readers/index.ts'

/**
 * The face on the card that lies on the reader now, for an officer who compares it with whoever stands
 * there. Read for this answer alone, wiped when it has been written, never kept and never logged.
 * The control socket may ask, and a page that an assistant has unlocked, which draws the picture and
 * lets it go (`renderer/staff/card-face.tsx`).
 */
export function createCardFace(reader: CardReader, scanned: () => IdCard | null) {
  /** `digits`: the card's access number; null: what was scanned in this visit opens it. */
  return async (digits: string | null, signal: AbortSignal): Promise<CardFace> => {
    const card = scanned()
    const typed = digits === null ? null : keyFromCan(digits)
    const keys = typed ? [typed] : card ? keysFromQr(card) : []
    if (keys.length === 0) return { ok: false, why: 'no-key' }
    const outcome = await reader.read(keys, signal, 'face')
    if (!outcome.ok) return { ok: false, why: whyNone(outcome.error) }
    const { face, authenticity } = outcome.value
    if (face === null) return { ok: false, why: 'no-face' }
    const base64 = face.format === 'jpeg' ? Buffer.from(face.bytes).toString('base64') : null
    // The text of the answer is all that is left, until it has been sent.
    face.bytes.fill(0)
    if (base64 === null) return { ok: false, why: 'jp2' }
    const ofVisit = card && compare(card, outcome.value).state === 'read'
    return {
      ok: true,
      image: { type: 'image/jpeg', base64 },
      verdict: authenticity.verdict,
      ofVisit,
    }
  }
}

function whyNone(problem: CardReadProblem): Extract<CardFace, { ok: false }>['why'] {
  switch (problem.code) {
    case 'card-removed':
    case 'not-ready':
      return 'no-card'
    case 'wrong-key':
    case 'needs-mrz':
    case 'blocked':
      return problem.code
    case 'not-an-id-card':
      return 'no-id-card'
    case 'busy':
    case 'in-use':
      return 'busy'
    case 'unsupported':
    case 'timeout':
    case 'cancelled':
    case 'protocol':
    case 'mute':
      return 'unreadable'
    default:
      return unreachable(problem)
  }
}
