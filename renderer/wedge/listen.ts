import { decide, restingState, silenceDueMs, type Verdict, type WedgeEvent } from './detector.ts'
import { WEDGE_LIMITS } from './limits.ts'
import { pressTypedDigit } from '../keys/typed-digit.ts'
import { typeCharacter } from './type-text.ts'

/**
 * Listens for a scanner that types, before anything of the page hears a key. What it typed goes to
 * `onScan`; what a person types reaches the field a moment later. Returns how to stop.
 */
export function listenForWedge(page: Window, onScan: (text: string) => void): () => void {
  let state = restingState
  let timer: number | undefined

  function take(event: WedgeEvent): Verdict {
    const verdict = decide(state, event)
    state = verdict.state
    schedule()
    for (const { key } of verdict.release) {
      // Asked anew for each: a date's boxes pass the focus on.
      if (key !== null && !typeCharacter(page.document.activeElement, key)) {
        pressTypedDigit(page.document, key)
      }
    }
    if (verdict.scan !== null) onScan(verdict.scan)
    return verdict
  }

  function schedule() {
    page.clearTimeout(timer)
    const dueMs = silenceDueMs(state)
    if (dueMs !== null) wait(dueMs)
  }

  function wait(dueMs: number) {
    timer = page.setTimeout(
      () => {
        const nowMs = page.performance.now()
        if (nowMs > dueMs + WEDGE_LIMITS.LATE_MS) wait(nowMs + WEDGE_LIMITS.SILENCE_MS)
        else take({ kind: 'silence' })
      },
      Math.max(0, dueMs - page.performance.now()),
    )
  }

  const stopping = new AbortController()
  const options = { capture: true, signal: stopping.signal }
  page.addEventListener(
    'keydown',
    (event) => {
      const verdict = take({
        kind: 'down',
        code: event.code,
        key: event.key,
        shift: event.shiftKey,
        alt: event.altKey,
        command: event.ctrlKey || event.metaKey,
        repeat: event.repeat,
        composing: event.isComposing || event.key === 'Process',
        atMs: event.timeStamp,
      })
      if (verdict.key === 'stop') stop(event)
    },
    options,
  )
  page.addEventListener(
    'keyup',
    (event) => {
      const isAlt = event.code === 'AltLeft' || event.code === 'AltRight'
      if (isAlt) take({ kind: 'alt-up', atMs: event.timeStamp })
      if (state.scanning) stop(event)
    },
    options,
  )
  page.addEventListener('pointerdown', () => take({ kind: 'touch' }), options)
  return () => {
    stopping.abort()
    take({ kind: 'touch' })
    page.clearTimeout(timer)
  }
}

function stop(event: Event) {
  event.preventDefault()
  event.stopImmediatePropagation()
}
