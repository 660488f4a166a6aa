import type { Dictation } from '../../shared/contract/index.ts'
import { DICTATION } from '../../shared/domain/dictation.ts'
import { toPcm16, type Sound } from '../../shared/speech/index.ts'
import type { Kiosk } from '../kiosk-context.ts'
import { openMicrophone, type Microphone } from '../microphone/microphone.ts'
import { wishVoice } from '../speech/controls.ts'

/** Why nothing was written: what the core says, or that the page itself came to nothing. */
export type DictateProblem =
  | Extract<Dictation, { ok: false }>['why']
  | 'no-microphone'
  | 'locked'
  | 'no-room'

export type Dictating =
  | { readonly at: 'opening' }
  | { readonly at: 'listening'; readonly peak: number; readonly stop: () => void }
  | { readonly at: 'writing' }
  | { readonly at: 'failed'; readonly why: DictateProblem }

export interface DictatePorts {
  readonly call: Kiosk['call']
  /** Nobody wants it any more: the microphone is closed, and the core stops looking at it. */
  readonly signal: AbortSignal
  readonly tell: (now: Dictating) => void
}

/** Listens once and has the core say what the words are. Null where it came to nothing, as was told. */
export async function dictateOnce(ports: DictatePorts): Promise<string | null> {
  const { call, signal, tell } = ports
  tell({ at: 'opening' })
  // A kiosk that spoke would be heard itself.
  wishVoice('hold')
  let heard: Sound | null
  try {
    heard = await listenOnce(ports)
  } catch {
    if (!signal.aborted) tell({ at: 'failed', why: 'no-microphone' })
    return null
  } finally {
    wishVoice('release')
  }
  if (heard === null || signal.aborted) return null
  if (heard.samples.length === 0) {
    tell({ at: 'failed', why: 'nothing' })
    return null
  }
  tell({ at: 'writing' })
  const sound = toBase64(toPcm16(heard.samples))
  const answer = await call(async (client): Promise<Dictation> => {
    try {
      return await client.staff.dictate({ sound }, { signal })
    } catch (cause) {
      // Not a line that broke, on which it would be asked again.
      if (signal.aborted) return { ok: false, why: 'stopped' }
      throw cause
    }
  })
  if (signal.aborted) return null
  if (answer.ok && answer.value.ok) return answer.value.text
  tell({ at: 'failed', why: answer.ok && !answer.value.ok ? answer.value.why : 'locked' })
  return null
}

async function listenOnce({ signal, tell }: DictatePorts): Promise<Sound | null> {
  const context = new AudioContext({ sampleRate: DICTATION.RATE })
  let microphone: Microphone | null = null
  const listening = (peak: number) => {
    const opened = microphone
    if (opened !== null) tell({ at: 'listening', peak, stop: opened.stop })
  }
  const close = () => {
    microphone?.close()
    microphone = null
  }
  signal.addEventListener('abort', close, { once: true })
  try {
    await context.resume()
    microphone = await openMicrophone(context, {
      longestMs: DICTATION.LONGEST_MS,
      cleaned: true,
      onLevel: listening,
    })
    if (signal.aborted) return null
    const heard = microphone.record()
    listening(0)
    return await heard
  } finally {
    signal.removeEventListener('abort', close)
    close()
    void context.close()
  }
}

/** In pieces: a function takes only so many arguments. */
const PIECE = 8192

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  }
  return btoa(text)
}
