import { mayRequest } from './navigation.ts'
import { mayUse } from './permissions.ts'

interface Preventable {
  preventDefault(): void
}

/** The parts of Electron's `Session` that the lock-down uses. */
export interface SessionPort {
  setPermissionRequestHandler(
    handler: (
      contents: unknown,
      permission: string,
      callback: (granted: boolean) => void,
      details: { readonly requestingUrl: string; readonly mediaTypes?: readonly string[] },
    ) => void,
  ): void
  setPermissionCheckHandler(
    handler: (
      contents: unknown,
      permission: string,
      origin: string,
      details: { readonly mediaType?: string },
    ) => boolean,
  ): void
  setDevicePermissionHandler(handler: (details: unknown) => boolean): void
  setBluetoothPairingHandler(
    handler: (details: unknown, callback: (response: { confirmed: boolean }) => void) => void,
  ): void
  setDisplayMediaRequestHandler(
    handler: (request: unknown, callback: (streams: Record<string, never>) => void) => void,
  ): void
  setSpellCheckerEnabled(enable: boolean): void
  setProxy(config: { mode: 'direct' }): Promise<void>
  allowNTLMCredentialsForDomains(domains: string): void
  readonly webRequest: {
    onBeforeRequest(
      listener: (
        details: { url: string },
        callback: (response: { cancel: boolean }) => void,
      ) => void,
    ): void
  }
  on(
    event: 'select-hid-device',
    listener: (event: Preventable, details: unknown, callback: (id?: string) => void) => void,
  ): unknown
  on(
    event: 'select-usb-device',
    listener: (event: Preventable, details: unknown, callback: (id?: string) => void) => void,
  ): unknown
  on(
    event: 'select-serial-port',
    listener: (
      event: Preventable,
      ports: unknown,
      contents: unknown,
      callback: (id: string) => void,
    ) => void,
  ): unknown
  on(event: 'will-download', listener: (event: Preventable) => void): unknown
}

/**
 * Denies everything that a session can be asked for but the page's camera, and its microphone where
 * `microphone` says so. Called for every session that comes into being. Certificates are left to
 * Chromium's own verification.
 */
export function lockSession(session: SessionPort, microphone: () => boolean): void {
  session.setPermissionRequestHandler(
    (_contents, permission, callback, { requestingUrl, mediaTypes }) =>
      callback(mayUse({ permission, from: requestingUrl, media: mediaTypes ?? [] }, microphone())),
  )
  session.setPermissionCheckHandler((_contents, permission, from, { mediaType }) =>
    mayUse({ permission, from, media: mediaType === undefined ? [] : [mediaType] }, microphone()),
  )
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, callback) => callback({ confirmed: false }))
  session.setDisplayMediaRequestHandler((_request, callback) => callback({}))
  session.setSpellCheckerEnabled(false)
  // No request of the page leaves the machine; a proxy of the desktop must not change that.
  void session.setProxy({ mode: 'direct' })
  session.allowNTLMCredentialsForDomains('')
  session.webRequest.onBeforeRequest((details, callback) =>
    callback({ cancel: !mayRequest(details.url) }),
  )
  session.on('select-hid-device', (event, _details, callback) => {
    event.preventDefault()
    callback()
  })
  session.on('select-usb-device', (event, _details, callback) => {
    event.preventDefault()
    callback()
  })
  session.on('select-serial-port', (event, _ports, _contents, callback) => {
    event.preventDefault()
    // The empty name is Electron's "none".
    callback('')
  })
  session.on('will-download', (event) => event.preventDefault())
}
