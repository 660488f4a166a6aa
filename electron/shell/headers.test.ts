import { describe, expect, test } from 'vitest'
import { securityHeaders, studioHeaders } from './headers.ts'

const directives = new Map(
  (securityHeaders()['Content-Security-Policy'] ?? '').split('; ').map((directive) => {
    const [name = '', ...values] = directive.split(' ')
    return [name, values.join(' ')]
  }),
)

describe('the content security policy', () => {
  test('is exactly this', () => {
    expect(Object.fromEntries(directives)).toEqual({
      'default-src': "'none'",
      'script-src': "'self' 'wasm-unsafe-eval'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'default',
    })
  })

  test('lets no script be made at run time and no origin but our own in', () => {
    // WebAssembly alone may be compiled, and only what comes from our own origin.
    const policy = [...directives.values()].join(' ').replace("'wasm-unsafe-eval'", '')
    expect(policy).not.toMatch(/unsafe|\*|https?:|wss?:|strict-dynamic/)
  })
})

test('the other headers are there, and every feature but the camera is denied to everybody', () => {
  const headers = securityHeaders()
  expect(headers).toMatchObject({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
  const features = (headers['Permissions-Policy'] ?? '').split(', ')
  expect(features.length).toBeGreaterThan(25)
  expect(features[0]).toBe('camera=(self)')
  for (const feature of features.slice(1)) expect(feature).toMatch(/^[a-z-]+=\(\)$/)
  for (const feature of ['microphone', 'display-capture', 'serial', 'usb', 'hid']) {
    expect(features).toContain(`${feature}=()`)
  }
})

test('nobody can change the headers for somebody else', () => {
  expect(Reflect.set(securityHeaders(), 'Referrer-Policy', 'unsafe-url')).toBe(false)
  expect(securityHeaders()['Referrer-Policy']).toBe('no-referrer')
})

test('the studio has the microphone instead of the camera, and is otherwise as strict', () => {
  const { 'Permissions-Policy': policy, ...others } = studioHeaders()
  const features = (policy ?? '').split(', ')
  expect(features[0]).toBe('microphone=(self)')
  expect(features).toContain('camera=()')
  for (const feature of features.slice(1)) expect(feature).toMatch(/^[a-z-]+=\(\)$/)
  const { 'Permissions-Policy': _, ...kiosk } = securityHeaders()
  expect(others).toEqual(kiosk)
})

test('where an assistant may dictate the page has the microphone beside the camera, and nothing else', () => {
  const { 'Permissions-Policy': policy, ...others } = securityHeaders(true)
  const features = (policy ?? '').split(', ')
  expect(features.slice(0, 2)).toEqual(['camera=(self)', 'microphone=(self)'])
  for (const feature of features.slice(2)) expect(feature).toMatch(/^[a-z-]+=\(\)$/)
  const { 'Permissions-Policy': _, ...kiosk } = securityHeaders()
  expect(others).toEqual(kiosk)
})
