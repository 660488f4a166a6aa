import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'
import { browserArguments, browserPreferences, findBrowser } from '../../electron/shell/browser.ts'

/** Chromium with the switches and permissions that our browser shell gives it, without a screen. */
export async function openKioskBrowser(
  dir: string,
  url: string,
  more: readonly string[],
  microphone = false,
): Promise<BrowserContext> {
  const executablePath = findBrowser()
  if (executablePath === null) throw new Error('no browser: install Chromium')
  const profile = join(dir, 'browser')
  await mkdir(join(profile, 'Default'), { recursive: true })
  const preferences = browserPreferences(new URL(url).origin, microphone)
  await writeFile(join(profile, 'Default', 'Preferences'), preferences)
  const switches = browserArguments({ training: false, profileDir: profile, root: false })
  return chromium.launchPersistentContext(profile, {
    executablePath,
    viewport: { width: 1080, height: 1920 },
    chromiumSandbox: process.getuid?.() !== 0,
    // Playwright names the profile itself, and there is no screen to fill.
    args: [...switches.filter((one) => !/^--(?:user-data-dir|kiosk)/.test(one)), ...more],
  })
}
