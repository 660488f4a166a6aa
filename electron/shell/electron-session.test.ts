import { describe, expect, test } from 'vitest'
import { createSession } from '../../test/fakes/electron-session.ts'
import { lockSession } from './electron-session.ts'

function locked() {
  const session = createSession()
  lockSession(session)
  return session
}

test('a session that nobody locked would be open', async () => {
  const session = createSession()
  session.protocol.handle('kiosk', async () => new Response('page'))
  expect(await session.requestPermission('camera')).toBe(true)
  expect(await session.pair()).toBe(true)
  expect(session.download()).toBe(true)
  expect(await session.fetch('kiosk://evil/')).not.toBeNull()
})

describe('a locked session', () => {
  test.each(['media', 'serial', 'hid', 'usb', 'clipboard-read', 'unknown', 'mind-reading'])(
    'denies %s',
    async (permission) => {
      expect(await locked().requestPermission(permission)).toBe(false)
      expect(locked().checkPermission(permission)).toBe(false)
    },
  )

  test('gives our own page the camera, and nobody else', async () => {
    const camera = (securityOrigin: string) =>
      locked().requestPermission('media', { securityOrigin, mediaTypes: ['video'] })
    expect(await camera('kiosk://app/')).toBe(true)
    expect(await camera('https://evil.example/')).toBe(false)
    expect(locked().checkPermission('media', 'kiosk://app', { mediaType: 'video' })).toBe(true)
    expect(locked().checkPermission('media', 'kiosk://app', { mediaType: 'audio' })).toBe(false)
  })

  test('gives no device, no pairing and no screen', async () => {
    const session = locked()
    expect(session.checkDevice()).toBe(false)
    expect(await session.pair()).toBe(false)
    expect(await session.shareScreen()).toBe(0)
    expect(await session.choose('select-hid-device')).toBeUndefined()
    expect(await session.choose('select-usb-device')).toBeUndefined()
    expect(await session.choose('select-serial-port')).toBe('')
  })

  test('downloads nothing', () => {
    expect(locked().download()).toBe(false)
  })

  test('asks no proxy, no spelling server and no domain', () => {
    expect(locked().settings).toEqual({ spellChecker: false, proxy: 'direct', ntlmDomains: '' })
  })

  test('fetches the page and nothing else', async () => {
    const session = locked()
    session.protocol.handle('kiosk', async () => new Response('page'))
    session.protocol.handle('https', async () => new Response('the world'))
    expect(await session.fetch('kiosk://app/index.html')).not.toBeNull()
    expect(await session.fetch('https://dichvucong.gov.vn/')).toBeNull()
    expect(await session.fetch('kiosk://evil/')).toBeNull()
  })
})
