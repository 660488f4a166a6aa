/** Scheme of the page in Electron; a standard scheme, so that it has an origin. */
export const PAGE_SCHEME = 'kiosk'

/** Origin of the page in Electron; `senderFrame.origin` of the one page that may have a port. */
export const PAGE_ORIGIN = `${PAGE_SCHEME}://app`

/** What the one window loads. */
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`

/**
 * Says whether the window may go to `url`: only to the page itself. The serialised URL is compared
 * part by part; a prefix check would let `kiosk://app.evil/` and `kiosk://app@evil/` through.
 */
export function mayNavigate(url: string): boolean {
  const target = URL.parse(url)
  return (
    target !== null &&
    target.protocol === `${PAGE_SCHEME}:` &&
    target.host === 'app' &&
    target.username === '' &&
    target.password === '' &&
    // `kiosk:app` has no authority, and to Node a bare `kiosk://app` no path.
    target.href.startsWith(`${PAGE_ORIGIN}/`)
  )
}

/**
 * Says whether the page may fetch `url`: its own files, and the images that it made itself
 * (`data:` and `blob:`, as the CSP allows). Everything else, the whole network included, is cut.
 */
export function mayRequest(url: string): boolean {
  if (mayNavigate(url)) return true
  const target = URL.parse(url)
  if (target === null) return false
  return target.protocol === 'data:' || url.startsWith(`blob:${PAGE_ORIGIN}/`)
}
