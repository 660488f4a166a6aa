import { describe, expect, test } from 'vitest'
import { createSession } from '../../test/fakes/electron-session.ts'
import { lockSession } from './electron-session.ts'

function locked(microphone = false) {
  const session = createSession()
  lockSession(session, () => microphone)
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

  test('lets our own page look through the camera, without sound', async () => {
    const session = locked()
    const requestingUrl = 'kiosk://app/index.html'
    const ask = (mediaTypes: string[]) =>
      session.requestPermission('media', { requestingUrl, mediaTypes })
    expect(await ask(['video'])).toBe(true)
    expect(await ask(['video', 'audio'])).toBe(false)
    expect(session.checkPermission('media', 'kiosk://app/', { mediaType: 'video' })).toBe(true)
    expect(session.checkPermission('media', 'https://evil/', { mediaType: 'video' })).toBe(false)
  })

  test('lets it hear only where an assistant may dictate, and without the picture', async () => {
    const requestingUrl = 'kiosk://app/index.html'
    const ask = (microphone: boolean, mediaTypes: string[]) =>
      locked(microphone).requestPermission('media', { requestingUrl, mediaTypes })
    expect(await ask(false, ['audio'])).toBe(false)
    expect(await ask(true, ['audio'])).toBe(true)
    expect(await ask(true, ['video', 'audio'])).toBe(false)
    const check = (from: string) =>
      locked(true).checkPermission('media', from, { mediaType: 'audio' })
    expect(check('kiosk://app/')).toBe(true)
    expect(check('https://evil/')).toBe(false)
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
