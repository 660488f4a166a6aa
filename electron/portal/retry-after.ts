/** Bounds on the wait that a portal may ask for (RFC 9110, 10.2.3, leaves it open). */
export const WAIT_LIMITS = { MIN_MS: 1000, DEFAULT_MS: 5000, MAX_MS: 3_600_000 } as const

/**
 * Retry-After (RFC 9110, 10.2.3) as a delay in milliseconds; null where there is none or it is
 * neither of its forms. A date is read against the answer's own Date, so a wrong clock at the kiosk
 * does no harm; where that is missing, against `portalNowMs`, the kiosk's clock corrected by its
 * measured offset.
 */
export function retryAfterMs(
  value: string | null,
  date: string | null,
  portalNowMs: number | null = null,
): number | null {
  if (value === null) return null
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, Number.MAX_SAFE_INTEGER)
  const at = httpDateMs(value)
  const now = httpDateMs(date) ?? portalNowMs
  return at === null || now === null ? null : Math.max(0, at - now)
}

/** What a portal asked for, within bounds. */
export function boundedWaitMs(askedMs: number | null): number {
  return Math.min(
    Math.max(askedMs ?? WAIT_LIMITS.DEFAULT_MS, WAIT_LIMITS.MIN_MS),
    WAIT_LIMITS.MAX_MS,
  )
}

/** An HTTP date in milliseconds of Unix time. */
export function httpDateMs(value: string | null): number | null {
  // Date.parse alone would make a date of almost anything.
  const at = value?.endsWith(' GMT') ? Date.parse(value) : Number.NaN
  return Number.isFinite(at) ? at : null
}
