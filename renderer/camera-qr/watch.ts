import { wake, type Awake } from '../awake.ts'
import { loadPart } from '../load.ts'
import { openCamera, type CameraProblem } from './camera.ts'
import { CAMERA_QR_LIMITS } from './limits.ts'

/** How the camera that reads codes stands. */
export type CameraState =
  | { readonly state: 'opening' }
  | { readonly state: 'watching' }
  | { readonly state: 'away'; readonly problem: CameraProblem }

/**
 * Looks through the camera for codes until it is stopped; a camera that goes away is looked for
 * again. A code that stays in the picture is told once.
 */
export function watchCodes(on: {
  readonly code: (text: string) => void
  readonly state: (state: CameraState) => void
}): () => void {
  let decoder: Awake | null = null
  const load = async () => {
    const woken = await wake(
      new Worker(new URL('./decode.worker.ts', import.meta.url), { type: 'module' }),
    )
    if (closed) woken.close()
    return woken
  }
  const isNew = createSameCode(() => performance.now())
  let closed = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopStream = () => {}

  const later = (ms: number, run: () => Promise<void>) => {
    if (!closed) timer = setTimeout(() => void run(), ms)
  }

  function away(problem: CameraProblem) {
    stopStream()
    stopStream = () => {}
    if (closed) return
    on.state({ state: 'away', problem })
    later(CAMERA_QR_LIMITS.RETRY_MS, open)
  }

  async function open() {
    const opened = await openCamera(navigator.mediaDevices)
    if (!opened.ok) return away(opened.error)
    const stream = opened.value
    stopStream = () => {
      for (const track of stream.getTracks()) track.stop()
    }
    if (closed) return stopStream()
    const video = document.createElement('video')
    video.muted = true
    video.srcObject = stream
    stream.getVideoTracks()[0]?.addEventListener('ended', () => away('missing'), { once: true })
    try {
      await video.play()
    } catch {
      return away('busy')
    }
    if (closed) return
    on.state({ state: 'watching' })
    void look(video, stream)
  }

  async function look(video: HTMLVideoElement, stream: MediaStream) {
    if (closed || !stream.active) return
    if (video.videoWidth > 0 && decoder !== null) {
      const picture = await createImageBitmap(video).catch(() => null)
      const text = picture === null || closed ? null : await decode(decoder.port, picture)
      if (text !== null && !closed && isNew(text)) on.code(text)
    }
    later(CAMERA_QR_LIMITS.LOOK_MS, () => look(video, stream))
  }

  function decode(port: MessagePort, picture: ImageBitmap): Promise<string | null> {
    return new Promise((resolve) => {
      const done = ({ data }: MessageEvent<unknown>) =>
        resolve(typeof data === 'string' && data !== '' ? data : null)
      port.addEventListener('message', done, { once: true })
      port.postMessage(picture, [picture])
    })
  }

  on.state({ state: 'opening' })
  const stopLoading = loadPart(load, (woken) => {
    decoder = woken
  })
  void open()
  return () => {
    closed = true
    clearTimeout(timer)
    stopStream()
    stopLoading()
    decoder?.close()
  }
}

/** Tells a code that came into the picture from one that is still there. */
export function createSameCode(now: () => number): (text: string) => boolean {
  let last: { readonly text: string; readonly seenMs: number } | null = null
  return (text) => {
    const seenMs = now()
    const same =
      last !== null && last.text === text && seenMs - last.seenMs < CAMERA_QR_LIMITS.SAME_CODE_MS
    last = { text, seenMs }
    return !same
  }
}
