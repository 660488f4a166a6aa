import { describe, expect, test } from 'vitest'
import { mayUse } from './permissions.ts'

/** Every name in Electron 45's request and check lists, and one that nobody has thought of yet. */
const PERMISSIONS = [
  'ar',
  'automatic-fullscreen',
  'background-fetch',
  'background-sync',
  'captured-surface-control',
  'clipboard-read',
  'clipboard-sanitized-write',
  'deprecated-sync-clipboard-read',
  'display-capture',
  'fileSystem',
  'fullscreen',
  'geolocation',
  'geolocation-approximate',
  'hand-tracking',
  'hid',
  'idle-detection',
  'keyboardLock',
  'local-fonts',
  'local-network',
  'local-network-access',
  'loopback-network',
  'media',
  'mediaKeySystem',
  'midi',
  'midiSysex',
  'nfc',
  'notifications',
  'openExternal',
  'payment-handler',
  'periodic-background-sync',
  'persistent-storage',
  'pointerLock',
  'screen-wake-lock',
  'sensors',
  'serial',
  'smart-card',
  'speaker-selection',
  'storage-access',
  'system-wake-lock',
  'top-level-storage-access',
  'usb',
  'vr',
  'web-app-installation',
  'web-printing',
  'window-management',
  'unknown',
  'mind-reading',
]

test.each(PERMISSIONS)('%s is denied to whoever asks', (permission) => {
  for (const from of ['kiosk://app', 'https://example.vn', undefined]) {
    expect(mayUse({ permission, from, media: [] }, false)).toBe(false)
  }
})

describe('the camera', () => {
  const asked = { permission: 'media', from: 'kiosk://app/', media: ['video'] }

  test('is for our own page', () => {
    expect(mayUse(asked, false)).toBe(true)
    expect(mayUse({ ...asked, from: 'kiosk://app' }, false)).toBe(true)
    expect(mayUse({ ...asked, from: 'kiosk://app/index.html' }, false)).toBe(true)
  })

  test.each([
    'kiosk://app.evil/',
    'kiosk://app@evil/',
    'https://example.vn/',
    'null',
    '',
    undefined,
  ])('is not for %s', (from) => {
    expect(mayUse({ ...asked, from }, false)).toBe(false)
  })

  test.each([[['audio']], [['video', 'audio']], [['unknown']], [[]]])(
    'does not come with %s',
    (media) => {
      expect(mayUse({ ...asked, media }, false)).toBe(false)
    },
  )

  test('is nothing that any other permission brings along', () => {
    expect(mayUse({ ...asked, permission: 'display-capture' }, false)).toBe(false)
  })
})

describe('the microphone', () => {
  const asked = { permission: 'media', from: 'kiosk://app/', media: ['audio'] }

  test('is for our own page where an assistant may dictate, and nowhere else', () => {
    expect(mayUse(asked, true)).toBe(true)
    expect(mayUse(asked, false)).toBe(false)
    expect(mayUse({ ...asked, from: 'https://example.vn' }, true)).toBe(false)
  })

  test('does not come together with the camera, which stays', () => {
    expect(mayUse({ ...asked, media: ['video', 'audio'] }, true)).toBe(false)
    expect(mayUse({ ...asked, media: ['video'] }, true)).toBe(true)
    expect(mayUse({ ...asked, media: [] }, true)).toBe(false)
  })
})
