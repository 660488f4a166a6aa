import { defineConfig } from '@playwright/test'

/**
 * The suite that needs the real Electron. It runs where ELECTRON_OVERRIDE_DIST_PATH names a folder
 * with the binary, and is reported as skipped, test by test, everywhere else.
 */
export default defineConfig({
  testDir: 'test/electron-app',
  outputDir: 'test-results/electron-app',
  // One kiosk at a time: each wants the whole screen.
  workers: 1,
  timeout: 60_000,
  forbidOnly: true,
  reporter: process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['list'], ['json']] : [['list']],
})
