import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect } from '@playwright/test'
import { electronDist, test } from './kiosk-app.ts'

test.skip(electronDist === undefined, 'no Electron binary: set ELECTRON_OVERRIDE_DIST_PATH')

test('one window fills the screen and shows the page', async ({ kiosk: { app, page } }) => {
  const windows = await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => ({
      kiosk: window.isKiosk(),
      fullScreen: window.isFullScreen(),
      closable: window.isClosable(),
      devTools: window.webContents.isDevToolsOpened(),
    })),
  )
  expect(windows).toEqual([{ kiosk: true, fullScreen: true, closable: false, devTools: false }])
  expect(page.url()).toBe('kiosk://app/index.html')
  await expect(page.getByRole('heading').first()).toBeVisible()
})

test('the page has nothing of Node and nothing of Electron', async ({ kiosk: { page } }) => {
  const found = await page.evaluate(() =>
    ['require', 'process', 'module', 'Buffer', 'global', 'electron', 'ipcRenderer'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(found).toEqual([])
})

test('the policy holds: no code from text, no HTML from text, no network', async ({
  kiosk: { page },
}) => {
  const refused = await page.evaluate(async () => {
    const tries: Record<string, () => unknown> = {
      code: () => Reflect.construct(Function, ['return 1']),
      html: () => Reflect.set(document.createElement('div'), 'innerHTML', '<b>x</b>'),
      network: () => fetch('https://example.org/'),
    }
    // The debugger lifts the rule against code from text until the first await.
    await new Promise((resolve) => setTimeout(resolve, 0))
    const names = []
    for (const [name, attempt] of Object.entries(tries)) {
      try {
        await attempt()
      } catch {
        names.push(name)
      }
    }
    return names
  })
  expect(refused).toEqual(['code', 'html', 'network'])
})

test('the page opens no window and goes nowhere', async ({ kiosk: { app, page } }) => {
  const opened = await page.evaluate(() => window.open('kiosk://app/index.html'))
  expect(opened).toBeNull()
  for (const url of ['https://example.org/', 'file:///etc/passwd', 'kiosk://evil/']) {
    await page.evaluate((target) => location.assign(target), url)
  }
  await expect(page.getByRole('heading').first()).toBeVisible()
  expect(page.url()).toBe('kiosk://app/index.html')
  expect(app.windows()).toHaveLength(1)
})

test('every permission is denied', async ({ kiosk: { page } }) => {
  const states = await page.evaluate(async () => {
    const names = ['camera', 'microphone', 'geolocation', 'notifications'] as const
    const answers = names.map((name) => navigator.permissions.query({ name }))
    return (await Promise.all(answers)).map(({ state }) => state)
  })
  expect(new Set(states)).toEqual(new Set(['denied']))
})

test('a page that crashes comes back', async ({ kiosk: { app, page } }) => {
  await expect(page.getByRole('heading').first()).toBeVisible()
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer()
  })
  const heading = () =>
    app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents
      if (contents === undefined || contents.isCrashed()) return false
      const found: unknown = await contents.executeJavaScript(
        'document.querySelector("h1") !== null',
      )
      return found
    })
  await expect.poll(heading).toBe(true)
})

test('a core that is killed comes back within a second or two', async ({
  kiosk: { app, page },
}) => {
  const core = () =>
    app.evaluate(
      (electron) => electron.app.getAppMetrics().find(({ name }) => name === 'core')?.pid ?? 0,
    )
  await expect(page.getByRole('heading').first()).toBeVisible()
  const first = await core()
  expect(first).toBeGreaterThan(0)
  process.kill(first, 'SIGKILL')
  await expect.poll(async () => ![0, first].includes(await core())).toBe(true)
  await expect(page.getByRole('heading').first()).toBeVisible()
})

test('a second kiosk on the same data ends with 0', async ({ kiosk: { start } }) => {
  const second = spawn(join(electronDist ?? '', 'electron'), start.args, { env: start.env })
  expect(await once(second, 'exit')).toEqual([0, null])
})

test('a switch that would open the kiosk up ends it with 2', async ({ kiosk: { start } }) => {
  const args = [...start.args, '--disable-web-security']
  const refused = spawn(join(electronDist ?? '', 'electron'), args, { env: start.env })
  expect(await once(refused, 'exit')).toEqual([2, null])
})
