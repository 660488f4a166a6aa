/** Decodes a picture, or throws; null where no decoder is to be had on this machine. */
export type Decode = (bytes: Uint8Array) => Promise<{ width: number; height: number } | null>

/** The drawing library as a second opinion on what calls itself a JPEG. */
export const decodePicture: Decode = async (bytes) => {
  const skia = await import('@napi-rs/canvas').catch(() => null)
  if (skia === null) return null
  const { width, height } = await skia.loadImage(bytes)
  return { width, height }
}
