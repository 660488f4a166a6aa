// Runs in the thread of the sound: hands what the microphone hears to the page, a few blocks at once.

declare class AudioWorkletProcessor {
  readonly port: MessagePort
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void

/** Samples that are handed over at once: 43 ms of 48 kHz, often enough for a meter that moves. */
const BLOCK = 2048

class Capture extends AudioWorkletProcessor {
  block = new Float32Array(BLOCK)
  filled = 0

  process([input]: readonly (readonly Float32Array[])[]): boolean {
    for (const sample of input?.[0] ?? []) {
      this.block[this.filled] = sample
      this.filled += 1
      if (this.filled === BLOCK) {
        this.port.postMessage(this.block, [this.block.buffer])
        this.block = new Float32Array(BLOCK)
        this.filled = 0
      }
    }
    return true
  }
}

registerProcessor('capture', Capture)
