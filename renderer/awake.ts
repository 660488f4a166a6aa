/** A worker that answers, and how to end it. */
export interface Awake {
  readonly port: MessagePort
  readonly close: () => void
}

/**
 * Hands a worker that was just made its port, on which its first message says that it is awake.
 * Rejects where its code cannot be loaded: the core that serves it may be away just then.
 */
export async function wake(worker: Worker): Promise<Awake> {
  const { port1: port, port2: its } = new MessageChannel()
  const awake = new Promise<void>((resolve, reject) => {
    port.addEventListener('message', () => resolve(), { once: true })
    worker.addEventListener('error', () => reject(new Error('the worker did not start')), {
      once: true,
    })
  })
  port.start()
  worker.postMessage(null, [its])
  const close = () => {
    port.close()
    worker.terminate()
  }
  await awake.catch((error: unknown) => {
    close()
    throw error
  })
  return { port, close }
}
