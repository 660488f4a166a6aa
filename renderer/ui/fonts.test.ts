import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fontkit from '@pdf-lib/fontkit'
import { expect, it } from 'vitest'
import { digitRows, highlandLetters, letterRows, ownLetters } from './keyboard/layouts.ts'

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)))

interface Face {
  readonly covers: (codePoint: number) => boolean
  readonly hasGlyph: (codePoint: number) => boolean
}

/** The faces of `fonts.css`: the code points that each is taken for, and the glyphs that it has. */
const faces: readonly Face[] = read('fonts.css')
  .toString()
  .split('@font-face')
  .slice(1)
  .map((rule) => {
    const file = /url\('([^']+)'\)/.exec(rule)?.[1] ?? ''
    const font = fontkit.create(read(file.startsWith('.') ? file : `../../node_modules/${file}`))
    const ranges = [...rule.matchAll(/U\+([\dA-F]+)(?:-([\dA-F]+))?/g)].map(
      ([, from = '', to = from]) => [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const,
    )
    return {
      covers: (codePoint) => ranges.some(([from, to]) => codePoint >= from && codePoint <= to),
      hasGlyph: (codePoint) => font.hasGlyphForCodePoint(codePoint),
    }
  })

const lower = [...ownLetters, ...highlandLetters, ...letterRows.alphabet.join('')]
const tones = ['\u0301', '\u0300', '\u0309', '\u0303', '\u0323']
const toned = [...'aăâeêioôơuưy'].flatMap((vowel) =>
  tones.map((tone) => (vowel + tone).normalize('NFC')),
)
const typed = [...lower, ...toned].flatMap((letter) => [letter, letter.toUpperCase()])
const isStacked = (letter: string) => [...letter].length > 1

it('the page brings a font for every letter that its keyboard writes', () => {
  const single = typed.filter((letter) => !isStacked(letter))
  const undrawn = [...single, ...digitRows.join('')].filter((letter) => {
    const codePoint = letter.codePointAt(0) ?? 0
    const taken = faces.filter(({ covers }) => covers(codePoint))
    return taken.length === 0 || !taken.every(({ hasGlyph }) => hasGlyph(codePoint))
  })
  expect(undrawn).toEqual([])
})

it('one font has both the letter and the breve that stands over it', () => {
  const stacked = typed.filter(isStacked)
  expect(stacked).toHaveLength(6)
  const torn = stacked.filter((letter) => {
    const codePoints = [...letter].map((part) => part.codePointAt(0) ?? 0)
    return !faces.some(({ covers, hasGlyph }) =>
      codePoints.every((codePoint) => covers(codePoint) && hasGlyph(codePoint)),
    )
  })
  expect(torn).toEqual([])
})
