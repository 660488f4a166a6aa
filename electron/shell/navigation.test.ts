import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mayNavigate, mayRequest, PAGE_ORIGIN, PAGE_URL } from './navigation.ts'

test.each([PAGE_URL, `${PAGE_ORIGIN}/`, `${PAGE_ORIGIN}/?a=b#c`, `${PAGE_ORIGIN}/assets/x.js`])(
  'the page may go to %s',
  (url) => {
    expect(mayNavigate(url)).toBe(true)
    expect(mayRequest(url)).toBe(true)
  },
)

describe('nowhere else', () => {
  test.each([
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,<h1>x</h1>',
    'blob:kiosk://app/7c4e',
    'view-source:kiosk://app/index.html',
    'chrome://settings',
    'chrome-error://chromewebdata/',
    'devtools://devtools/bundled/inspector.html',
    'about:blank',
    'http://app/',
    'https://dichvucong.gov.vn/',
    'http://127.0.0.1:4711/',
    'ws://app/',
    'kiosk://evil/',
    'kiosk://app.evil/',
    'kiosk://evil.app/',
    'kiosk://app:80/',
    'kiosk://APP/',
    'kiosk://app@evil/',
    'kiosk://evil@app/',
    'kiosk://a:b@app/',
    'kiosk://app',
    'kiosk:app',
    'kiosk:/app/',
    'kiosk:///app/',
    'kiosks://app/',
    'kiosk://аpp/',
    'kiosk://xn--pp-7kc/',
    'kiosk://app%2eevil/',
    '//app/index.html',
    '\\\\server\\share',
    '/index.html',
    '',
  ])('%j', (url) => {
    expect(mayNavigate(url)).toBe(false)
  })
})

test('the page may use images that it made itself, and nothing of the network', () => {
  expect(mayRequest('data:image/png;base64,AA==')).toBe(true)
  expect(mayRequest(`blob:${PAGE_ORIGIN}/7c4e`)).toBe(true)
  for (const url of ['blob:kiosk://app.evil/7c4e', 'blob:https://x/1', 'https://x/', 'ws://x/']) {
    expect(mayRequest(url)).toBe(false)
  }
})

test('whatever is let through has the origin of the page', () => {
  const url = fc.oneof(
    fc.webUrl(),
    fc.string().map((rest) => `kiosk://app${rest}`),
    fc.string().map((rest) => `kiosk://${rest}app/`),
    fc.string(),
  )
  fc.assert(
    fc.property(url, (candidate) => {
      if (!mayNavigate(candidate)) return
      const { protocol, host, username } = new URL(candidate)
      expect([protocol, host, username]).toEqual(['kiosk:', 'app', ''])
    }),
    { numRuns: 1_000 },
  )
})
