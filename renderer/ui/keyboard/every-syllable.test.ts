import { describe, expect, it } from 'vitest'
import { syllables, toneNames, type Syllable } from '../../../test/fixtures/syllables.ts'
import { deleteLetter, putTone, writeLetter, type Edit } from './compose.ts'
import type { Tone, Written } from './syllable.ts'
import { strike, type TypingWay } from './typing-ways.ts'

const empty: Written = { before: '', after: '' }

/** Does one edit after the other, and reads what stands there. */
function result(edits: readonly Edit[], from = empty): string {
  const { before, after } = edits.reduce((written, edit) => edit(written), from)
  return before + after
}

const letters = (text: string): Edit[] => [...text].map(writeLetter)

/** A way of typing one syllable in one tone: its name, and what it should have written. */
interface Typing {
  readonly keys: string
  readonly expected: string
  readonly got: string
}

const wrong = (typings: readonly Typing[]) =>
  typings.filter(({ expected, got }) => expected !== got).slice(0, 20)

/** Every syllable in each of the tones that it can have. */
const toned = syllables.flatMap((syllable) =>
  toneNames.flatMap((tone) => {
    const expected = syllable.spelled[tone]
    return expected === null ? [] : [{ syllable, tone, expected }]
  }),
)

const base = ({ initial, rime }: Syllable) => initial + rime
/** Where the first vowel of the rime is written. */
const firstVowel = ({ initial }: Syllable) => initial.length + 1

it('there are about 17 000 spelled syllables', () => {
  const spelled = new Set([...toned.map(({ expected }) => expected), ...syllables.map(base)])
  expect(spelled.size).toBeGreaterThan(17_000)
  expect([...spelled].every((text) => text === text.normalize('NFC'))).toBe(true)
})

describe('with finished letters', () => {
  it('the tone key may be pressed anywhere behind the first vowel', () => {
    const typings = toned.flatMap(({ syllable, tone, expected }): Typing[] => {
      const text = [...base(syllable)]
      return Array.from({ length: text.length - firstVowel(syllable) + 1 }, (_, step) => {
        const at = firstVowel(syllable) + step
        const edits = [
          ...text.slice(0, at).map(writeLetter),
          putTone(tone),
          ...text.slice(at).map(writeLetter),
        ]
        return { keys: `${base(syllable)} ${tone} at ${at}`, expected, got: result(edits) }
      })
    })
    expect(wrong(typings)).toEqual([])
  })

  it('the tone key may be pressed with the caret anywhere in the word', () => {
    const typings = toned.flatMap(({ syllable, tone, expected }): Typing[] => {
      const text = base(syllable)
      return Array.from({ length: text.length + 1 }, (_, at) => ({
        keys: `${text.slice(0, at)}|${text.slice(at)} ${tone}`,
        expected,
        got: result([putTone(tone)], { before: text.slice(0, at), after: text.slice(at) }),
      }))
    })
    expect(wrong(typings)).toEqual([])
  })

  it('another tone key replaces the tone', () => {
    const typings = toned.flatMap(({ syllable, tone, expected }): Typing[] =>
      toneNames
        .filter((first) => first !== tone)
        .map((first) => ({
          keys: `${base(syllable)} ${first} ${tone}`,
          expected,
          got: result([...letters(base(syllable)), putTone(first), putTone(tone)]),
        })),
    )
    expect(wrong(typings)).toEqual([])
  })

  it('a letter deleted at the end leaves the shorter syllable in its own spelling', () => {
    const known = new Map(syllables.map((one) => [base(one), one]))
    const typings = toned.flatMap(({ syllable, tone, expected }): Typing[] => {
      const shorter = base(syllable).slice(0, -1)
      const left = known.get(shorter)?.spelled[tone]
      const kept = syllable.place < shorter.length
      return kept && left !== undefined && left !== null
        ? [
            {
              keys: `${expected} delete`,
              expected: left,
              got: result([deleteLetter], { before: expected, after: '' }),
            },
          ]
        : []
    })
    expect(typings.length).toBeGreaterThan(5000)
    expect(wrong(typings)).toEqual([])
  })
})

