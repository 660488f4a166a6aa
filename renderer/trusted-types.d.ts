/** The part of Trusted Types that the page uses; TypeScript's own library does not have it yet. */
interface TrustedTypesFactory {
  createPolicy(
    name: string,
    rules: { readonly createScriptURL: (address: string) => string | null | undefined },
  ): unknown
}

interface Window {
  readonly trustedTypes?: TrustedTypesFactory
}
