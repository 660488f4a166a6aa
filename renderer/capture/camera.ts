/** How the camera is, as the page alone can know. */
export type CameraState =
  | { readonly state: 'starting' }
  | { readonly state: 'live'; readonly stream: MediaStream }
  /** No camera is plugged in. */
  | { readonly state: 'missing' }
  /** It was there a moment ago. */
  | { readonly state: 'pulled-out' }
  /** The browser does not let the page have it. */
  | { readonly state: 'denied' }
  /** Another program holds it. */
  | { readonly state: 'busy' }

/** What a camera over a tray gives at most; one that has less gives what it has. */
const WANTED = {
  width: { ideal: 2592 },
  height: { ideal: 1944 },
  frameRate: { ideal: 15 },
} as const

/** Another look for a camera that was not to be had, beside the browser's word that one came. */
const LOOK_AGAIN_MS = 2000

/** The parts of `navigator.mediaDevices` that are used. */
export type MediaPort = Pick<
  MediaDevices,
  'getUserMedia' | 'addEventListener' | 'removeEventListener'
>

/**
 * Keeps the camera open and tells how it is. One that is missing, busy or pulled out is looked for
 * again when something is plugged in, and every two seconds.
 */
export function watchCamera(
  media: MediaPort | undefined,
  tell: (state: CameraState) => void,
): () => void {
  let closed = false
  let opening = false
  let stream: MediaStream | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function open(): Promise<void> {
    if (closed || opening || stream !== null) return
    if (media === undefined) return tell({ state: 'missing' })
    opening = true
    try {
      const opened = await media.getUserMedia({ video: WANTED, audio: false })
      if (closed) return stop(opened)
      stream = opened
      for (const track of opened.getVideoTracks()) {
        track.addEventListener('ended', lost, { once: true })
      }
      tell({ state: 'live', stream: opened })
    } catch (error) {
      if (!closed) tell({ state: troubleOf(error) })
      again()
    } finally {
      opening = false
    }
  }

  function lost(): void {
    if (stream !== null) stop(stream)
    stream = null
    if (closed) return
    tell({ state: 'pulled-out' })
    again()
  }

  function again(): void {
    clearTimeout(timer)
    if (!closed) timer = setTimeout(() => void open(), LOOK_AGAIN_MS)
  }

  const changed = () => void open()
  media?.addEventListener('devicechange', changed)
  tell({ state: 'starting' })
  void open()
  return () => {
    closed = true
    clearTimeout(timer)
    media?.removeEventListener('devicechange', changed)
    if (stream !== null) stop(stream)
  }
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

/** By the names of the Media Capture specification. */
function troubleOf(error: unknown): 'missing' | 'denied' | 'busy' {
  switch (error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'missing'
  }
}
