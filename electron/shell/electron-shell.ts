import { join } from 'node:path'
import type { ShellArguments } from './argv.ts'
import { relaunch, type ElectronPort } from './electron-app.ts'
import { voiceDir } from '../resources-dir.ts'
import { kioskFiles } from '../settings/index.ts'
import { takePorts } from './electron-handover.ts'
import { createKeyring } from './electron-keyring.ts'
import { launchUtilityChild, type UtilityPort } from './electron-launcher.ts'
import { servePage } from './electron-page.ts'
import { passPapers } from './electron-papers.ts'
import { recoverPage } from './electron-recovery.ts'
import { openWindow, show } from './electron-window.ts'
import { PAGE_URL } from './navigation.ts'
import { OUT_OF_SERVICE_URL } from './out-of-service.ts'
import type { Timers } from '../timers.ts'
import { superviseCore, type SupervisedCore } from './supervise.ts'
import { PAGE_PARTITION } from './window-prefs.ts'
import { readWorldFile } from './world.ts'

/** What the running shell needs besides Electron. */
export interface ShellSurroundings {
  readonly args: ShellArguments
  /** Absolute path of the kiosk's data. */
  readonly dataDir: string
  /** Absolute path of the built programs; the page lies beside it in `../renderer`. */
  readonly programs: string
  /** An assistant may dictate: the page may ask for a microphone. */
  readonly microphone: boolean
  readonly timers: Timers
  /** One line for stderr; never personal data. */
  readonly log: (line: string) => void
}

/**
 * Shows the page and keeps it and the core alive, once Electron is ready. The window opens first:
 * the page says by itself that it waits for its core. Crash dumps are not collected, because they
 * would hold what a citizen typed.
 */
export async function runShell(
  electron: ElectronPort,
  { args, dataDir, programs, microphone, timers, log }: ShellSurroundings,
): Promise<void> {
  const { app, BrowserWindow } = electron
  const startedAt = timers.now()
  let core: SupervisedCore | null = null
  const preload = join(programs, 'preload.cjs')
  electron.Menu.setApplicationMenu(null)
  electron.powerSaveBlocker.start('prevent-display-sleep')
  const papers = passPapers(
    (id, question) => core?.send({ type: 'paper', id, question }) ?? false,
    timers,
  )
  servePage(
    electron.session.fromPartition(PAGE_PARTITION).protocol,
    { page: join(programs, '../renderer'), voice: [voiceDir(), kioskFiles(dataDir).languages] },
    papers.answer,
    microphone,
  )

  const recovery = recoverPage(
    {
      reload: () => show(window, PAGE_URL),
      recreateWindow() {
        const old = window
        window = openWindow(BrowserWindow, preload, pageEvents)
        old.destroy()
      },
      relaunch: (withoutGpu) => relaunch(app, args, withoutGpu),
      showOutOfService: () => show(window, OUT_OF_SERVICE_URL),
      crashPage: () => window.webContents.forcefullyCrashRenderer(),
      log,
    },
    timers,
    args.relaunched ? startedAt : null,
  )
  const handover = takePorts(
    electron.ipcMain,
    () => window.webContents.mainFrame,
    () => show(window, PAGE_URL),
    log,
  )
  const pageEvents = {
    gone(details: { readonly reason: string }) {
      handover.documentGone()
      recovery.pageGone(details)
    },
    unresponsive: recovery.unresponsive,
    responsive: recovery.responsive,
    failedToLoad: recovery.pageFailedToLoad,
    documentGone: handover.documentGone,
  }
  let window = openWindow(BrowserWindow, preload, pageEvents)
  app.on('child-process-gone', (_event, details) => {
    if (details.type === 'GPU' && details.reason !== 'clean-exit') recovery.gpuGone()
  })

  let leaving = false
  app.on('before-quit', (event) => {
    // The core closes its store first; then nothing is left that a quit would have to ask.
    event.preventDefault()
    if (leaving) return
    leaving = true
    void (core?.stop() ?? Promise.resolve()).then(() => app.exit(0))
  })

  const worldFile = args.training
    ? await startWorld(electron.utilityProcess, join(programs, 'world.mjs'), dataDir)
    : null
  if (args.training && worldFile === null) {
    log('training: the invented world did not start')
    return app.exit(1)
  }
  if (leaving) return
  const file = join(programs, 'core.mjs')
  let saysOutOfService = false
  const supervised = superviseCore({
    launch: () => launchUtilityChild(electron.utilityProcess, file),
    options: () => ({
      dataDir,
      training: args.training,
      worldFile,
      serve: { kind: 'ports' },
    }),
    timers,
    keyring: createKeyring(electron.safeStorage, process.platform),
    onReady() {
      if (saysOutOfService) show(window, PAGE_URL)
      saysOutOfService = false
      handover.coreReady(supervised)
    },
    paper: papers.hear,
    onGone() {
      handover.coreGone()
      papers.coreGone()
    },
    onGiveUp() {
      saysOutOfService = true
      show(window, OUT_OF_SERVICE_URL)
    },
    log,
  })
  core = supervised
}

/** Starts the invented world of training and gives the path of its file; null if it died first. */
async function startWorld(
  utilityProcess: UtilityPort,
  file: string,
  dataDir: string,
): Promise<string | null> {
  const world = utilityProcess.fork(file, ['--data-dir', dataDir], {
    serviceName: 'training world',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (world.stdout === null) return null
  const found = await readWorldFile(world.stdout)
  return found.ok ? found.value : null
}
