import { useState } from 'react'
import type { QuestionInput } from '../../shared/contract/index.ts'
import { phraseInLanguage } from '../i18n/language.ts'
import { t, words } from '../i18n/t.ts'
import { ChoiceTiles } from '../ui/choices.tsx'
import { TextKeyboard, useTextEntry } from '../ui/keyboard/index.ts'
import type { AnswerSession } from './answer.tsx'
import { findByWords, FREQUENT_SHOWN, SUGGESTIONS_SHOWN } from './long-list.ts'
import { FieldProblem } from './field-problem.tsx'
import { problemWords } from './problem-words.ts'
import { FIELD, QuestionScreen, useSubmission, type Submission } from './question-screen.tsx'
import { SearchField } from './search-field.tsx'
import { Suggestions } from './suggestions.tsx'

type Choices = Extract<QuestionInput, { kind: 'choice' }>['choices']

/** Value of the tile that leads to the words; no choice of a form has a dot. */
const OTHER = '.other'

/** A question with more answers than a screen holds: the frequent ones, and the rest by words. */
export function AnswerLongChoice({
  session,
  choices,
}: {
  readonly session: AnswerSession
  readonly choices: Choices
}) {
  const given = choices.find(({ value }) => value === session.value)?.value ?? null
  const [value, setValue] = useState(given)
  const [searching, setSearching] = useState(false)
  const submission = useSubmission(session, (problem) => ({
    text: problemWords(problem, 'choice'),
  }))
  if (searching) {
    return (
      <Search
        session={session}
        submission={submission}
        choices={choices}
        value={value}
        onChoose={setValue}
        onLeave={() => setSearching(false)}
      />
    )
  }
  const { problem } = submission
  const chosen = choices.find((choice) => choice.value === value)
  const frequent = choices.slice(0, FREQUENT_SHOWN)
  // What was found by words stands in the list when the citizen comes back to it.
  const shown =
    chosen === undefined || frequent.includes(chosen)
      ? frequent
      : [chosen, ...frequent.slice(0, FREQUENT_SHOWN - 1)]
  const other = {
    value: OTHER,
    label: words('answer.choice-other'),
    help: words('answer.choice-other-help'),
    drawing: null,
  }
  return (
    <QuestionScreen
      key="frequent"
      session={session}
      submission={submission}
      guidance={
        chosen === undefined
          ? [null, words('answer.strip-choice')]
          : [chosen.label, words('answer.strip-chosen')]
      }
      onGo={() => submission.submit(value)}
    >
      <FieldProblem problem={problem} />
      <ChoiceTiles
        choices={[...shown, other]}
        chosen={value === null ? [] : [value]}
        onChoose={(touched) => (touched === OTHER ? setSearching(true) : setValue(touched))}
        columns={2}
        drawingSize={22}
        invalid={problem !== null}
      />
    </QuestionScreen>
  )
}

/** All of them, by a few letters without tones: a line is chosen here, and then it goes on. */
function Search({
  session,
  submission,
  choices,
  value,
  onChoose,
  onLeave,
}: {
  readonly session: AnswerSession
  readonly submission: Submission
  readonly choices: Choices
  readonly value: string | null
  readonly onChoose: (value: string) => void
  readonly onLeave: () => void
}) {
  const entry = useTextEntry('', 40)
  const [tried, setTried] = useState(false)
  const found = findByWords(choices, ({ label }) => phraseInLanguage(label).text, entry.text).slice(
    0,
    SUGGESTIONS_SHOWN,
  )
  const chosen = found.find((choice) => choice.value === value)
  return (
    <QuestionScreen
      key="search"
      session={session}
      submission={{ ...submission, problem: tried ? submission.problem : null }}
      guidance={
        chosen === undefined
          ? [null, words('answer.strip-search')]
          : [chosen.label, words('answer.strip-chosen')]
      }
      hint={words('answer.choice-search')}
      onGo={() => {
        setTried(true)
        submission.submit(value)
      }}
      {...(chosen === undefined ? { go: null } : {})}
      onBack={onLeave}
      keyboard
    >
      <SearchField entry={entry} id={FIELD} label={t('answer.search-label')} />
      <Suggestions
        found={found}
        none={entry.text.trim() === '' ? null : 'answer.choice-none'}
        chosen={chosen?.value ?? null}
        onTake={onChoose}
      />
      <TextKeyboard entry={entry} capitals="none" />
    </QuestionScreen>
  )
}
