import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { watchCamera, type CameraState } from './camera.ts'
import { loadPart } from '../load.ts'
import { openEye, type Eye } from './eye.ts'
import type { Told } from './protocol.ts'
import { VISION } from './vision/limits.ts'

type Seen = Extract<Told, { kind: 'seen' }>

/** Between two pictures; the eye may take longer. */
const LOOK_EVERY_MS = 60

/** A camera, or what stands for one in training. */
export type WatchSource = (tell: (state: CameraState) => void) => () => void

export const watchRealCamera: WatchSource = (tell) => watchCamera(navigator.mediaDevices, tell)

export interface Capture {
  readonly video: RefObject<HTMLVideoElement | null>
  readonly camera: CameraState
  /** What the last picture showed; null before the first. */
  readonly seen: Seen | null
  /** Takes what lies there now, whether or not it is still. */
  readonly take: () => void
}

/**
 * Looks through a camera while it is mounted. `page` gets each page, taken by hand or by itself;
 * while it has not settled, nothing else is taken.
 */
export function useCapture(
  watch: WatchSource,
  page: (jpeg: Uint8Array<ArrayBuffer>) => Promise<void>,
): Capture {
  const video = useRef<HTMLVideoElement>(null)
  const [camera, setCamera] = useState<CameraState>({ state: 'starting' })
  const [seen, setSeen] = useState<Seen | null>(null)
  const eye = useRef<Eye | null>(null)
  const taking = useRef(false)

  useEffect(() => watch(setCamera), [watch])

  useEffect(() => {
    let ended = false
    const load = async () => {
      const opened = await openEye()
      if (ended) opened.close()
      return opened
    }
    const stopLoading = loadPart(load, (opened) => {
      eye.current = opened
    })
    return () => {
      ended = true
      stopLoading()
      eye.current?.close()
      eye.current = null
    }
  }, [])

  const take = useCallback(async () => {
    const from = video.current
    const looking = eye.current
    if (from === null || looking === null || taking.current || !hasPicture(from)) return
    taking.current = true
    try {
      const told = await looking.take(await createImageBitmap(from))
      if (told.kind === 'page') await page(told.jpeg)
    } catch {
      // The camera has gone in this very moment; its state says so.
    } finally {
      taking.current = false
    }
  }, [page])

  const stream = camera.state === 'live' ? camera.stream : null
  useEffect(() => {
    const shown = video.current
    if (stream === null || shown === null) return
    shown.srcObject = stream
    let timer: ReturnType<typeof setTimeout> | undefined
    let ended = false
    const look = async () => {
      const looking = eye.current
      if (looking !== null && !taking.current && hasPicture(shown)) {
        const picture = await lookAt(shown).catch(() => null)
        const told = picture === null ? null : await looking.look(picture, performance.now())
        if (ended) return
        if (told?.kind === 'seen') {
          setSeen(told)
          if (told.capture) void take()
        }
      }
      if (!ended) timer = setTimeout(() => void look(), LOOK_EVERY_MS)
    }
    void look()
    return () => {
      ended = true
      clearTimeout(timer)
      shown.srcObject = null
      setSeen(null)
    }
  }, [stream, take])

  return { video, camera, seen, take: () => void take() }
}

function hasPicture(video: HTMLVideoElement): boolean {
  return video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA && video.videoWidth > 0
}

/** A picture no larger than what is looked at. */
function lookAt(video: HTMLVideoElement): Promise<ImageBitmap> {
  const width = Math.min(VISION.LOOK_WIDTH, video.videoWidth)
  return createImageBitmap(video, {
    resizeWidth: width,
    resizeHeight: Math.round((video.videoHeight * width) / video.videoWidth),
    resizeQuality: 'medium',
  })
}
