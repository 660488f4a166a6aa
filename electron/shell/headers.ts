/**
 * Content security policy of the page, the same in both shells. `script-src 'self'` without
 * `unsafe-eval` forbids code generation. `wasm-unsafe-eval` lets WebAssembly alone be compiled: the
 * reader of QR codes in the camera's picture, a file of ours that `connect-src 'self'` fetches from
 * nowhere else; no text becomes JavaScript by it. React and Vite's loader touch no HTML sink, so
 * Trusted Types are required: the first `innerHTML` that someone writes throws instead of parsing.
 * The one policy, `default`, makes addresses of workers out of our own files and nothing more
 * (renderer/lockdown.ts).
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types default',
].join('; ')

/**
 * Every feature that Chromium gates by `Permissions-Policy` and a page could ask a citizen for, but
 * the camera, which the page looks through at cards and papers.
 */
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

const permissions = (...granted: readonly ('camera' | 'microphone')[]): string => {
  const given: readonly string[] = granted
  return [
    ...given.map((feature) => `${feature}=(self)`),
    ...['camera', ...DENIED_FEATURES]
      .filter((feature) => !given.includes(feature))
      .map((feature) => `${feature}=()`),
  ].join(', ')
}

const SECURITY_HEADERS: Readonly<Record<string, string>> = Object.freeze({
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': permissions('camera'),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
})

const LISTENING_HEADERS = Object.freeze({
  ...SECURITY_HEADERS,
  'Permissions-Policy': permissions('camera', 'microphone'),
})

/**
 * `Cache-Control` by content. `HASHED`: a file whose name changes with its bytes. `DATA`:
 * everything else, and always where a person's data could be in it.
 */
export const CACHE_CONTROL = {
  HASHED: 'public, max-age=31536000, immutable',
  DATA: 'no-store',
} as const

/**
 * The headers of every answer of both shells, whatever its status; add one of `CACHE_CONTROL`.
 * `microphone`: an assistant may dictate on this kiosk, so its page may ask for one as well.
 */
export function securityHeaders(microphone = false): Readonly<Record<string, string>> {
  return microphone ? LISTENING_HEADERS : SECURITY_HEADERS
}

const STUDIO_HEADERS = Object.freeze({
  ...SECURITY_HEADERS,
  'Permissions-Policy': permissions('microphone'),
})

/** The same of the recording studio, which no citizen meets: the microphone, and no camera. */
export function studioHeaders(): Readonly<Record<string, string>> {
  return STUDIO_HEADERS
}
