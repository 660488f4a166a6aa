import { useState, type ReactNode } from 'react'
import { say } from '../../i18n/say.tsx'
import { t } from '../../i18n/t.ts'
import { Glyph } from '../drawings.tsx'
import { dropTone, moveCaret, putTone, startsWord } from './compose.ts'
import { Key } from './key.tsx'
import { digitRows, highlandLetters, letterRows, ownLetters, vniMarks } from './layouts.ts'
import { useOfferToSaid } from './said-into.ts'
import type { Tone } from './syllable.ts'
import type { TextEntry } from './text-entry.ts'
import { useHabits } from './typing-habits.tsx'
import { strike, vniKeys } from './typing-ways.ts'

const toneKeys = [
  ['acute', 'á', 'keyboard.acute'],
  ['grave', 'à', 'keyboard.grave'],
  ['hook', 'ả', 'keyboard.hook'],
  ['tilde', 'ã', 'keyboard.tilde'],
  ['dot', 'ạ', 'keyboard.dot'],
] as const satisfies readonly (readonly [Tone, string, string])[]

const APOSTROPHE = '’'

/**
 * The Vietnamese keyboard: finished letters and tone keys, nothing to learn; Telex and VNI for who
 * brings them along. `words` gives each word of a name its capital; "Chữ hoa" turns the next letter
 * round.
 */
export function TextKeyboard({
  entry,
  capitals,
  digits = false,
}: {
  readonly entry: TextEntry
  readonly capitals: 'words' | 'none'
  /** Offers a page of digits. */
  readonly digits?: boolean
}) {
  const { habits, change } = useHabits()
  const { order, way } = habits
  useOfferToSaid(entry, capitals)
  const [turned, setTurned] = useState(false)
  const [highland, setHighland] = useState(false)
  const [onDigits, setOnDigits] = useState(false)

  const upper = (capitals === 'words' && startsWord(entry.before)) !== turned
  const cased = (letter: string) => (upper ? letter.toUpperCase() : letter)
  const press = (key: string, by: typeof way) => {
    entry.edit(strike(by, key))
    setTurned(false)
  }
  const letterKey = (letter: string, by: typeof way, look = '') => (
    <Key key={letter} id={letter} look={look} onPress={() => press(cased(letter), by)}>
      {cased(letter)}
    </Key>
  )
  const wayKey = (which: 'telex' | 'vni', face: ReactNode) => (
    <Key
      key={which}
      id={which}
      look="key--word"
      pressed={way === which}
      onPress={() => change({ ...habits, way: way === which ? 'direct' : which })}
    >
      {face}
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
            name={`${way === 'vni' ? vniKeys[tone] : face} ${t(name)}`}
            onPress={() => entry.edit(way === 'vni' ? strike('vni', vniKeys[tone]) : putTone(tone))}
          >
            {way === 'vni' ? vniKeys[tone] : face}
            <small>{say(name)}</small>
          </Key>
        ))}
        <Key id="no-tone" look="key--word" onPress={() => entry.edit(dropTone)}>
          {say('keyboard.no-tone')}
        </Key>
      </div>
      <div className="keys__row keys__row--own">
        {way === 'vni' && !highland
          ? vniMarks.map(([key, made]) => (
              <Key
                key={key}
                id={key}
                look="key--own"
                name={`${key} ${made}`}
                onPress={() => entry.edit(strike('vni', key))}
              >
                {key}
                <small>{made}</small>
              </Key>
            ))
          : (highland ? highlandLetters : [...ownLetters]).map((letter) =>
              letterKey(letter, 'direct', 'key--own'),
            )}
        {highland ? null : wayKey('telex', say('keyboard.telex'))}
        {highland ? null : wayKey('vni', say('keyboard.vni'))}
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
                onPress={() => press(APOSTROPHE, 'direct')}
              >
                {APOSTROPHE}
              </Key>
            ) : (
              letterKey(letter, onDigits ? 'direct' : way)
            ),
          )}
        </div>
      ))}
      <div className={digits ? 'keys__row keys__row--digits' : 'keys__row keys__row--last'}>
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
          onPress={() => change({ ...habits, order: order === 'alphabet' ? 'qwerty' : 'alphabet' })}
        >
          {say(order === 'alphabet' ? 'keyboard.qwerty' : 'keyboard.alphabet')}
        </Key>
        <Key id="space" look="key--word" onPress={() => press(' ', 'direct')}>
          {say('keyboard.space')}
        </Key>
        <Key id="left" name={t('keyboard.left')} onPress={() => entry.edit(moveCaret(-1))}>
          <Glyph name="back" size={10} />
        </Key>
        <Key id="right" name={t('keyboard.right')} onPress={() => entry.edit(moveCaret(1))}>
          <Glyph name="next" size={10} />
        </Key>
        <Key id="delete" look="key--word" onPress={entry.erase}>
          <Glyph name="delete" size={10} />
          {say('keyboard.delete')}
        </Key>
      </div>
    </div>
  )
}
