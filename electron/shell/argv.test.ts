import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readArguments } from './argv.ts'

const KIOSK = '/opt/kiosk/kiosk'

test('a packaged kiosk is started with nothing', () => {
  expect(readArguments([KIOSK], true)).toEqual({
    ok: true,
    value: { training: false, relaunched: false, withoutGpu: false, chromium: [], program: [] },
  })
})

test('an unpackaged Electron gets the folder of the app first', () => {
  expect(readArguments(['/electron', '/opt/kiosk', '--training'], false)).toMatchObject({
    ok: true,
    value: { training: true, program: ['/opt/kiosk'] },
  })
})

test('display server and scale may be chosen', () => {
  const switches = ['--ozone-platform=x11', '--force-device-scale-factor=1.25']
  expect(readArguments([KIOSK, ...switches], true)).toMatchObject({ value: { chromium: switches } })
})

describe('everything else is refused by name, without its value', () => {
  test.each([
    ['--remote-debugging-port=9222', '--remote-debugging-port'],
    ['--remote-debugging-pipe', '--remote-debugging-pipe'],
    ['--inspect', '--inspect'],
    ['--inspect-brk=0.0.0.0:9229', '--inspect-brk'],
    ['--no-sandbox', '--no-sandbox'],
    ['--disable-web-security', '--disable-web-security'],
    ['--user-data-dir=/tmp/x', '--user-data-dir'],
    ['--js-flags=--expose-gc', '--js-flags'],
    ['--ozone-platform=headless', '--ozone-platform'],
    ['--force-device-scale-factor=0', '--force-device-scale-factor'],
    ['--training=yes', '--training'],
    ['--', '--'],
    ['kiosk://evil/', 'kiosk://evil/'],
    ['/home/kiosk/stick/app', '/home/kiosk/stick/app'],
    ['', ''],
  ])('%s', (argument, name) => {
    expect(readArguments([KIOSK, '--training', argument], true)).toEqual({ ok: false, error: name })
  })
})

test('whatever is let through is on the list', () => {
  fc.assert(
    fc.property(fc.array(fc.string().map((text) => `--${text}`)), (switches) => {
      const read = readArguments([KIOSK, ...switches], true)
      if (!read.ok) return
      for (const argument of switches) {
        expect(argument).toMatch(/^--(training|kiosk-|ozone-platform=|force-device-scale-factor=)/)
      }
    }),
  )
})
