import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** electron-builder's own validator and YAML reader, found where electron-builder finds them. */
const inBuilder = createRequire(
  createRequire(createRequire(import.meta.url).resolve('electron-builder/package.json')).resolve(
    'app-builder-lib/package.json',
  ),
)
type Validator = { compile(schema: object): (data: unknown) => boolean }
type Yaml = { load(text: string): unknown }
const Ajv = z
  .custom<new (options: object) => Validator>((value) => typeof value === 'function')
  .parse(inBuilder('ajv'))
const yaml = z
  .custom<Yaml>((value) => typeof value === 'object' && value !== null && 'load' in value)
  .parse(inBuilder('js-yaml'))
const schema = z.looseObject({}).parse(inBuilder('./scheme.json'))
const isValid = new Ajv({ strict: false, logger: false }).compile(schema)

const given = yaml.load(readFileSync(join(root, 'electron-builder.yml'), 'utf8'))
const config = z
  .looseObject({
    productName: z.string(),
    electronDist: z.string(),
    npmRebuild: z.boolean(),
    asarUnpack: z.array(z.string()),
    electronFuses: z.record(z.string(), z.boolean()),
    extraResources: z.array(z.object({ from: z.string(), to: z.string() })),
    deb: z.looseObject({ fpm: z.array(z.string()) }),
    publish: z.null(),
  })
  .parse(given)

describe('electron-builder.yml', () => {
  test('is what electron-builder understands', () => {
    expect(isValid(config)).toBe(true)
  })

  test.each([
    { asarUnPack: [] },
    { electronFuses: { ...config.electronFuses, runAsNodes: false } },
    { npmRebuild: 'no' },
  ])('with a mistake would not be: %j', (mistake) => {
    expect(isValid({ ...config, ...mistake })).toBe(false)
  })

  test('states every fuse that electron-builder has for Linux and Windows', () => {
    expect(config.electronFuses).toEqual({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      grantFileProtocolExtraPrivileges: false,
      loadBrowserProcessSpecificV8Snapshot: false,
      enableCookieEncryption: true,
      onlyLoadAppFromAsar: true,
      enableEmbeddedAsarIntegrityValidation: true,
    })
  })

  test('downloads and rebuilds nothing', () => {
    expect(config.electronDist).toBe('release/electron-dist')
    expect(config.npmRebuild).toBe(false)
    expect(config.publish).toBeNull()
  })

  test('names only files that exist', () => {
    const sources = [
      ...config.extraResources.map(({ from }) => from),
      ...config.deb.fpm.map((pair) => pair.split('=')[0] ?? ''),
    ]
    expect(sources).toHaveLength(7)
    for (const source of sources) expect(existsSync(join(root, source))).toBe(true)
  })

  test('unpacks the technician’s command to where the installed `kiosk` looks for it', () => {
    const script = readFileSync(join(root, 'resources/linux/kiosk'), 'utf8')
    expect(config.asarUnpack).toContain('dist/electron/cli.mjs')
    expect(script).toContain(
      `/opt/${config.productName}/resources/app.asar.unpacked/dist/electron/cli.mjs`,
    )
  })
})
