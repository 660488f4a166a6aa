import { PAGE_ORIGIN } from './navigation.ts'

/** Who asks for a permission, as far as Electron says it. */
export interface Asked {
  readonly permission: string
  /** Origin or address of the frame. */
  readonly from: string | undefined
  /** Kinds of media, where it asks for media. */
  readonly media: readonly string[]
}

/**
 * Says whether the page may have a permission: the camera, for our own page, without sound, and the
 * microphone alone where an assistant may dictate; nothing else, whatever its name, so that a name
 * that a later Chromium invents is denied too. All other devices are the core's; the page needs no
 * clipboard, notification or full-screen request (the window is full screen already).
 */
export function mayUse({ permission, from, media }: Asked, microphone: boolean): boolean {
  if (permission !== 'media' || !isOurs(from) || media.length === 0) return false
  return media.every(isPicture) || (microphone && media.every(isSound))
}

const isPicture = (medium: string): boolean => medium === 'video'
const isSound = (medium: string): boolean => medium === 'audio'

/** An origin comes with or without its last slash. */
function isOurs(from: string | undefined): boolean {
  return from === PAGE_ORIGIN || from?.startsWith(`${PAGE_ORIGIN}/`) === true
}
