import { expect, it } from 'vitest'
import { keysOf } from './typed-scan.ts'

it('presses the keys of a US keyboard, and none for the letters that it lacks', () => {
  expect(keysOf('0|Điểu K')).toEqual([
    'Digit0',
    'Shift+Backslash',
    'KeyI',
    'KeyU',
    'Space',
    'Shift+KeyK',
  ])
})
