import { defineConfig } from '@playwright/test'
import { findBrowser } from './electron/shell/browser.ts'
import { chromiumArgs } from './test/fixtures/chromium-args.ts'

/** The real page in the system's Chromium, against real processes: shell, core, sandbox world. */
const browser = findBrowser()

export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '**/*.e2e.ts',
  outputDir: 'test-results/e2e',
  fullyParallel: true,
  // More than cores: many tests wait for a voice, a restart or a guard against trembling fingers.
  workers: 3,
  timeout: 90_000,
  // Long: a machine that does other things too must fail no test by its slowness.
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // A browser, a kiosk and a world on two cores: what passes the second time is named at the end.
  retries: process.env['CI'] ? 1 : 0,
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
  use: {
    viewport: { width: 1080, height: 1920 },
    locale: 'vi-VN',
    hasTouch: true,
    launchOptions: {
      ...(browser === null ? {} : { executablePath: browser }),
      chromiumSandbox: process.getuid?.() !== 0,
      args: chromiumArgs,
    },
  },
})