const toneKeys: Readonly<Record<'telex' | 'vni', Readonly<Record<Tone, string>>>> = {
  telex: { acute: 's', grave: 'f', hook: 'r', tilde: 'x', dot: 'j' },
  vni: { acute: '1', grave: '2', hook: '3', tilde: '4', dot: '5' },
}
const markKeys: Readonly<
  Record<'telex' | 'vni', Readonly<Record<string, readonly [string, string]>>>
> = {
  telex: {
    ă: ['a', 'w'],
    â: ['a', 'a'],
    đ: ['d', 'd'],
    ê: ['e', 'e'],
    ô: ['o', 'o'],
    ơ: ['o', 'w'],
    ư: ['u', 'w'],
  },
  vni: {
    ă: ['a', '8'],
    â: ['a', '6'],
    đ: ['d', '9'],
    ê: ['e', '6'],
    ô: ['o', '6'],
    ơ: ['o', '7'],
    ư: ['u', '7'],
  },
}

/** The keys of a syllable without its tone, in the orders in which people type them. */
function orders(way: 'telex' | 'vni', text: string): string[] {
  // Two o's that stay two are three keys in Telex.
  const spelled = way === 'telex' ? text.replace('oo', 'ooo') : text
  const keys = markKeys[way]
  const horn = way === 'telex' ? 'w' : '7'
  const atOnce = [...spelled].map((letter) => (keys[letter] ?? [letter]).join('')).join('')
  const plain = [...spelled].map((letter) => keys[letter]?.[0] ?? letter).join('')
  const marks = [...spelled].flatMap((letter) => keys[letter]?.[1] ?? [])
  // One key marks both letters of ươ.
  const late = marks.filter((mark, at) => mark !== horn || marks.indexOf(horn) === at)
  const once = atOnce.replace(`u${horn}o${horn}`, `uo${horn}`)
  const first = atOnce.replace(`u${horn}o${horn}`, `u${horn}o`)
  return [
    ...new Set([atOnce, once, first, plain + late.join(''), plain + late.toReversed().join('')]),
  ]
}

describe.each(['telex', 'vni'] as const)('in %s', (way: TypingWay & ('telex' | 'vni')) => {
  const typed = (keys: string) => result([...keys].map((key) => strike(way, key)))

  it('marks may be typed at once or late, and the tone at the end', () => {
    const typings = toned.flatMap(({ syllable, tone, expected }): Typing[] =>
      orders(way, base(syllable))
        .map((keys) => keys + toneKeys[way][tone])
        .map((keys) => ({ keys, expected, got: typed(keys) })),
    )
    expect(wrong(typings)).toEqual([])
  })

  it('the tone may be typed before the late marks', () => {
    const typings = toned.flatMap(({ syllable, tone, expected }): Typing[] => {
      const [atOnce = '', ...others] = orders(way, base(syllable))
      const plain = [...base(syllable)]
        .map((letter) => markKeys[way][letter]?.[0] ?? letter)
        .join('')
      return others
        .filter((keys) => atOnce !== keys && keys.startsWith(plain))
        .map((keys) => plain + toneKeys[way][tone] + keys.slice(plain.length))
        .map((keys) => ({ keys, expected, got: typed(keys) }))
    })
    expect(wrong(typings)).toEqual([])
  })

  it('the tone may be typed right behind the first vowel and its mark', () => {
    const typings = toned.flatMap(({ syllable, tone, expected }): Typing[] => {
      const head = base(syllable).slice(0, firstVowel(syllable))
      const keys = (text: string) =>
        [...text].map((letter) => (markKeys[way][letter] ?? [letter]).join('')).join('')
      const tail = keys(base(syllable).slice(firstVowel(syllable)))
      // "xóong": the second o would mark the first.
      if (way === 'telex' && syllable.rime.startsWith('oo')) return []
      const all = keys(head) + toneKeys[way][tone] + tail
      return [{ keys: all, expected, got: typed(all) }]
    })
    expect(wrong(typings)).toEqual([])
  })

  it('without a tone the letters alone give the syllable', () => {
    const typings = syllables.flatMap((syllable): Typing[] =>
      orders(way, base(syllable)).map((keys) => ({
        keys,
        expected: base(syllable),
        got: typed(keys),
      })),
    )
    expect(wrong(typings)).toEqual([])
  })
})
