/** heard: a touch; done: filed; attention: "are you still there"; refused: something to mend. */
export type Earcon = 'heard' | 'done' | 'attention' | 'refused'

/** Notes one after another: hertz, and milliseconds. They differ in rhythm as well as in pitch. */
const NOTES: Readonly<Record<Earcon, readonly (readonly [hertz: number, ms: number])[]>> = {
  heard: [[880, 45]],
  done: [
    [523, 110],
    [659, 110],
    [784, 220],
  ],
  attention: [
    [659, 160],
    [0, 90],
    [659, 160],
    [0, 90],
    [659, 160],
  ],
  refused: [
    [392, 140],
    [311, 260],
  ],
}

/** Soft beside the voice. */
const AMPLITUDE = 0.12
const EDGE_MS = 8

/** The samples of an earcon, from -1 to 1. */
export function earconSamples(earcon: Earcon, rate: number): Float32Array<ArrayBuffer> {
  const edge = (rate * EDGE_MS) / 1000
  const notes = NOTES[earcon].map(([hertz, ms]) => {
    const length = Math.round((rate * ms) / 1000)
    return Array.from({ length }, (_, at) => {
      const rounded = Math.min(1, at / edge, (length - at) / edge)
      return AMPLITUDE * rounded * Math.sin((2 * Math.PI * hertz * at) / rate)
    })
  })
  return Float32Array.from(notes.flat())
}
