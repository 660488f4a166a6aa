import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ending, successor } from '../../test/fixtures/versions.ts'
import { loadPack, parsePack } from './index.ts'

const builtIn = fileURLToPath(new URL('../../resources/procedures/', import.meta.url))

describe('the built-in pack', () => {
  it('loads and runs where code generation is switched off', async () => {
    const script = `
      import { loadPack } from ${JSON.stringify(new URL('./index.ts', import.meta.url).href)}
      const pack = await loadPack(${JSON.stringify(builtIn)})
      process.stdout.write(String(pack.ok && pack.value.length))`
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--disallow-code-generation-from-strings',
      '--input-type=module-typescript',
      '--eval',
      script,
    ])
    expect(Number(stdout)).toBeGreaterThan(0)
  })
})

describe('a pack is refused', () => {
  let dir: string
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'pack-'))
  })
  afterEach(() => rm(dir, { recursive: true }))
  const put = (name: string, text: string) => writeFile(join(dir, name), text)

  it('when it is not there or empty', async () => {
    const empty = { ok: false, error: [{ code: 'empty' }] }
    expect(await loadPack(dir)).toEqual(empty)
    expect(await loadPack(join(dir, 'nowhere'))).toEqual(empty)
  })

  it('with a library that is broken, or has a group twice', async () => {
    await mkdir(join(dir, 'library'))
    await put('library/a.json', '{"groups":{},"lists":{"yesNo":[{"value":"yes","label":"Có"}]}}')
    await put('library/b.json', '{"groups":{},"lists":{"yesNo":[{"value":"no","label":"Không"}]}}')
    await put('library/c.json', '[')
    expect(await loadPack(dir)).toMatchObject({
      ok: false,
      error: expect.arrayContaining([
        expect.objectContaining({ code: 'not-json', file: 'library/c.json' }),
        expect.objectContaining({ code: 'invalid', file: 'library/b.json', where: 'lists.yesNo' }),
      ]),
    })
  })

  it('with every bad file named', async () => {
    const good = await readFile(join(builtIn, '2.000815.json'), 'utf8')
    await put('1.000001.json', '{')
    await put('1.000002.json', '{}')
    await put('1.000003.json', good)
    await put('2.000815.json', good.replace('"key": "paper.copies"', '"key": "paper.pages"'))
    const loaded = await loadPack(dir)
    expect(loaded).toMatchObject({
      ok: false,
      error: [
        { code: 'not-json', file: '1.000001.json' },
        { code: 'invalid', file: '1.000002.json', where: 'code' },
        { code: 'wrong-name', file: '1.000003.json' },
        { code: 'unsound', file: '2.000815.json' },
      ],
    })
  })
})

describe('a procedure that is hostile is refused by name', () => {
  const base: unknown = JSON.parse(JSON.stringify(ending))
  const text = (changed: (written: string) => string) =>
    parsePack(new Map([['9.000001.json', changed(JSON.stringify(base))]]))
  const deep = (depth: number) => `${'{"!":['.repeat(depth)}true${']}'.repeat(depth)}`
  const withField = (field: string) =>
    text((written) => written.replace('"fields":[', `"fields":[${field},`))
  const field = (input: string, more = '') =>
    `{"key":"odd","label":"Ô","source":{"from":"asked"},"input":${input},"question":"Gì?","required":false${more}}`
  const words = '{"kind":"text","maxLength":9}'

  it('a rule that is nested beyond what a parser recurses', () => {
    const nested = withField(field(words, `,"showIf":${deep(3_000)}`))
    expect(nested).toEqual({ ok: false, error: [{ code: 'too-deep', file: '9.000001.json' }] })
  })

  it('a field of an unknown kind, with the kind', () => {
    expect(withField(field('{"kind":"hologram"}'))).toMatchObject({
      error: [{ code: 'invalid', where: 'form.fields.0.input.kind', what: 'unknown: "hologram"' }],
    })
  })

  it('a field whose text may be endless, with the box that says so', () => {
    expect(withField(field('{"kind":"text","maxLength":100000}'))).toMatchObject({
      error: [{ code: 'invalid', where: 'form.fields.0.input.maxLength' }],
    })
  })

  it.each([
    ['an hour that no clock has', '"cutoff":"25:99"'],
    ['a limit that would be counted for ever', '"value":1000000000'],
  ])('%s', (_, limit) => {
    const source = '"source":{"mark":"open","text":"Thử"}'
    const whole = `{"value":1,"unit":"DAY",${source},${limit}}`
    const refused = text((written) => written.replace(/"limit":\{.*?\}\}/, `"limit":${whole}`))
    expect(refused).toMatchObject({ error: [{ code: 'invalid' }] })
  })
})

describe('a pack with two versions of a procedure', () => {
  const parsed = (...files: [string, object][]) =>
    parsePack(new Map(files.map(([name, procedure]) => [name, JSON.stringify(procedure)])))

  it('has both, the older first, whatever order their names have', () => {
    const pack = parsed(['9.000001.from-2027-03-01.json', successor], ['9.000001.json', ending])
    const days = pack.ok ? pack.value.procedures.map(({ form }) => form.validFrom) : []
    expect(days).toEqual(['2026-01-01', '2027-03-01'])
  })

  it('may name the one of today after its first day too', () => {
    expect(parsed(['9.000001.from-2026-01-01.json', ending])).toMatchObject({ ok: true })
  })

  it.each(['9.000001.from-2027-04-01.json', '9.000002.from-2027-03-01.json', '9.000001.new.json'])(
    'is refused where the name says something else: %s',
    (file) => {
      expect(parsed([file, successor])).toEqual({
        ok: false,
        error: [{ code: 'wrong-name', file }],
      })
    },
  )

  it('is refused where both are in force on one day', () => {
    const { validTo: _, ...endless } = ending.form
    const [file, other] = ['9.000001.from-2027-03-01.json', '9.000001.json']
    expect(parsed([file, successor], [other, { ...ending, form: endless }])).toEqual({
      ok: false,
      error: [{ code: 'overlap', file, other }],
    })
  })
})
