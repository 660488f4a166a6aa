/** `code` of the error with which a provider rejects where the issuer said no. */
export const TOKEN_REFUSED = 'TOKEN_REFUSED'

/** Where tokens come from, if the portal wants any. Both reject where no token can be had. */
export type TokenProvider = {
  /** The token in use; fetched if there is none yet. */
  token(): Promise<string>
  /** A new one, because the portal refused the one in use. */
  refresh(): Promise<string>
}

/** One token for all requests; whoever finds it refused, it is renewed once. */
export function createAuthorization(provider: TokenProvider) {
  let renewing: Promise<string> | null = null
  return {
    token: () => renewing ?? provider.token(),
    /** The token after `refused`: another request may have renewed it meanwhile. */
    async renew(refused: string): Promise<string> {
      const current = await (renewing ?? provider.token())
      if (current !== refused) return current
      renewing ??= provider.refresh().finally(() => {
        renewing = null
      })
      return renewing
    },
  }
}
