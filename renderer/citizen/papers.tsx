import { useCallback, useState } from 'react'
import type { DocumentScannerState, PageView, SessionView } from '../../shared/contract/index.ts'
import { handIn, usePictures } from '../capture/pictures.ts'
import { useCapture, watchRealCamera } from '../capture/use-capture.ts'
import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button, onceOf } from '../ui/button.tsx'
import { Drawing, Glyph } from '../ui/drawings.tsx'
import { Screen, type ActionKey } from '../ui/screen.tsx'
import { StateLine } from '../ui/state-line.tsx'
import { watchSampleCamera } from '../training/sample-camera.ts'
import { Outline } from './papers-outline.tsx'
import {
  brokenOffWords,
  captureWords,
  scannerWords,
  scanningHelps,
  type StateWords,
} from './papers-words.ts'

export type PapersSession = Extract<SessionView, { screen: 'papers' }>

/**
 * One paper that goes with the filing: captured page by page, looked at, turned, thrown away. What
 * is captured is the core's; the page knows only whether it is capturing or looking.
 */
export function Papers({ session }: { readonly session: PapersSession }) {
  const { view } = useKiosk()
  const [adding, setAdding] = useState(false)
  const [shown, setShown] = useState<string | null>(null)
  const [count, setCount] = useState(session.pages.length)
  // A page that has come, or gone, is the end of adding: the newest one is looked at.
  if (count !== session.pages.length) {
    setCount(session.pages.length)
    setAdding(false)
    setShown(null)
  }
  const page = session.pages.find(({ id }) => id === shown) ?? session.pages.at(-1)
  // A feeder goes on after the first page.
  const scanning = session.source === 'scanner' && view.devices.documentScanner.state === 'scanning'
  if (page !== undefined && !adding && !scanning) {
    return <Look session={session} page={page} onShow={setShown} onAdd={() => setAdding(true)} />
  }
  const onLeave = session.pages.length > 0 ? () => setAdding(false) : null
  return session.source === 'scanner' ? (
    <Scan session={session} onLeave={onLeave} />
  ) : (
    <Live session={session} onLeave={onLeave} />
  )
}

/** What all views of a paper have in common. */
function frame(session: PapersSession) {
  return {
    open: true,
    step: [
      words('step.of', { step: 4 }),
      session.changing
        ? words('step.papers-changing')
        : words('step.papers', { index: session.index, count: session.count }),
    ],
    keys: {},
  } as const
}

/** The way out of capturing: back to the pages that there are, or to the counter with the paper. */
function useOther(onLeave: (() => void) | null): ActionKey {
  const { act } = useKiosk()
  return onLeave === null
    ? {
        label: words('papers.none'),
        glyph: 'next',
        onPress: () => void act({ type: 'paper-at-counter' }),
      }
    : { label: words('papers.no-more'), glyph: 'back', onPress: onLeave }
}

/** The camera's own picture, and what is wrong with it. */
function Live({
  session,
  onLeave,
}: {
  readonly session: PapersSession
  readonly onLeave: (() => void) | null
}) {
  const [keeping, setKeeping] = useState<'no' | 'going-on' | 'failed'>('no')
  const { upload } = session
  const keep = useCallback(
    async (jpeg: Uint8Array<ArrayBuffer>) => {
      if (upload === null) return
      setKeeping('going-on')
      setKeeping((await handIn(upload, jpeg)) ? 'no' : 'failed')
    },
    [upload],
  )
  const { video, camera, seen, take } = useCapture(
    session.source === 'sample' ? watchSampleCamera : watchRealCamera,
    keep,
  )
  const other = useOther(onLeave)
  const line = captureWords(camera, seen, keeping)
  const live = camera.state === 'live'
  const away = !live && camera.state !== 'starting'
  return (
    <Screen
      {...frame(session)}
      title={
        away ? words('papers.title-away') : words('papers.title', { paper: session.component.name })
      }
      faulty={away}
      strip={[line.first, line.second]}
      {...(away
        ? { go: other }
        : { other, go: { label: words('papers.take'), glyph: 'camera', onPress: take } })}
    >
      <div className="capture">
        <div className="capture__view">
          {live ? (
            <>
              <video ref={video} autoPlay muted playsInline aria-hidden="true" />
              <Outline seen={seen} />
              <p className="capture__tag">{say('papers.live')}</p>
            </>
          ) : (
            <Drawing name="camera" size={90} big />
          )}
        </div>
        <Line words={line} />
      </div>
    </Screen>
  )
}

