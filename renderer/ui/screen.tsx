import { useEffect, useRef, type ReactNode } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { phraseInLanguage } from '../i18n/language.ts'
import { Say } from '../i18n/say.tsx'
import { t } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button } from './button.tsx'
import { Drawing, HallDrawing, type GlyphName } from './drawings.tsx'
import { useBottomKeys, type BottomKeys } from './frame.tsx'
import { Subtitle, VoiceKeys } from '../speech/voice-keys.tsx'
import { Shelf } from './shelf.tsx'
import { ErrorSummary } from './state-line.tsx'
import { isFinger } from './press.ts'
import { useTitle } from './title.ts'
import { whenResting } from './when-resting.ts'

/** Ids that fields point at: the question is their label, the hint and the problem describe them. */
export const ids = { question: 'question', hint: 'hint', problem: 'problem' } as const

/** A key of the action row. */
export interface ActionKey {
  readonly label: Phrase
  readonly glyph?: GlyphName
  readonly onPress: () => void
}

/** What went wrong with the last "go on"; a new object each time, so that focus goes there again. */
export interface ScreenProblem {
  readonly text: Phrase
  /** Id of the field to mend. */
  readonly field?: string
}

/** One screen, inside the frame that never moves. */
export interface ScreenProps {
  /** Progress in words: the step, and what it is about. */
  readonly step?: readonly [Phrase, Phrase]
  readonly title: Phrase
  readonly greeting?: boolean
  readonly hint?: Phrase | null
  /** The drawing that stands on the counter; `open` screens have none. */
  readonly drawing?: string
  /** A sheet lies across the counter line, or nothing is said but the question. */
  readonly open?: boolean
  /** A state line under the hint. */
  readonly state?: ReactNode
  readonly problem?: ScreenProblem | null
  /** True where the title alone tells of a fault. */
  readonly faulty?: boolean
  /** The two lines of guidance; the first is the one that is being said. */
  readonly strip: readonly [Phrase, Phrase]
  readonly go?: ActionKey & { readonly before?: boolean }
  readonly other?: ActionKey
  /** Back goes to the core unless the screen has its own way. */
  readonly keys: Partial<BottomKeys>
  /** A keyboard or pad fills the counter: it shrinks to fit, where all else is turned in parts. */
  readonly keyboard?: boolean
  /** Under the shelf of an `open` screen, always in sight. */
  readonly pinned?: ReactNode
  /** What an `open` screen shows is mostly longer than its place. */
  readonly long?: boolean
  readonly children?: ReactNode
}

/** Fills the frame, names the document, and puts the focus where reading starts. */
export function Screen(props: ScreenProps) {
  const { act } = useKiosk()
  const { title, hint = null, problem = null, open = false } = props
  const heading = useRef<HTMLHeadingElement>(null)

  const faulty = problem !== null || props.faulty === true
  const named = phraseInLanguage(title).text
  useTitle(faulty ? t('app.error-title', { title: named }) : named)
  useBottomKeys({
    onBack: () => void act({ type: 'back' }),
    help: true,
    finish: true,
    ...props.keys,
  })

  // A screen is mounted anew; words that change on it (a delivery that came through) move nothing.
  useEffect(() => {
    const focus = () => heading.current?.focus({ preventScroll: true })
    // Whoever walks with keys begins there at once; a finger waits for what it sees.
    if (!isFinger()) return focus()
    return whenResting(() => {
      const main = heading.current?.closest('main')
      if (main?.contains(document.activeElement) === false) focus()
    })
  }, [])

  const question = (
    <>
      {props.greeting === true ? null : <Step step={props.step} />}
      <h1
        id={ids.question}
        className={props.greeting === true ? 'greeting' : undefined}
        tabIndex={-1}
        ref={heading}
      >
        <Say phrase={title} />
      </h1>
      {hint === null ? null : (
        <p className="hint" id={ids.hint}>
          <Say phrase={hint} />
        </p>
      )}
      {props.state}
    </>
  )

  return (
    <>
      <main className={stageClasses(open, props.keyboard === true)}>
        {open ? (
          <>
            {question}
            {problem === null ? null : <ErrorSummary problem={problem} />}
            <OpenShelf pinned={props.pinned} long={props.long === true}>
              {props.children}
            </OpenShelf>
          </>
        ) : (
          <>
            <section
              className={sayClasses(props.greeting === true, problem !== null)}
              aria-labelledby={ids.question}
            >
              <div className="say__text">{question}</div>
              {problem === null ? <OnCounter {...props} /> : <ErrorSummary problem={problem} />}
            </section>
            <section className="act">
              {props.keyboard === true ? props.children : <Shelf>{props.children}</Shelf>}
            </section>
          </>
        )}
      </main>
      <aside className="strip" aria-label={t('frame.subtitle')}>
        <Subtitle />
        <p className="strip__words">
          <mark className={props.strip[0].key === title.key ? 'strip__same' : undefined}>
            <Say phrase={props.strip[0]} />
          </mark>{' '}
          <br />
          <Say phrase={props.strip[1]} />
        </p>
        <VoiceKeys />
      </aside>
      <nav className="action" aria-label={t('frame.onward')}>
        {props.other === undefined ? null : <Button {...props.other} />}
        {props.go === undefined ? null : (
          <Button {...props.go} look="btn--go" after={props.go.before !== true} />
        )}
      </nav>
    </>
  )
}

function OpenShelf({
  pinned,
  long,
  children,
}: Pick<ScreenProps, 'pinned' | 'children'> & { readonly long: boolean }) {
  if (pinned === undefined) return <Shelf long={long}>{children}</Shelf>
  return (
    <div className="shelf">
      <Shelf long={long}>{children}</Shelf>
      {pinned}
    </div>
  )
}

/** The line of progress; a screen outside the road keeps its place, so that the question stays. */
function Step({ step }: { readonly step: ScreenProps['step'] }) {
  if (step === undefined) return <p className="step step--none" aria-hidden="true" />
  return (
    <p className="step">
      <b>
        <Say phrase={step[0]} />
      </b>{' '}
      <Say phrase={step[1]} />
    </p>
  )
}

function stageClasses(open: boolean, keyboard: boolean): string {
  return `stage${open ? ' stage--open' : ''}${keyboard ? ' stage--keys' : ''}`
}

function sayClasses(greeting: boolean, problem: boolean): string {
  if (greeting) return 'say say--hall'
  return problem ? 'say say--problem' : 'say'
}

function OnCounter({ greeting, drawing }: ScreenProps) {
  if (greeting === true) return <HallDrawing />
  if (drawing === undefined) return null
  return (
    <div className="say__draw">
      <Drawing name={drawing} size={90} big />
    </div>
  )
}
