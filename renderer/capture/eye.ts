import { wake } from '../awake.ts'
import type { Asked, Told } from './protocol.ts'

/** The worker, as something that is shown pictures and answers each. */
export interface Eye {
  look(picture: ImageBitmap, atMs: number): Promise<Told>
  take(picture: ImageBitmap): Promise<Told>
  close(): void
}

/**
 * Starts the worker; its code is loaded now and not before. Rejects where it cannot be loaded: the
 * core that serves it may be away just then.
 */
export async function openEye(): Promise<Eye> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const { port: ours, close } = await wake(worker)
  const waiting: ((told: Told) => void)[] = []
  ours.addEventListener('message', ({ data }: MessageEvent<Told>) => waiting.shift()?.(data))
  const ask = (asked: Asked) =>
    new Promise<Told>((resolve) => {
      waiting.push(resolve)
      ours.postMessage(asked, [asked.picture])
    })
  return {
    look: (picture, atMs) => ask({ kind: 'look', picture, atMs }),
    take: (picture) => ask({ kind: 'take', picture, atMs: 0 }),
    close,
  }
}
