import {
  app,
  BrowserWindow,
  ipcMain,
  Menu,
  powerSaveBlocker,
  protocol,
  safeStorage,
  session,
  utilityProcess,
} from 'electron'
import { defaultDataDir, ensureDataDir, kioskFiles, wantsMicrophone } from './settings/index.ts'
import { readArguments } from './shell/argv.ts'
import { prepareApp } from './shell/electron-app.ts'
import { runShell } from './shell/electron-shell.ts'
import { systemTimers } from './timers.ts'

/**
 * The Electron shell. No `await` before the app is prepared: Electron becomes ready as soon as this
 * module has been evaluated, and scheme and sandbox must stand by then.
 */
function start(): void {
  const args = readArguments(process.argv, app.isPackaged)
  if (!args.ok) {
    say(`kiosk: ${args.error} is not a switch of this kiosk`)
    app.exit(2)
    return
  }
  // Everything that this process and its children create is the owner's alone.
  process.umask(0o077)
  const { training } = args.value
  const dataDir = defaultDataDir(training)
  ensureDataDir(dataDir)
  /** Until the profile has been read the page has none. */
  let microphone = false
  const electron = {
    app,
    BrowserWindow,
    ipcMain,
    Menu,
    powerSaveBlocker,
    protocol,
    safeStorage,
    session,
    utilityProcess,
  }
  if (!prepareApp(electron, dataDir, args.value, () => microphone)) {
    app.exit(0)
    return
  }
  app
    .whenReady()
    .then(async () => {
      // In training there is no profile, and nobody dictates.
      microphone = !training && (await wantsMicrophone(kioskFiles(dataDir).profile))
      await runShell(electron, {
        args: args.value,
        dataDir,
        programs: import.meta.dirname,
        microphone,
        timers: systemTimers,
        log: say,
      })
    })
    .catch((error: unknown) => {
      say(`kiosk: the shell did not start: ${error instanceof Error ? error.message : 'bug'}`)
      app.exit(1)
    })
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

start()
