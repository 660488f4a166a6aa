/** `cut`: the cable is pulled; every connection is destroyed as soon as it is made. */
export type PortalMode = 'up' | 'cut'

/**
 * What goes wrong with one filing request. "After" means that the filing is committed first, so
 * that only a replay with the same reference can find out.
 */
export type PortalFault =
  | 'drop-before-read'
  | 'drop-after-commit'
  | 'http-500-before'
  | 'http-500-after'
  /** A network's login page instead of the portal. */
  | 'html-200'
  | 'redirect'
  /** A properly signed receipt for other bytes. */
  | 'wrong-digest'
  | 'wrong-signature'
  /** A receipt cut in the middle of its JSON. */
  | 'truncated'
  /** Commits, then keeps silent. */
  | 'slow'
