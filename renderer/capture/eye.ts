import type { Asked, Told } from './protocol.ts'

/** The worker, as something that is shown pictures and answers each. */
export interface Eye {
  look(picture: ImageBitmap, atMs: number): Promise<Told>
  take(picture: ImageBitmap): Promise<Told>
  close(): void
}

/** Made once: a second policy of that name would be refused. */
let address: Promise<string> | null = null

/**
 * A worker's address counts as code to Trusted Types. This is the one policy that the page may
 * make, and it gives one address, whatever it is asked for.
 */
async function workerAddress(): Promise<string> {
  const { default: url } = await import('./worker.ts?worker&url')
  const policy = window.trustedTypes?.createPolicy('kiosk-worker', { createScriptURL: () => url })
  return policy?.createScriptURL('') ?? url
}

/** Starts the worker; its code is loaded now and not before. */
export async function openEye(): Promise<Eye> {
  address ??= workerAddress()
  const worker = new Worker(await address, { type: 'module' })
  const { port1: ours, port2: its } = new MessageChannel()
  worker.postMessage(null, [its])
  const waiting: ((told: Told) => void)[] = []
  ours.addEventListener('message', ({ data }: MessageEvent<Told>) => waiting.shift()?.(data))
  ours.start()
  const ask = (asked: Asked) =>
    new Promise<Told>((resolve) => {
      waiting.push(resolve)
      ours.postMessage(asked, [asked.picture])
    })
  return {
    look: (picture, atMs) => ask({ kind: 'look', picture, atMs }),
    take: (picture) => ask({ kind: 'take', picture, atMs: 0 }),
    close() {
      ours.close()
      worker.terminate()
    },
  }
}
