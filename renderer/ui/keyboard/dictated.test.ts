import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeSaid, type Box } from './dictated.ts'

/** The caret of the start and of the outcome is a bar. */
function say(said: string, start = '|', box: Partial<Box> = {}) {
  const [before = '', after = ''] = start.split('|')
  const { written, taken } = writeSaid({ before, after }, said, {
    capitals: 'none',
    maxLength: 100,
    ...box,
  })
  return [`${written.before}|${written.after}`, taken]
}

describe('what was said', () => {
  it('stands at the caret, apart from the words beside it', () => {
    expect(say('Thôn 3')).toEqual(['Thôn 3|', 'whole'])
    expect(say('đường Mẫu', 'Số 12|')).toEqual(['Số 12 đường Mẫu|', 'whole'])
    expect(say('đường Mẫu', 'Số 12 |Ấp Thử')).toEqual(['Số 12 đường Mẫu| Ấp Thử', 'whole'])
    expect(say('Ấp Mẫu', '|, Xã Thử')).toEqual(['Ấp Mẫu|, Xã Thử', 'whole'])
  })

  it.each([
    ['nguyễn văn an', 'Nguyễn Văn An'],
    ['NGUYỄN VĂN AN', 'Nguyễn Văn An'],
    ['y’ blô niê', 'Y’ Blô Niê'],
    ['h’hen niê', 'H’Hen Niê'],
    ['đặng thị ánh, 1990', 'Đặng Thị Ánh'],
  ])('has the capitals of a name: %s', (said, name) => {
    expect(say(said, '|', { capitals: 'words' })).toEqual([`${name}|`, 'whole'])
  })

  it('fills a box with whole words, and leaves a full one as it is', () => {
    expect(say('Nguyễn Văn An', '|', { maxLength: 10 })).toEqual(['Nguyễn Văn|', 'part'])
    expect(say('An', 'Nguyễn|', { maxLength: 6 })).toEqual(['Nguyễn|', 'none'])
    expect(say('123', '|', { capitals: 'words' })).toEqual(['|', 'none'])
  })

  it('loses nothing that stood there, and never makes it longer than it may be', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 })
    fc.assert(
      fc.property(text, text, text, fc.boolean(), (before, after, said, isName) => {
        const maxLength = Math.max(30, [...before, ...after].length)
        const box: Box = { capitals: isName ? 'words' : 'none', maxLength }
        const { written, taken } = writeSaid({ before, after }, said, box)
        expect([...written.before, ...written.after].length).toBeLessThanOrEqual(maxLength)
        expect(written.before.normalize('NFC')).toContain(
          taken === 'none' ? '' : before.normalize('NFC').slice(0, -1),
        )
        expect(written.after.endsWith(after)).toBe(true)
        const isAsBefore = written.before === before && written.after === after
        expect(isAsBefore || taken !== 'none').toBe(true)
      }),
    )
  })
})
