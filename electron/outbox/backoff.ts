import { OUTBOX_LIMITS as limits } from './limits.ts'

/**
 * How long to wait after `attempts` failed attempts at a filing: about a second after the first,
 * then full jitter under a bound that doubles from 5 s to 15 min. Kiosks of one commune lose the
 * portal together; the jitter keeps them from coming back together.
 *
 * @param attempts whole number of attempts so far, 1 or more
 * @param random in [0, 1)
 * @returns milliseconds, more than 0 and at most `BACKOFF_CAP_MS`
 */
export function retryDelayMs(attempts: number, random: number): number {
  if (attempts <= 1) return limits.FIRST_RETRY_MS * (0.5 + random)
  const bound = Math.min(limits.BACKOFF_CAP_MS, limits.BACKOFF_BASE_MS * 2 ** (attempts - 2))
  return Math.max(1, bound * random)
}
