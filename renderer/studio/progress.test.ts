import { describe, expect, it } from 'vitest'
import type { StudioLine, StudioState } from '../../shared/speech/studio.ts'
import { nextOpen, progressOf } from './progress.ts'

const line = (part: StudioLine['part'], recorded: boolean, procedures: string[] = []) => ({
  id: '',
  text: '',
  source: null,
  part,
  procedures,
  vietnamese: [],
  recorded,
})
const state: StudioState = {
  tag: 'qaa',
  name: 'Thử',
  journeys: [
    { code: '1', name: 'Khai sinh' },
    { code: '2', name: 'Khai tử' },
  ],
  lines: [
    line('visit', true),
    line('number', false),
    line('procedure', true, ['1', '2']),
    line('procedure', false, ['2']),
    line('seldom', false),
  ],
}

describe('progress', () => {
  it('is that of the pack, and of each procedure with what every visit says', () => {
    expect(progressOf(state, 'Cả bộ', 2)).toEqual([
      { name: 'Cả bộ', recorded: 2, of: 5 },
      { name: 'Khai sinh', recorded: 2, of: 3 },
      { name: 'Khai tử', recorded: 2, of: 4 },
    ])
    expect(progressOf(state, 'Cả bộ', 1)).toHaveLength(2)
  })
})

describe('the next line', () => {
  it('is the first without a clip behind a place, from the beginning again', () => {
    expect(nextOpen(state.lines, -1)).toBe(1)
    expect(nextOpen(state.lines, 1)).toBe(3)
    expect(nextOpen(state.lines, 4)).toBe(1)
  })
  it('is none where all are recorded', () => {
    expect(nextOpen([line('visit', true)], 0)).toBeNull()
    expect(nextOpen([], -1)).toBeNull()
  })
})
