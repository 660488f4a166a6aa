import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import wasm from 'zxing-wasm/reader/zxing_reader.wasm?url'

/**
 * Reads QR codes in pictures, away from the page's own thread. The WebAssembly comes from our own
 * origin: by itself the library would ask a network that a kiosk does not have.
 */
prepareZXingModule({ overrides: { locateFile: () => wasm } })

const canvas = new OffscreenCanvas(1, 1)
const drawing = canvas.getContext('2d', { willReadFrequently: true })
const strictUtf8 = new TextDecoder('utf-8', { fatal: true })

async function read(picture: ImageBitmap): Promise<string | null> {
  const { width, height } = picture
  canvas.width = width
  canvas.height = height
  drawing?.drawImage(picture, 0, 0)
  picture.close()
  if (drawing === null) return null
  const pixels = drawing.getImageData(0, 0, width, height)
  const [found] = await readBarcodes(pixels, {
    formats: ['QRCode'],
    tryHarder: true,
    maxNumberOfSymbols: 1,
  })
  return found?.isValid === true ? textOf(found) : null
}

/** Cards are UTF-8 and do not say so; a guess of the library counts only for what is not. */
function textOf({ bytes, text }: { bytes: Uint8Array; text: string }): string {
  try {
    return strictUtf8.decode(bytes)
  } catch {
    return text
  }
}

addEventListener('message', (event: MessageEvent<unknown>) => {
  const [port] = event.ports
  if (port === undefined) return
  const answer = (text: string | null) => port.postMessage(text)
  port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (!(data instanceof ImageBitmap)) return
    // A picture that cannot be read is a picture without a code.
    read(data).then(answer, () => answer(null))
  })
  port.start()
  // Awake: from now on each picture has one answer.
  answer(null)
})
