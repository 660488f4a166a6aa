import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { programsDir } from '../programs-dir.ts'
import { findBrowser } from '../shell/browser.ts'
import { openHall, type Hall } from '../training/index.ts'
import type { CommandContext, ExitCode } from './command.ts'

/** What a rehearsal plays on: a kiosk in training of its own, and its page in a headless browser. */
export interface Stage {
  readonly hall: Hall
  readonly page: Page
  /** Folder of the rehearsed kiosk's data; what an earlier rehearsal left there is gone. */
  readonly dir: string
}

/** Plays on a stage and takes it down again. Exit 2, and one line, where there is none. */
export async function onStage(
  { dataDir, complain }: CommandContext,
  play: (stage: Stage) => Promise<ExitCode>,
): Promise<ExitCode> {
  const executablePath = findBrowser()
  if (executablePath === null) {
    complain('no browser: install Chromium (apt-get install chromium)')
    return 2
  }
  const dir = join(dataDir, 'rehearsal')
  rmSync(dir, { recursive: true, force: true })
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const hall = await openHall({ programs: programsDir(), dataDir: dir, stderr: 'ignore' })
  if (!hall.ok) {
    complain(
      `the kiosk did not start: run npm start -- --headless --data-dir ${dir} and read its lines`,
    )
    return 2
  }
  try {
    const browser = await launch(executablePath)
    if (browser === null) {
      complain(`the browser did not start: run ${executablePath} --headless and read its lines`)
      return 2
    }
    try {
      const page = await browser.newPage({ viewport: { width: 1080, height: 1920 } })
      return await play({ hall: hall.value, page, dir })
    } finally {
      await browser.close()
    }
  } finally {
    await hall.value.close()
  }
}

async function launch(executablePath: string): Promise<Browser | null> {
  const { chromium } = await import('playwright-core')
  const args = ['--disable-background-networking', '--disable-component-update', '--disable-sync']
  const chromiumSandbox = process.getuid?.() !== 0
  return chromium.launch({ executablePath, args, chromiumSandbox }).catch(() => null)
}
