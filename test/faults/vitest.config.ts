import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { settings } from './settings.ts'

/**
 * The fault suite is a run of its own (`npm run test:faults`): it takes minutes, and its totals
 * are counted by the rows of the failure matrix.
 */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('../..', import.meta.url)),
    name: 'faults',
    include: ['test/faults/**/*.faults.ts'],
    testTimeout: settings.long ? 3_600_000 : 240_000,
    hookTimeout: 60_000,
    // More than cores: most rows wait for a process or a clock.
    maxWorkers: 3,
    // As for all other tests (`vite.config.ts`).
    isolate: false,
    setupFiles: ['test/left-as-found.ts'],
  },
})
