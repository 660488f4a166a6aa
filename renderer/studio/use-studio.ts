import { useEffect, useRef, useState } from 'react'
import { finish, OPUS_RATE, RECORDING_LIMITS, type Recording } from '../../shared/speech/index.ts'
import type { StudioState } from '../../shared/speech/studio.ts'
import { openMicrophone, type Microphone } from '../microphone/microphone.ts'
import type { StudioApi } from './api.ts'
import { encode } from './encode.ts'
import { nextOpen } from './progress.ts'
import { problemWords, say } from './words.ts'

/** What the studio does just now with its one line. */
type Take =
  | { readonly state: 'none' }
  | { readonly state: 'recording' }
  | { readonly state: 'taken'; readonly recording: Recording }
  | { readonly state: 'keeping' }

const NO_TAKE: Take = { state: 'none' }

/** The studio's state and what its keys do. */
export function useStudio(api: StudioApi) {
  const [state, setState] = useState<StudioState | 'loading' | 'not-open'>('loading')
  const [at, setAt] = useState(0)
  const [take, setTake] = useState<Take>(NO_TAKE)
  const [complaint, setComplaint] = useState<string | null>(null)
  const [peak, setPeak] = useState(0)
  const microphone = useRef<Microphone | null>(null)
  const context = useRef<AudioContext | null>(null)
  const playing = useRef<AudioBufferSourceNode | null>(null)

  useEffect(() => {
    api.state().then(
      (opened) => {
        setState(opened)
        setAt(nextOpen(opened.lines, -1) ?? 0)
      },
      () => setState('not-open'),
    )
  }, [api])

  const opened = typeof state === 'string' ? null : state
  const line = opened?.lines[at]

  const sound = () => (context.current ??= new AudioContext({ sampleRate: OPUS_RATE }))
  const hush = () => {
    playing.current?.stop()
    playing.current = null
  }
  async function play(buffers: readonly AudioBuffer[]): Promise<void> {
    for (const buffer of buffers) {
      hush()
      const source = sound().createBufferSource()
      source.buffer = buffer
      source.connect(sound().destination)
      playing.current = source
      source.start()
      await new Promise((resolve) => source.addEventListener('ended', resolve, { once: true }))
      if (playing.current !== source) return
    }
  }
  const decode = (file: ArrayBuffer) => sound().decodeAudioData(file)

  function goTo(next: number): void {
    // What is being kept leads on by itself.
    if (take.state === 'keeping') return
    hush()
    microphone.current?.drop()
    setTake(NO_TAKE)
    setComplaint(null)
    setAt(next)
  }

  /** What the recording that goes on is for: to be heard first, or to be kept as it is. */
  const keepAtOnce = useRef(false)
  function stop(andKeep = false): void {
    keepAtOnce.current = andKeep
    microphone.current?.stop()
  }

  async function record(): Promise<void> {
    // By its key as well: what is being recorded or kept is not begun anew.
    if (take.state === 'recording' || take.state === 'keeping') return
    hush()
    setComplaint(null)
    keepAtOnce.current = false
    try {
      await sound().resume()
      microphone.current ??= await openMicrophone(sound(), {
        // A little more than a clip may be: then it is said to be too long.
        longestMs: RECORDING_LIMITS.LONGEST_MS + 1000,
        // What a browser does to telephone calls would make each clip sound different.
        cleaned: false,
        onLevel: setPeak,
      })
    } catch {
      setComplaint(say('studio.no-microphone'))
      return
    }
    setTake({ state: 'recording' })
    const raw = await microphone.current.record()
    if (raw === null) return
    const finished = finish(raw)
    if (finished.ok) {
      if (keepAtOnce.current) return keep(finished.value)
      setTake({ state: 'taken', recording: finished.value })
    } else {
      setTake(NO_TAKE)
      setComplaint(problemWords(finished.error))
    }
  }

  async function hear(): Promise<void> {
    if (line === undefined) return
    if (take.state === 'taken') {
      const { samples, rate } = take.recording.sound
      const buffer = sound().createBuffer(1, samples.length, rate)
      buffer.copyToChannel(Float32Array.from(samples), 0)
      await play([buffer])
    } else if (line.recorded) await play([await decode(await api.clip(line.id))])
  }

  async function hearVietnamese(): Promise<void> {
    const files = await Promise.all((line?.vietnamese ?? []).map((id) => api.vietnamese(id)))
    await play(await Promise.all(files.map(decode)))
  }

  async function keep(recording: Recording): Promise<void> {
    if (opened === null || line === undefined) return
    hush()
    setTake({ state: 'keeping' })
    setComplaint(null)
    try {
      const { sound: spoken, level, peak: highest } = recording
      await api.keep(line.id, { file: await encode(spoken), level, peak: highest })
    } catch {
      setTake({ state: 'taken', recording })
      setComplaint(say('studio.not-kept'))
      return
    }
    const lines = opened.lines.map((one, index) =>
      index === at ? { ...one, recorded: true } : one,
    )
    setState({ ...opened, lines })
    setTake(NO_TAKE)
    setAt(nextOpen(lines, at) ?? at)
  }

  const last = (opened?.lines.length ?? 1) - 1
  return {
    state,
    line,
    at,
    take: take.state,
    complaint,
    peak,
    canHear: take.state === 'taken' || (take.state === 'none' && line?.recorded === true),
    record,
    stop,
    hear,
    hearVietnamese,
    /** What was taken, or what is just being said as soon as it has ended. */
    async keep(): Promise<void> {
      if (take.state === 'recording') return stop(true)
      if (take.state === 'taken') await keep(take.recording)
    },
    skip: () => goTo(Math.min(at + 1, last)),
    back: () => goTo(Math.max(at - 1, 0)),
  }
}
