/**
 * Content security policy of the page, the same in both shells. `script-src 'self'` without
 * `unsafe-eval` forbids code generation. React and Vite's loader touch no HTML or script sink and
 * create no policy, so Trusted Types are required: the first `innerHTML` that someone writes throws
 * instead of parsing. One policy may be made, once, for a worker's address: it makes no HTML and
 * gives no other address (`renderer/capture/eye.ts`).
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types kiosk-worker',
].join('; ')

/** What the page itself may use, and nobody else: the camera over the tray. */
const OWN_FEATURES = ['camera']

/** Every other feature that Chromium gates by `Permissions-Policy` and a page could ask a citizen for. */
const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'clipboard-read',
  'clipboard-write',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'gamepad',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'keyboard-map',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'otp-credentials',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'storage-access',
  'sync-xhr',
  'usb',
  'window-management',
  'xr-spatial-tracking',
]

const SECURITY_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': [
    ...DENIED_FEATURES.map((feature) => `${feature}=()`),
    ...OWN_FEATURES.map((feature) => `${feature}=(self)`),
  ].join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
})

/**
 * `Cache-Control` by content. `HASHED`: a file whose name changes with its bytes. `DATA`:
 * everything else, and always where a person's data could be in it.
 */
export const CACHE_CONTROL = {
  HASHED: 'public, max-age=31536000, immutable',
  DATA: 'no-store',
} as const

/** The headers of every answer of both shells, whatever its status; add one of `CACHE_CONTROL`. */
export function securityHeaders(): Readonly<Record<string, string>> {
  return SECURITY_HEADERS
}
