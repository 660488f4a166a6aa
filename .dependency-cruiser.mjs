/**
 * The rules of the house about who may import whom. `scripts/check-imports.mjs` runs them and
 * fails if fewer modules were seen than exist.
 */
const CAPABILITIES =
  'audit|catalogue|devices|dictation|filing|identity|outbox|portal|printing|session|settings|store|tickets|training|voice'

/** Packages with native code: each in one adapter, reached by `await import` alone. */
const NATIVES = {
  'better-sqlite3': '^electron/store/sqlite\\.ts$',
  serialport: '^electron/devices/serial\\.ts$',
  smartcard: '^electron/devices/card-readers/pcsc-host\\.ts$',
  'node-hid': '^electron/devices/hid\\.ts$',
  '@napi-rs/canvas': '^electron/(printing/canvas|papers/decode)\\.ts$',
}

export default {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'shared-is-pure',
      severity: 'error',
      from: { path: '^shared/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^shared/', '^node_modules/zod/', '^node_modules/@orpc/contract/'] },
    },
    {
      name: 'page-imports-shared-only',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.test\\.tsx?$' },
      to: { path: ['^electron/', '^test/', '^scripts/'] },
    },
    {
      name: 'page-has-no-node',
      severity: 'error',
      from: { path: '^renderer/', pathNot: '\\.test\\.tsx?$' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-does-not-know-the-page',
      severity: 'error',
      from: { path: '^electron/' },
      to: { path: '^renderer/' },
    },
    {
      name: 'electron-only-in-shells',
      severity: 'error',
      from: {
        path: '^(electron|renderer|shared)/',
        pathNot: '^electron/(main\\.ts|preload\\.ts|shell/)',
      },
      to: { path: ['^node_modules/electron(/|$)', '^electron$'] },
    },
    {
      name: 'capability-through-its-face',
      comment: 'A capability reaches another one through its index.ts alone.',
      severity: 'error',
      from: { path: `^electron/(${CAPABILITIES})/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: `^electron/(${CAPABILITIES})/`,
        pathNot: ['^electron/$1/', '/index\\.ts$'],
      },
    },
    ...Object.entries(NATIVES).map(([name, adapter]) => ({
      name: `one-adapter-for-${name.replace(/\W/g, '-')}`,
      severity: 'error',
      from: { path: '^electron/', pathNot: [adapter, '\\.test\\.ts$'] },
      to: { path: `^node_modules/${name}/`, dependencyTypesNot: ['type-only'] },
    })),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
}
