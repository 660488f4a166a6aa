import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { mayPress } from './shortcuts.ts'

const plain = { control: false, alt: false, meta: false }

test.each(['a', 'Z', '7', ' ', '@', 'ă', 'Đ', 'ệ', 'e\u0323\u0302'])('%s is typing', (key) => {
  expect(mayPress({ ...plain, key })).toBe(true)
})

test.each(['Tab', 'Enter', 'Escape', 'Backspace', 'ArrowDown', 'PageUp', 'Shift'])(
  '%s moves about',
  (key) => {
    expect(mayPress({ ...plain, key })).toBe(true)
  },
)

test.each([
  'F1',
  'F5',
  'F11',
  'F12',
  'PrintScreen',
  'BrowserBack',
  'BrowserRefresh',
  'BrowserHome',
  'LaunchMail',
  'MediaPlayPause',
  'ContextMenu',
  'Meta',
  'Control',
  'Alt',
  'AltGraph',
  'Insert',
  'Pause',
  'Power',
  'Eject',
  'Unidentified',
  'Dead',
  'Process',
  '',
  '\u0003',
  '\u202e',
])('%j does nothing', (key) => {
  expect(mayPress({ ...plain, key })).toBe(false)
})

test.each([
  'p',
  'r',
  'w',
  'n',
  't',
  'l',
  'u',
  'j',
  'o',
  's',
  '+',
  '-',
  '0',
  'F4',
  'ArrowLeft',
  'Tab',
])('with a modifier %s does nothing', (key) => {
  expect(mayPress({ ...plain, key, control: true })).toBe(false)
  expect(mayPress({ ...plain, key, alt: true })).toBe(false)
  expect(mayPress({ ...plain, key, meta: true })).toBe(false)
})

test('no key passes with Ctrl, Alt or Super held', () => {
  const input = fc.record({
    key: fc.string(),
    control: fc.boolean(),
    alt: fc.boolean(),
    meta: fc.boolean(),
  })
  fc.assert(
    fc.property(input, (pressed) => {
      fc.pre(pressed.control || pressed.alt || pressed.meta)
      expect(mayPress(pressed)).toBe(false)
    }),
  )
})
