import type { Gray } from '../../shared/imaging/gray.ts'
import type { Asked, Told } from './protocol.ts'
import { toGray } from './vision/gray.ts'
import { judge } from './vision/judge.ts'
import { pageOf } from './vision/page-of.ts'
import { observe, restless } from './vision/steady.ts'

/** Looks at the camera's pictures in a thread of its own, so that no touch waits for it. */
let steady = restless

addEventListener('message', (event: MessageEvent<unknown>) => {
  const [port] = event.ports
  if (port === undefined) return
  port.addEventListener('message', ({ data }: MessageEvent<Asked>) =>
    port.postMessage(tryToAnswer(data)),
  )
  port.start()
  // Awake: from now on each picture has one answer.
  port.postMessage(null)
})

/** Each picture is answered, or the page would wait for ever. */
function tryToAnswer(asked: Asked): Told {
  try {
    return answer(asked)
  } catch {
    return { kind: 'unreadable' }
  }
}

function answer({ kind, picture, atMs }: Asked): Told {
  const gray = grayOf(picture)
  picture.close()
  if (kind === 'take') {
    const page = pageOf(gray)
    return typeof page === 'string'
      ? { kind: 'refused', flaw: page }
      : { kind: 'page', jpeg: new Uint8Array(page.jpeg) }
  }
  const { width, height } = gray
  const verdict = judge(gray)
  const seen = observe(steady, verdict, atMs, Math.hypot(width, height))
  steady = seen.steady
  return { kind: 'seen', verdict, width, height, capture: seen.capture }
}

function grayOf(picture: ImageBitmap): Gray {
  const { width, height } = picture
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (context === null) throw new Error('no 2d context in the worker')
  context.drawImage(picture, 0, 0)
  return toGray(context.getImageData(0, 0, width, height))
}
