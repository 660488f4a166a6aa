import { useState } from 'react'
import { say } from '../../i18n/say.tsx'
import { t } from '../../i18n/t.ts'
import { Glyph } from '../drawings.tsx'
import {
  appendLetter,
  applyTone,
  removeLast,
  removeTone,
  startsWord,
  type Tone,
} from './compose.ts'
import { Key } from './key.tsx'
import { digitRows, highlandLetters, letterRows, ownLetters, type LetterOrder } from './layouts.ts'

const toneKeys = [
  ['acute', 'á', 'keyboard.acute'],
  ['grave', 'à', 'keyboard.grave'],
  ['hook', 'ả', 'keyboard.hook'],
  ['tilde', 'ã', 'keyboard.tilde'],
  ['dot', 'ạ', 'keyboard.dot'],
] as const satisfies readonly (readonly [Tone, string, string])[]

const APOSTROPHE = '’'

/** The way of this session: which order of letters the citizen took. Forgotten with the page. */
let chosenOrder: LetterOrder = 'alphabet'

/**
 * The Vietnamese keyboard: finished letters and tone keys, no way of typing to learn. `words`
 * gives each word of a name its capital; "Chữ hoa" turns the next letter round.
 */
export function Keyboard({
  capitals,
  digits = false,
  before,
  onKey,
}: {
  readonly capitals: 'words' | 'none'
  /** Offers a page of digits. */
  readonly digits?: boolean
  readonly before: string
  readonly onKey: (change: (before: string) => string) => void
}) {
  const [turned, setTurned] = useState(false)
  const [highland, setHighland] = useState(false)
  const [onDigits, setOnDigits] = useState(false)
  const [order, setOrder] = useState(chosenOrder)

  const upper = (capitals === 'words' && startsWord(before)) !== turned
  const cased = (letter: string) => (upper ? letter.toUpperCase() : letter)
  const write = (letter: string) => {
    onKey((text) => appendLetter(text, letter))
    setTurned(false)
  }
  const letterKey = (letter: string, look = '') => (
    <Key key={letter} id={letter} look={look} onPress={() => write(cased(letter))}>
      {cased(letter)}
    </Key>
  )
  const rows = onDigits ? digitRows : letterRows[order]

  return (
    <div className="keys" role="group" aria-label={t('keyboard.label')}>
      <div className="keys__row">
        {toneKeys.map(([tone, face, name]) => (
          <Key
            key={tone}
            id={tone}
            look="key--own"
            name={t(name)}
            onPress={() => onKey((text) => applyTone(text, tone))}
          >
            {face}
            <small>{say(name)}</small>
          </Key>
        ))}
        <Key id="no-tone" look="key--word" onPress={() => onKey(removeTone)}>
          {say('keyboard.no-tone')}
        </Key>
      </div>
      <div className="keys__row">
        {[...(highland ? highlandLetters : ownLetters)].map((letter) =>
          letterKey(letter, 'key--own'),
        )}
      </div>
      {rows.map((row) => (
        <div className="keys__row" key={row}>
          {[...row].map((letter) =>
            letter === APOSTROPHE ? (
              <Key
                key={letter}
                id={letter}
                look="key--mark"
                name={t('keyboard.apostrophe')}
                onPress={() => write(APOSTROPHE)}
              >
                {APOSTROPHE}
              </Key>
            ) : (
              letterKey(letter)
            ),
          )}
        </div>
      ))}
      <div className={digits ? 'keys__row keys__row--six' : 'keys__row keys__row--wide'}>
        {digits ? (
          <Key
            id="digits"
            look="key--word"
            pressed={onDigits}
            onPress={() => setOnDigits(!onDigits)}
          >
            {say('keyboard.numbers')}
          </Key>
        ) : null}
        <Key id="page" look="key--word" onPress={() => setHighland(!highland)}>
          {say(highland ? 'keyboard.letters' : 'keyboard.more')}
        </Key>
        <Key id="capitals" look="key--word" pressed={turned} onPress={() => setTurned(!turned)}>
          {say('keyboard.capitals')}
        </Key>
        <Key
          id="order"
          look="key--word"
          onPress={() => {
            chosenOrder = order === 'alphabet' ? 'qwerty' : 'alphabet'
            setOrder(chosenOrder)
          }}
        >
          {say(order === 'alphabet' ? 'keyboard.qwerty' : 'keyboard.alphabet')}
        </Key>
        <Key id="space" look="key--word" onPress={() => write(' ')}>
          <Glyph name="space" size={10} />
          {say('keyboard.space')}
        </Key>
        <Key id="delete" look="key--word" onPress={() => onKey(removeLast)}>
          <Glyph name="delete" size={10} />
          {say('keyboard.delete')}
        </Key>
      </div>
    </div>
  )
}
