import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import type { HtmlTagDescriptor, Plugin } from 'vite'
import { defineConfig } from 'vitest/config'
import { CHECKED_PACK, checkPack } from './electron/catalogue/checked-pack.ts'

const root = fileURLToPath(new URL('.', import.meta.url))

/** Native packages stay outside every bundle; each is imported lazily in one adapter. */
const natives = [
  'better-sqlite3',
  'node-hid',
  'serialport',
  'smartcard',
  '@napi-rs/canvas',
  'playwright-core',
]

/**
 * For Chromium: every function of the file is compiled as it comes. What comes while the first screen
 * is read is compiled by then, and not under the first citizen's finger.
 */
const COMPILE_ALL = '//# allFunctionsCalledOnLoad'

/** A program that runs in Node 24 or in Electron's Node: one ES module each. */
function program(entries: Record<string, string>) {
  return {
    consumer: 'server' as const,
    resolve: { noExternal: true as const, external: [...natives, 'electron'] },
    build: {
      outDir: `${root}dist/electron`,
      emptyOutDir: false,
      ssr: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        input: entries,
        output: { entryFileNames: '[name].mjs', chunkFileNames: 'chunks/[name]-[hash].mjs' },
      },
    },
  }
}

/**
 * What the browser asks for before it has read the page's code: the first script, which waits for
 * nothing (in one HTML file Vite would join it to the main one), and the fonts, so that the first
 * screen is laid out in them and not twice. The others have only letters that no first screen has.
 */
const pageHead: Plugin = {
  name: 'page-head',
  transformIndexHtml(_html, { bundle, path }) {
    if (path.startsWith('/studio/')) return []
    const files = Object.values(bundle ?? {})
    const tags: HtmlTagDescriptor[] = []
    for (const { name, fileName } of files) {
      const href = `./${fileName}`
      if (name === 'early') {
        const attrs = { type: 'module', async: true, src: href }
        tags.push({ tag: 'script', attrs, injectTo: 'head-prepend' })
      }
      if (/\/be-vietnam-pro[^/]*\.woff2$/.test(fileName)) {
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: true, href }
        tags.push({ tag: 'link', attrs, injectTo: 'head' })
      }
    }
    return tags
  },
}

/** The built-in procedures, checked once and written out: no start of a core does it again. */
const checkedPack: Plugin = {
  name: 'checked-pack',
  applyToEnvironment: ({ name }) => name === 'host',
  async generateBundle() {
    const source = await checkPack(`${root}resources/procedures`)
    this.emitFile({ type: 'asset', fileName: CHECKED_PACK, source })
  },
}

/**
 * Tests that nothing may run beside: CUPS gives a printer that answers late half a minute's rest,
 * and a test waits for it in vain.
 */
const ALONE = ['test/integration/cups.test.ts']

export default defineConfig({
  root: `${root}renderer`,
  base: './',
  plugins: [react(), pageHead, checkedPack],
  environments: {
    client: {
      build: {
        outDir: `${root}dist/renderer`,
        emptyOutDir: true,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        rolldownOptions: {
          input: { index: `${root}renderer/index.html`, early: `${root}renderer/early.ts` },
          output: { postBanner: ({ isDynamicEntry }) => (isDynamicEntry ? COMPILE_ALL : '') },
        },
      },
    },
    // A page of its own, in a folder that no kiosk serves.
    studio: {
      consumer: 'client' as const,
      build: {
        outDir: `${root}dist/studio`,
        emptyOutDir: true,
        modulePreload: { polyfill: false },
        assetsInlineLimit: 0,
        rolldownOptions: { input: { studio: `${root}renderer/studio/index.html` } },
      },
    },
    host: program({
      core: `${root}electron/core.ts`,
      'browser-host': `${root}electron/browser-host.ts`,
      cli: `${root}electron/cli.ts`,
      world: `${root}electron/training/world.ts`,
      'pcsc-host': `${root}electron/devices/card-readers/pcsc-host.ts`,
    }),
    main: program({ main: `${root}electron/main.ts` }),
    preload: {
      consumer: 'server',
      resolve: { noExternal: true, external: ['electron'] },
      build: {
        outDir: `${root}dist/electron`,
        emptyOutDir: false,
        ssr: true,
        target: 'node24',
        minify: false,
        rolldownOptions: {
          input: { preload: `${root}electron/preload.ts` },
          output: { format: 'cjs', entryFileNames: '[name].cjs' },
        },
      },
    },
  },
  builder: {
    async buildApp(builder) {
      for (const environment of Object.values(builder.environments)) {
        if (environment.name !== 'ssr') await builder.build(environment)
      }
    },
  },
  test: {
    root,
    // Long: a machine that does other things too must fail no test by its slowness.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // More than cores: most tests wait for a process.
    maxWorkers: 3,
    // A worker reads a module once, not once for each file: that was two fifths of the time.
    isolate: false,
    setupFiles: ['test/left-as-found.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{shared,electron,renderer,scripts}/**/*.test.{ts,tsx}'],
          alias: { electron: `${root}test/fakes/electron.ts` },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          exclude: ALONE,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration-alone',
          include: ALONE,
          sequence: { groupOrder: 1 },
          // The scheduler takes its own time to try a printer again.
          retry: 1,
        },
      },
    ],
  },
})
