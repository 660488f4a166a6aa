import { EventEmitter } from 'node:events'
import type { ProtocolPort } from '../../electron/shell/electron-page.ts'
import type { SessionPort } from '../../electron/shell/electron-session.ts'

type Handler<Name extends keyof SessionPort> = SessionPort[Name] extends (
  handler: infer Given,
  ...rest: never[]
) => unknown
  ? Given
  : never

/** A preventable event, as Electron hands it to listeners. */
export function preventable() {
  const event = {
    defaultPrevented: false,
    preventDefault() {
      event.defaultPrevented = true
    },
  }
  return event
}

/**
 * A session that behaves: it keeps the handlers that it is given, asks them as Chromium would, and
 * is as open as a fresh Electron session where no handler was set.
 */
export function createSession() {
  const events = new EventEmitter()
  let requestHandler: Handler<'setPermissionRequestHandler'> | null = null
  let checkHandler: Handler<'setPermissionCheckHandler'> | null = null
  let deviceHandler: Handler<'setDevicePermissionHandler'> | null = null
  let pairingHandler: Handler<'setBluetoothPairingHandler'> | null = null
  let displayHandler: Handler<'setDisplayMediaRequestHandler'> | null = null
  let beforeRequest: Parameters<SessionPort['webRequest']['onBeforeRequest']>[0] | null = null
  const schemes = new Map<string, Parameters<ProtocolPort['handle']>[1]>()

  const session = {
    /** What was set and has no behaviour of its own here. */
    settings: { spellChecker: true, proxy: 'system', ntlmDomains: '*' },
    setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>) {
      requestHandler = handler
    },
    setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>) {
      checkHandler = handler
    },
    setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'>) {
      deviceHandler = handler
    },
    setBluetoothPairingHandler(handler: Handler<'setBluetoothPairingHandler'>) {
      pairingHandler = handler
    },
    setDisplayMediaRequestHandler(handler: Handler<'setDisplayMediaRequestHandler'>) {
      displayHandler = handler
    },
    setSpellCheckerEnabled(enable: boolean) {
      session.settings.spellChecker = enable
    },
    async setProxy(config: { mode: 'direct' }) {
      session.settings.proxy = config.mode
    },
    allowNTLMCredentialsForDomains(domains: string) {
      session.settings.ntlmDomains = domains
    },
    webRequest: {
      onBeforeRequest(listener: NonNullable<typeof beforeRequest>) {
        beforeRequest = listener
      },
    },
    protocol: {
      handle(scheme: string, handler: Parameters<ProtocolPort['handle']>[1]) {
        schemes.set(scheme, handler)
      },
    },
    on: events.on.bind(events),

    /** The page asks for a permission; resolves whether it got it. */
    async requestPermission(
      permission: string,
      details: { requestingUrl: string; mediaTypes?: string[] } = {
        requestingUrl: 'kiosk://app/index.html',
      },
    ): Promise<boolean> {
      const handler = requestHandler
      if (handler === null) return true
      return new Promise((resolve) => handler({}, permission, resolve, details))
    },
    /** Chromium asks whether a permission is held already. */
    checkPermission: (
      permission: string,
      origin = 'kiosk://app/',
      details: { mediaType?: string } = {},
    ) => checkHandler?.({}, permission, origin, details) ?? true,
    /** A device that the page had chosen before is asked for again. */
    checkDevice: () => deviceHandler?.({}) ?? true,
    /** A Bluetooth device wants to pair. */
    async pair(): Promise<boolean> {
      const handler = pairingHandler
      if (handler === null) return true
      return new Promise((resolve) => handler({}, (response) => resolve(response.confirmed)))
    },
    /** The page asks to record a screen; resolves how many streams it got. */
    async shareScreen(): Promise<number> {
      const handler = displayHandler
      if (handler === null) return 1
      return new Promise((resolve) =>
        handler({}, (streams) => resolve(Object.keys(streams).length)),
      )
    },
    /** The page asks for a device chooser; resolves the device that was chosen for it. */
    async choose(kind: 'select-hid-device' | 'select-usb-device' | 'select-serial-port') {
      const event = preventable()
      const { promise, resolve } = Promise.withResolvers<string | undefined>()
      const details = kind === 'select-serial-port' ? [[], {}] : [{}]
      events.emit(kind, event, ...details, resolve)
      return event.defaultPrevented ? promise : 'the first device'
    },
    /** The page starts a download; true when it went through. */
    download(): boolean {
      const event = preventable()
      events.emit('will-download', event)
      return !event.defaultPrevented
    },
    /** A request of the page: filter first, then the scheme's handler; null where it was cut. */
    async fetch(url: string, method = 'GET', init: RequestInit = {}): Promise<Response | null> {
      const filter = beforeRequest
      if (filter !== null) {
        const { promise, resolve } = Promise.withResolvers<{ cancel: boolean }>()
        filter({ url }, resolve)
        if ((await promise).cancel) return null
      }
      const handler = schemes.get(new URL(url).protocol.slice(0, -1))
      return handler === undefined ? null : handler(new Request(url, { ...init, method }))
    },
  }
  return session satisfies SessionPort & { protocol: ProtocolPort }
}

/** A session of the fake. */
export type FakeSession = ReturnType<typeof createSession>
