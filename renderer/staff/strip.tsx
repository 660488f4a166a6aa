import { useState, useSyncExternalStore, type MouseEvent } from 'react'
import type {
  AssistAnswer,
  AssistanceView,
  AssistTool,
  StripTool,
} from '../../shared/contract/index.ts'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { Say, say } from '../i18n/say.tsx'
import { t, words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { onceOf } from '../ui/button.tsx'
import { adoptStyles } from '../ui/adopt-styles.ts'
import { Glyph, type GlyphName } from '../ui/drawings.tsx'
import { useSaidInto } from '../ui/keyboard/index.ts'
import { CardFacePanel } from './card-face.tsx'
import { DictationPanel } from './dictation.tsx'
import { StripKey } from './strip-key.tsx'
import styles from './staff.css?inline'

adoptStyles(styles)

type Unlocked = Extract<AssistanceView['role'], { state: 'unlocked' }>

const GLYPHS = {
  work: 'pen',
  dictate: 'mic',
  'choose-other': 'search',
  'to-counter': 'next',
  reprint: 'print',
  retry: 'again',
  face: 'camera',
  finish: 'erase',
} as const satisfies Readonly<Record<StripTool, GlyphName>>

/** A touch on the strip leaves the focus where the citizen stands, with keys, switches or a keyboard. */
const leavesFocus = { onMouseDown: (event: MouseEvent) => event.preventDefault() }

/**
 * The assistant's tools on the citizen's own screen. They lie on the drawing's column, or on the
 * resting half of a lowered page; where a page has neither they fold to a tab in the top bar, so that
 * nothing the citizen sees is hidden.
 */
export function StaffStrip({ role }: { readonly role: Unlocked }) {
  const { call } = useKiosk()
  const room = useRoom()
  /** What the assistant wants, until the page has another room for it. */
  const [wish, setWish] = useState<{ room: boolean; open: boolean } | null>(null)
  const [said, setSaid] = useState<Phrase | null>(null)
  const [face, setFace] = useState(false)
  const open = wish?.room === room ? wish.open : room
  const into = useSaidInto()
  /** The core offers it on a screen on which words are written; not every step of one has a box. */
  const mayDictate = open && into !== null && role.tools.includes('dictate')
  const [dictating, setDictating] = useState(false)
  // It never begins to listen by itself.
  if (dictating && !mayDictate) setDictating(false)
  const who = t('staff.id', { id: role.assistant })

  async function use(tool: AssistTool) {
    setSaid(null)
    const answer = await call((client, commandId) => client.staff.assist({ commandId, tool }))
    setSaid(answer.ok ? wordsOf(answer.value) : words('staff.locked'))
    // What lay over the page goes from it again.
    const stays =
      answer.ok && (answer.value.outcome === 'moved' || answer.value.outcome === 'retried')
    if (!room && !stays) setWish(null)
  }
  const fold = () => setWish({ room, open: !open })
  function press(tool: StripTool) {
    if (tool === 'face') return setFace(true)
    if (tool !== 'dictate') return void use(tool)
    setSaid(null)
    setDictating(true)
  }

  if (!open) {
    return (
      <aside className="staff staff--folded" aria-label={t('staff.title')} {...leavesFocus}>
        <button
          type="button"
          className={role.ending ? 'btn staff__tab staff__tab--ending' : 'btn staff__tab'}
          aria-expanded={false}
          aria-label={t('staff.unfold', { who })}
          onClick={onceOf(fold)}
        >
          <Glyph name="help" />
          {role.assistant}
        </button>
      </aside>
    )
  }
  return (
    <aside className="staff" aria-label={t('staff.title')} {...leavesFocus}>
      <div className="staff__head">
        <p role="status">
          <b>{say('staff.title')}</b>
          <br />
          {said !== null ? (
            <Say phrase={said} />
          ) : role.ending ? (
            say('staff.ending')
          ) : role.counter === null ? (
            who
          ) : (
            t('staff.at', { who, counter: role.counter })
          )}
        </p>
        <button type="button" className="btn" aria-label={t('staff.fold')} onClick={onceOf(fold)}>
          <Glyph name="up" />
        </button>
      </div>
      {face ? (
        <CardFacePanel onClose={() => setFace(false)} />
      ) : dictating && mayDictate ? (
        <DictationPanel
          into={into}
          onWritten={(words) => {
            setSaid(words)
            setDictating(false)
            if (!room) setWish(null)
          }}
          onClose={() => setDictating(false)}
        />
      ) : (
        <div className="staff__keys">
          {role.ending ? (
            <ToolKey glyph="tick" name="stay" onPress={() => void use('stay')} />
          ) : null}
          {role.tools
            .filter((tool) => tool !== 'dictate' || mayDictate)
            .map((tool) => (
              <ToolKey
                key={tool}
                name={tool === 'work' && role.working ? 'working' : tool}
                glyph={GLYPHS[tool]}
                onPress={() => press(tool)}
              />
            ))}
          <ToolKey glyph="cross" name="step-out" leave onPress={() => void use('step-out')} />
        </div>
      )}
    </aside>
  )
}

function ToolKey({
  name,
  glyph,
  leave = false,
  onPress,
}: {
  readonly name: StripTool | 'working' | 'stay' | 'step-out'
  readonly glyph: GlyphName
  readonly leave?: boolean
  readonly onPress: () => void
}) {
  const pressed = name === 'work' || name === 'working' ? name === 'working' : undefined
  return (
    <StripKey
      tool={name}
      glyph={glyph}
      word={words(`staff.tool.${name}`)}
      leave={leave || name === 'stay'}
      {...(pressed !== undefined && { pressed })}
      onPress={onPress}
    />
  )
}

/** What the assistant is told of what was done; null where the page shows it. */
function wordsOf(answer: AssistAnswer): Phrase | null {
  switch (answer.outcome) {
    case 'done':
      return null
    case 'ignored':
      return words('staff.ignored')
    case 'retried':
      return words(answer.good ? 'staff.retried' : 'staff.not-retried')
    case 'moved': {
      const { number, counter } = answer.ticket
      const out = answer.paper.state === 'printed' || answer.paper.state === 'unconfirmed'
      return words(out ? 'staff.moved' : 'staff.moved-unprinted', { number, counter })
    }
  }
}

/** Whether the page has a place for the whole strip where nothing else is. */
function useRoom(): boolean {
  return useSyncExternalStore(watchPage, hasRoom)
}

function watchPage(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.body, { childList: true, subtree: true })
  observer.observe(document.documentElement, { attributes: true })
  return () => observer.disconnect()
}

function hasRoom(): boolean {
  const { layout, text } = document.documentElement.dataset
  if (layout === 'lowered') return true
  const column = document.querySelector('.say:not(.say--problem) > .say__draw')
  return layout === 'portrait' && text === 'normal' && column !== null
}
