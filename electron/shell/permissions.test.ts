import { expect, test } from 'vitest'
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

const asking = { origin: 'kiosk://app', media: ['video'] }

test.each(PERMISSIONS.filter((name) => name !== 'media'))('%s is denied', (permission) => {
  expect(mayUse(permission, asking)).toBe(false)
})

test.each(['kiosk://app', 'kiosk://app/'])('the camera is given to our page, %s', (origin) => {
  expect(mayUse('media', { origin, media: ['video'] })).toBe(true)
})

test.each([
  ['the microphone', { ...asking, media: ['audio'] }],
  ['the microphone beside the camera', { ...asking, media: ['video', 'audio'] }],
  ['media of no kind', { ...asking, media: [] }],
  ['media of an unknown kind', { ...asking, media: ['unknown'] }],
  ['the camera to another origin', { ...asking, origin: 'kiosk://app.evil' }],
  ['the camera to nobody in particular', { ...asking, origin: undefined }],
])('%s is denied', (_name, asked) => {
  expect(mayUse('media', asked)).toBe(false)
})
