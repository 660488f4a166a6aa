/** The part of Trusted Types that the page uses; TypeScript's own library has none of it. */
interface Window {
  readonly trustedTypes?: {
    createPolicy(
      name: string,
      rules: { readonly createScriptURL: (wanted: string) => string },
    ): {
      /** A `TrustedScriptURL`, which stands where a text would. */
      createScriptURL(wanted: string): string
    }
  }
}
