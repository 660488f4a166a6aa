import { describe, expect, test } from 'vitest'
import { createSession } from '../../test/fakes/electron-session.ts'
import { createContents } from '../../test/fakes/electron-window.ts'
import { lockContents } from './electron-contents.ts'

function locked() {
  const contents = createContents(createSession())
  lockContents(contents)
  return contents
}
const key = { key: 'a', control: false, alt: false, meta: false }

test('a page that nobody locked would be open', () => {
  const contents = createContents(createSession())
  expect(contents.goes('https://evil/', 'will-navigate')).toBe(true)
  expect(contents.opensWindow('kiosk://app/')).toBe(true)
  expect(contents.presses({ ...key, control: true })).toBe(true)
  expect(contents.allows('context-menu', {})).toBe(true)
})

describe.each(['will-navigate', 'will-frame-navigate', 'will-redirect'] as const)('%s', (how) => {
  test('stays inside the page', () => {
    expect(locked().goes('kiosk://app/index.html', how)).toBe(true)
    expect(locked().goes('https://evil/', how)).toBe(false)
    expect(locked().goes('file:///etc/passwd', how)).toBe(false)
  })
})

test('opens no window, not even on the page itself', () => {
  expect(locked().opensWindow('kiosk://app/index.html')).toBe(false)
})

test('lets typing through and no shortcut', () => {
  expect(locked().presses(key)).toBe(true)
  expect(locked().presses({ ...key, control: true })).toBe(false)
})

test('attaches no webview and shows no menu', () => {
  expect(locked().allows('will-attach-webview', {}, {})).toBe(false)
  expect(locked().allows('context-menu', {})).toBe(false)
})

test.each([
  ['left', true],
  ['right', false],
  ['middle', false],
  [undefined, false],
])('a press of the mouse button %s passes: %s', (button, passes) => {
  for (const type of ['mouseDown', 'mouseUp']) {
    expect(locked().allows('before-mouse-event', { type, button })).toBe(passes)
  }
})

test('the mouse may move and turn its wheel', () => {
  for (const type of ['mouseMove', 'mouseWheel', 'mouseEnter', 'mouseLeave']) {
    expect(locked().allows('before-mouse-event', { type })).toBe(true)
  }
})

test('closes developer tools and undoes a zoom', () => {
  const contents = locked()
  contents.opensDevTools()
  contents.zooms()
  expect(contents.devToolsOpen).toBe(false)
  expect(contents.zoomLevel).toBe(0)
})
