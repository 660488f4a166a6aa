/** Limits of the on-screen keys. */
export const KEY_LIMITS = {
  /** EN 301 549 5.8: a second strike of the same key that follows sooner was not meant. */
  SAME_KEY_MS: 200,
} as const

/**
 * Tells a meant press from a trembling finger: a press of the same key within `SAME_KEY_MS` of the
 * last one that counted does not count. Different keys never wait for each other.
 */
export function createDebounce(now: () => number): (key: string) => boolean {
  let last: { readonly key: string; readonly at: number } | null = null
  return (key) => {
    const at = now()
    const meant = last === null || last.key !== key || at - last.at >= KEY_LIMITS.SAME_KEY_MS
    if (meant) last = { key, at }
    return meant
  }
}
