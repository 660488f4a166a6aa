import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

/** A browser that dies is opened again after this long; one that dies at once, no faster. */
const REOPEN_MS = 1_000

/** The first installed Chromium or Chrome on PATH, or null. */
export function findBrowser(env: NodeJS.ProcessEnv = process.env): string | null {
  const folders = (env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '')
  for (const name of NAMES) {
    for (const folder of folders) {
      const path = join(folder, name)
      try {
        accessSync(path, constants.X_OK)
        return path
      } catch {
        // Not here; the next folder may have it.
      }
    }
  }
  return null
}

/** The switches of a kiosk's Chromium; in training a plain window of the panel's shape. */
export function browserArguments(how: { training: boolean; profileDir: string; root: boolean }) {
  return [
    `--user-data-dir=${how.profileDir}`,
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-pinch',
    '--overscroll-history-navigation=0',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    // The last two: pages of the address bar's menus, which a kiosk never shows.
    '--disable-features=Translate,WebUIOmniboxPopup,WebUIOmniboxAimPopup',
    // Nobody is there to answer a prompt: what `browserPreferences` does not grant is refused.
    '--deny-permission-prompts',
    // A page that was loaded anew in the middle of a visit goes on speaking without a touch.
    '--autoplay-policy=no-user-gesture-required',
    ...(how.training ? ['--window-size=560,1000'] : ['--kiosk']),
    // Chromium refuses to run as root with its sandbox. Only a trainer's container does that.
    ...(how.training && how.root ? ['--no-sandbox'] : []),
  ]
}

/**
 * What the browser's profile holds from the start: our own page, and no other, may look through the
 * camera; and hear through the microphone where an assistant may dictate. `origin` as in
 * `http://127.0.0.1:PORT`.
 */
export function browserPreferences(origin: string, microphone = false): string {
  const granted = { [`${origin},*`]: { setting: 1 } }
  const exceptions = {
    media_stream_camera: granted,
    ...(microphone ? { media_stream_mic: granted } : {}),
  }
  return JSON.stringify({ profile: { content_settings: { exceptions } } })
}

/**
 * Opens the page in an installed browser and keeps it open. Null when there is no browser or no
 * screen: the caller then prints the address.
 */
export function openBrowser(options: {
  url: string
  dataDir: string
  training: boolean
  /** The page may hear through the microphone. */
  microphone: boolean
  say(line: string): void
}): { close(): void } | null {
  const browser = findBrowser()
  const screen = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']
  if (browser === null || !screen) return null

  const folder = join(options.dataDir, 'browser')
  const pidFile = join(options.dataDir, 'browser.pid')
  endLeftover(pidFile, folder)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const defaults = join(folder, 'Default')
  mkdirSync(defaults, { mode: 0o700 })
  writeFileSync(
    join(defaults, 'Preferences'),
    browserPreferences(new URL(options.url).origin, options.microphone),
  )
  // A file of the owner's alone keeps the token out of the process list.
  const door = join(folder, 'open.html')
  const target = options.url.replaceAll('&', '&amp;').replaceAll('"', '&quot;')
  writeFileSync(door, `<meta http-equiv="refresh" content="0;url=${target}">`, { mode: 0o600 })

  let child: ChildProcess | null = null
  let closed = false
  const open = () => {
    if (closed) return
    const how = { training: options.training, profileDir: folder, root: process.getuid?.() === 0 }
    child = spawn(browser, [...browserArguments(how), `--app=file://${door}`], { stdio: 'ignore' })
    if (child.pid !== undefined) writeFileSync(pidFile, String(child.pid))
    child.on('error', () => options.say('browser: could not be started'))
    child.on('exit', () => {
      if (closed) return
      // In training a closed window means that the trainer has finished.
      if (options.training) process.kill(process.pid, 'SIGTERM')
      else setTimeout(open, REOPEN_MS)
    })
  }
  open()
  return {
    close() {
      closed = true
      child?.kill()
      rmSync(pidFile, { force: true })
    },
  }
}

/** A shell that was killed leaves its browser behind, holding the profile; it must go first. */
function endLeftover(pidFile: string, folder: string): void {
  try {
    const pid = Number(readFileSync(pidFile, 'utf8'))
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    if (command.includes(`--user-data-dir=${folder}`)) process.kill(pid, 'SIGKILL')
  } catch {
    // No leftover.
  }
}
