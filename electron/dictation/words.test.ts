import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DICTATION } from '../../shared/domain/dictation.ts'
import { wordsIn } from './words.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

describe('the words in what a recogniser wrote', () => {
  it.each([
    ['a name with a stop behind it', ' Nguyễn Văn An.\n', 'Nguyễn Văn An'],
    ['a question that nobody asked', 'Thôn 3, xã Đăk Ơ?', 'Thôn 3, xã Đăk Ơ'],
    ['letters in two parts', 'Nguyễn'.normalize('NFD'), 'Nguyễn'],
    ['lines', 'Ấp Mẫu\r\nXã Thử\n', 'Ấp Mẫu Xã Thử'],
    ['a remark on what was no speech', '[tiếng nhạc] Lê Thị Mẫu (ho)', 'Lê Thị Mẫu'],
    ['a house number', 'Số 12/4 đường 3-2.', 'Số 12/4 đường 3-2'],
    ['a sign that writes from right to left', '\u202EVí Dụ\u0007', 'Ví Dụ'],
  ])('%s', (_, written, words) => {
    expect(wordsIn(bytes(written))).toBe(words)
  })

  it.each(['', ' \n', '...', '[BLANK_AUDIO]', '(im lặng) …'])('are none in “%s”', (written) => {
    expect(wordsIn(bytes(written))).toBeNull()
  })

  it('are none in what is not UTF-8', () => {
    expect(wordsIn(Uint8Array.of(0x4e, 0xe1))).toBeNull()
  })

  it('are clean and bounded, whatever was written, and stay so', () => {
    const output = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1200 }).map(bytes),
      fc.uint8Array({ maxLength: 1200 }),
    )
    fc.assert(
      fc.property(output, (written) => {
        const words = wordsIn(written)
        if (words === null) return
        expect(words).toMatch(/[\p{L}\p{N}]/u)
        expect(words).not.toMatch(/\p{C}|^\s|\s$|\s\s|[.,;:!?…]$/u)
        expect(words.length).toBeLessThanOrEqual(DICTATION.TEXT_MAX)
        expect(words.normalize('NFC')).toBe(words)
      }),
    )
  })
})
