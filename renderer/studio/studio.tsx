import { useEffect } from 'react'
import type { StudioApi } from './api.ts'
import { progressOf } from './progress.ts'
import { useStudio } from './use-studio.ts'
import { say, type StudioWord } from './words.ts'

/** Procedures whose progress stands on the page: those that are asked for every day. */
const JOURNEYS_SHOWN = 10

/** One text at a time, in order of use: heard in Vietnamese, recorded, heard again, kept. */
export function Studio({ api }: { readonly api: StudioApi }) {
  const studio = useStudio(api)
  const { state, line, take, at } = studio

  const keys: Readonly<Record<string, () => void>> = {
    v: () => void studio.hearVietnamese(),
    ' ': () => void (take === 'recording' ? studio.stop() : studio.record()),
    n: () => void studio.hear(),
    Enter: () => void studio.keep(),
    ArrowRight: studio.skip,
    ArrowLeft: studio.back,
  }
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.altKey || event.metaKey) return
      const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (act === undefined) return
      // A key that has the focus is not pressed as well.
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })

  if (state === 'loading') return <p className="studio__note">{say('studio.loading')}</p>
  if (state === 'not-open' || line === undefined) {
    return <p className="studio__note">{say('studio.not-open')}</p>
  }
  const [whole, ...journeys] = progressOf(state, say('studio.progress'), JOURNEYS_SHOWN)
  const key = (word: StudioWord, act: () => void, allowed = true, kind = '') => (
    <button type="button" className={`studio__key ${kind}`} disabled={!allowed} onClick={act}>
      {say(word)}
    </button>
  )
  const busy = take === 'keeping'
  return (
    <main className="studio">
      <header>
        <h1>
          {say('studio.title')}: {state.name}
        </h1>
        <p>
          {at + 1} / {state.lines.length} · {say(`studio.part.${line.part}`)}
        </p>
      </header>
      <section className="studio__text" aria-live="polite">
        <p>{say('studio.read')}</p>
        <p className="studio__line" data-line={line.id}>
          {line.text}
        </p>
        {line.source !== null && (
          <p lang="vi">
            {say('studio.from')}: {line.source}
          </p>
        )}
        <p className="studio__state" data-recorded={line.recorded}>
          {say(line.recorded ? 'studio.recorded' : 'studio.open')}
        </p>
      </section>
      <label className="studio__level">
        {say('studio.level')}
        <meter min={0} low={0.05} high={0.9} optimum={0.4} max={1} value={studio.peak} />
      </label>
      <div className="studio__keys">
        {key('studio.hear-vietnamese', () => void studio.hearVietnamese(), take !== 'recording')}
        {take === 'recording'
          ? key('studio.stop', () => studio.stop(), true, 'studio__key--stop')
          : key('studio.record', () => void studio.record(), !busy, 'studio__key--go')}
        {key('studio.hear', () => void studio.hear(), studio.canHear)}
        {key(
          take === 'recording' ? 'studio.stop-keep' : 'studio.keep',
          () => void studio.keep(),
          take === 'taken' || take === 'recording',
          'studio__key--go',
        )}
        {key('studio.back', studio.back, !busy)}
        {key('studio.skip', studio.skip, !busy)}
      </div>
      <p className="studio__complaint" role="status">
        {studio.complaint ?? (whole?.recorded === whole?.of ? say('studio.all-done') : '')}
      </p>
      <p className="studio__hint">{say('studio.keys')}</p>
      <section>
        {whole !== undefined && <Bar {...whole} />}
        <h2>{say('studio.journeys')}</h2>
        {journeys.map((one) => (
          <Bar key={one.name} {...one} />
        ))}
      </section>
    </main>
  )
}

function Bar({ name, recorded, of }: { name: string; recorded: number; of: number }) {
  return (
    <label className="studio__bar">
      <span>{name}</span>
      <progress max={Math.max(1, of)} value={recorded} />
      <span>
        {recorded} / {of}
      </span>
    </label>
  )
}