/** A scanner that the core drives: nothing to see until it has scanned. */
function Scan({
  session,
  onLeave,
}: {
  readonly session: PapersSession
  readonly onLeave: (() => void) | null
}) {
  const { view, act } = useKiosk()
  const { documentScanner } = view.devices
  const line = scannerWords(documentScanner)
  const other = useOther(onLeave)
  const scan: ActionKey = {
    label: words('papers.scan'),
    glyph: 'camera',
    onPress: () => void act({ type: 'scan-paper' }),
  }
  return (
    <Screen
      {...frame(session)}
      title={
        line.state === 'stop'
          ? words('papers.title-scanner-away')
          : words('papers.title-scanner', { paper: session.component.name })
      }
      faulty={line.state === 'stop'}
      strip={[line.first, line.second]}
      {...scanKeys(documentScanner, scan, other, onLeave !== null)}
    >
      <div className="capture">
        <div className="capture__view">
          <Drawing name={session.component.drawing} size={90} big />
        </div>
        <Line words={line} />
      </div>
    </Screen>
  )
}

/** The large key is what the words say; a scanner that is away may be tried again all the same. */
function scanKeys(
  scanner: DocumentScannerState,
  scan: ActionKey,
  other: ActionKey,
  hasPages: boolean,
): { readonly go?: ActionKey; readonly other?: ActionKey } {
  // Those that have come are looked at when the last one is here.
  if (scanner.state === 'scanning') return hasPages ? {} : { other }
  return scanningHelps(scanner) ? { go: scan, other } : { go: other, other: scan }
}

/** A captured page: is it to be kept? */
function Look({
  session,
  page,
  onShow,
  onAdd,
}: {
  readonly session: PapersSession
  readonly page: PageView
  readonly onShow: (page: string) => void
  readonly onAdd: () => void
}) {
  const { view, act } = useKiosk()
  const pictures = usePictures(session.pages)
  const number = session.pages.findIndex(({ id }) => id === page.id) + 1
  const { full } = session
  const brokenOff =
    session.source === 'scanner' ? brokenOffWords(view.devices.documentScanner) : null
  const line: StateWords = full
    ? { state: 'wait', first: words('papers.full'), second: words('papers.full-2') }
    : (brokenOff ?? { state: 'done', first: words('papers.kept'), second: words('papers.kept-2') })
  const drop = () => void act({ type: 'drop-page', page: page.id })
  return (
    <Screen
      {...frame(session)}
      title={words('papers.title-look', { page: number })}
      strip={[line.first, line.second]}
      other={{
        label: words(session.source === 'scanner' ? 'papers.rescan' : 'papers.retake'),
        glyph: 'again',
        onPress: drop,
      }}
      go={{
        label: words('frame.continue'),
        glyph: 'next',
        onPress: () => void act({ type: 'accept-paper' }),
      }}
    >
      <div className="capture">
        <div className="capture__view">
          {pictures.has(page.id) ? (
            <img
              className={`capture__page turns-${page.turns}`}
              src={pictures.get(page.id)}
              alt={words('papers.page', { page: number }).text}
            />
          ) : null}
        </div>
        <Line words={line} />
        <ul className="capture__pages" aria-label={words('papers.pages').text}>
          {session.pages.map(({ id, turns }, index) => (
            <li key={id}>
              <button
                type="button"
                className="tile capture__tile"
                aria-pressed={id === page.id}
                onClick={onceOf(() => onShow(id))}
              >
                {pictures.has(id) ? (
                  <img className={`turns-${turns}`} src={pictures.get(id)} alt="" />
                ) : null}
                <b>{say('papers.page', { page: index + 1 })}</b>
              </button>
            </li>
          ))}
          {full ? null : (
            <li>
              <button
                type="button"
                className="tile tile--add capture__tile"
                onClick={onceOf(onAdd)}
              >
                <Glyph name="plus" size={12} />
                <b>{say('papers.add')}</b>
              </button>
            </li>
          )}
        </ul>
        <div className="capture__tools">
          <Button
            label={words('papers.turn')}
            glyph="turn"
            onPress={() => void act({ type: 'turn-page', page: page.id })}
          />
          <Button label={words('papers.drop')} glyph="bin" onPress={drop} />
        </div>
      </div>
    </Screen>
  )
}

function Line({ words: { state, first, second } }: { readonly words: StateWords }) {
  return <StateLine state={state} phrase={first} more={second} live />
}
