import { PAPER_LIMITS } from './limits.ts'

/** What an address is good for, once. */
export type Door =
  | { readonly kind: 'upload'; readonly clientRef: string; readonly component: string }
  | { readonly kind: 'picture'; readonly clientRef: string; readonly page: string }

/** `spent`: it was good once. `unknown`: it never was. */
export type NoDoor = 'spent' | 'unknown'

/**
 * Addresses that work once and belong to one visit. The view names them; whoever holds one may use
 * it, so that no other proof is needed and none can be stolen for later.
 */
export interface Doors {
  /** The token of a door; the same one until it is used. */
  open(door: Door): string
  use(token: string, kind: Door['kind']): Door | NoDoor
  /** The visit has ended: none of its doors opens any more. */
  closeAll(clientRef: string): void
}

export function createDoors(newToken: () => string): Doors {
  const byToken = new Map<string, Door>()
  const tokens = new Map<string, string>()
  const spent = new Set<string>()
  const keyOf = (door: Door) => JSON.stringify(door)

  function spend(token: string, door: Door): void {
    byToken.delete(token)
    tokens.delete(keyOf(door))
    spent.add(token)
    const [oldest] = spent
    if (spent.size > PAPER_LIMITS.SPENT_REMEMBERED && oldest !== undefined) spent.delete(oldest)
  }

  return {
    open(door) {
      const known = tokens.get(keyOf(door))
      if (known !== undefined) return known
      const token = newToken()
      byToken.set(token, door)
      tokens.set(keyOf(door), token)
      return token
    },
    use(token, kind) {
      const door = byToken.get(token)
      if (door?.kind !== kind) return spent.has(token) ? 'spent' : 'unknown'
      spend(token, door)
      return door
    },
    closeAll(clientRef) {
      for (const [token, door] of byToken) if (door.clientRef === clientRef) spend(token, door)
    },
  }
}
