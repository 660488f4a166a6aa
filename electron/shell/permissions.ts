import { PAGE_ORIGIN } from './navigation.ts'

/** What is asked for besides the permission's name. */
export interface Asking {
  /** Origin of who asks, with or without a slash; undefined where nobody said. */
  readonly origin: string | undefined
  /** For `media`: `video`, `audio`, both, or something else. */
  readonly media: readonly string[]
}

/**
 * Says whether the page may have a permission: the camera over the tray, for our own page alone,
 * and nothing else, whatever its name, so that a name that a later Chromium invents is denied too.
 * Devices are the core's; the page needs no microphone, clipboard, notification or full-screen
 * request (the window is full screen already).
 */
export function mayUse(permission: string, { origin, media }: Asking): boolean {
  const isOurs = origin === PAGE_ORIGIN || origin === `${PAGE_ORIGIN}/`
  return permission === 'media' && isOurs && media.length === 1 && media[0] === 'video'
}
