import { Agent, request } from 'undici'
import { err, ok, type Result } from '../../../../shared/domain/result.ts'
import type { Timers } from '../../../timers.ts'
import { BRIDGE_LIMITS } from './limits.ts'
import type { Service, ServiceEvents } from './service.ts'

/** `away`: nobody answers in time. The other two come from somebody who is there. */
type Failure = 'away' | 'too-long' | `status-${number}`

function refusedWith(status: number): Failure {
  return `status-${status}`
}

/** A service that is asked, over and over, what lies on its reader. */
export function httpService({ url }: { readonly url: string }, timers: Timers): Service {
  const agent = new Agent({ connections: 1, connect: { timeout: BRIDGE_LIMITS.ANSWER_MS } })
  const stopping = new AbortController()
  let cancelNext = () => {}

  async function ask(events: ServiceEvents): Promise<void> {
    const answer = await question(url, agent, stopping.signal)
    if (stopping.signal.aborted) return
    if (!answer.ok && answer.error === 'away') return events.closed('no answer')
    if (answer.ok) events.message(answer.value)
    else events.refused(answer.error)
    cancelNext = timers.after(BRIDGE_LIMITS.POLL_MS, () => void ask(events))
  }

  return {
    open: (events) => void ask(events),
    async close() {
      stopping.abort()
      cancelNext()
      await agent.destroy()
    },
  }
}

async function question(
  url: string,
  dispatcher: Agent,
  stopping: AbortSignal,
): Promise<Result<string, Failure>> {
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(BRIDGE_LIMITS.ANSWER_MS)])
  try {
    const answer = await request(url, { dispatcher, signal })
    const chunks: Buffer[] = []
    let length = 0
    for await (const chunk of answer.body) {
      const bytes = Buffer.from(chunk)
      length += bytes.length
      // Leaving the loop ends the answer.
      if (length > BRIDGE_LIMITS.MESSAGE_BYTES) return err('too-long')
      chunks.push(bytes)
    }
    const { statusCode } = answer
    // How services say "no card": no content, or nothing found.
    if (statusCode === 204 || statusCode === 404) return ok('')
    if (statusCode !== 200) return err(refusedWith(statusCode))
    return ok(Buffer.concat(chunks).toString('utf8'))
  } catch {
    return err('away')
  }
}
