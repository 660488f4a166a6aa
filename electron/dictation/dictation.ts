import { DICTATION } from '../../shared/domain/dictation.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { wavOf } from '../../shared/speech/index.ts'
import type { Log } from '../log.ts'
import { runProgram, type ProgramLine, type RunProblem } from './program.ts'
import { wordsIn } from './words.ts'

/** Why nothing was understood. */
export type DictationProblem = RunProblem['why'] | 'busy' | 'nothing'

/** What is said becomes words: by a program of the technician's, once at a time, kept nowhere. */
export interface Dictation {
  /** `pcm16` as `DICTATION` has it; `signal`: whoever asked has gone. */
  hear(pcm16: Uint8Array, signal: AbortSignal): Promise<Result<string, DictationProblem>>
  /** Nobody wants what is being looked at any more. */
  stop(): void
}

export function createDictation(
  line: ProgramLine,
  { after, log }: { after: (delayMs: number, callback: () => void) => () => void; log: Log },
): Dictation {
  let running: AbortController | null = null
  return {
    async hear(pcm16, signal) {
      if (running !== null) return err('busy')
      running = new AbortController()
      const gone = AbortSignal.any([signal, running.signal])
      const heard = await runProgram(line, wavOf(pcm16, DICTATION.RATE), { signal: gone, after })
      running = null
      if (!heard.ok) {
        const { why, how } = heard.error
        if (why !== 'stopped') log('dictation-failed', { why, how })
        return err(why)
      }
      const words = wordsIn(heard.value)
      return words === null ? err('nothing') : ok(words)
    },
    stop: () => running?.abort(),
  }
}
