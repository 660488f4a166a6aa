import { describe, expect, test } from 'vitest'
import { securityHeaders } from './headers.ts'

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
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'connect-src': "'self'",
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'object-src': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'kiosk-worker',
    })
  })

  test('lets no code be made at run time and no origin but our own in', () => {
    const policy = [...directives.values()].join(' ')
    expect(policy).not.toMatch(/unsafe|\*|https?:|wss?:|strict-dynamic/)
  })
})

test('the other headers are there; the camera is for our page alone, all else for nobody', () => {
  const headers = securityHeaders()
  expect(headers).toMatchObject({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  })
  const features = (headers['Permissions-Policy'] ?? '').split(', ')
  expect(features.length).toBeGreaterThan(25)
  const denied = features.filter((feature) => feature !== 'camera=(self)')
  expect(denied).toHaveLength(features.length - 1)
  for (const feature of denied) expect(feature).toMatch(/^[a-z-]+=\(\)$/)
  for (const feature of ['microphone', 'serial', 'usb', 'hid']) {
    expect(features).toContain(`${feature}=()`)
  }
})

test('nobody can change the headers for somebody else', () => {
  expect(Reflect.set(securityHeaders(), 'Referrer-Policy', 'unsafe-url')).toBe(false)
  expect(securityHeaders()['Referrer-Policy']).toBe('no-referrer')
})
