import { useEffect, useRef, useState } from 'react'
import type { SearchHit } from '../../shared/contract/index.ts'
import { t, words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { TextKeyboard, useTextEntry } from '../ui/keyboard/index.ts'
import { Screen, type ScreenProblem } from '../ui/screen.tsx'
import { SearchField } from './search-field.tsx'

/** Longest query that the core takes. */
const WORDS_MAX = 200

/** Id of the box in which the words stand. */
const FIELD = 'find'

/** A few words, tone marks or not, to find a procedure by. */
export function ChooseTyping({
  initial,
  onFound,
  onLeave,
}: {
  readonly initial: string
  readonly onFound: (text: string, hits: readonly SearchHit[]) => void
  readonly onLeave: () => void
}) {
  const { search } = useKiosk()
  const entry = useTextEntry(initial, WORDS_MAX)
  const [problem, setProblem] = useState<ScreenProblem | null>(null)

  const latest = useRef(0)
  // Whoever went back to the pictures waits for no answer any more.
  useEffect(() => () => void (latest.current += 1), [])

  async function find() {
    const asked = entry.text.trim()
    if (asked === '') return setProblem({ text: words('search.empty'), field: FIELD })
    const asking = (latest.current += 1)
    const found = await search(asked)
    if (latest.current !== asking) return
    if (found.ok) onFound(entry.text, found.value)
    else setProblem({ text: words('search.failed'), field: FIELD })
  }

  const title = words('search.title')
  return (
    <Screen
      step={[words('step.of', { step: 2 }), words('step.choose')]}
      title={title}
      hint={words('search.hint')}
      drawing="learn"
      problem={problem}
      strip={[title, words('search.strip-2')]}
      other={{ label: words('choose.by-picture'), onPress: onLeave }}
      go={{ label: words('search.go'), glyph: 'search', before: true, onPress: () => void find() }}
      keys={{ onBack: onLeave }}
      keyboard
    >
      <SearchField entry={entry} id={FIELD} label={t('search.label')} invalid={problem !== null} />
      <TextKeyboard entry={entry} capitals="none" />
    </Screen>
  )
}
