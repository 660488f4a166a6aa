import * as fc from 'fast-check'
import { createReadStream, existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../store/index.ts'
import { importCatalogue, importLimits, readCatalogue, showProcedure } from './index.ts'
import { emptyCatalogue, file, listLine } from './testing.ts'

let db: Database
beforeEach(async () => {
  db = await emptyCatalogue()
})

const detail = {
  code: 'OK',
  data: {
    code: '9.000001',
    name: 'Thủ\u00a0tục trồng\u200b cây ',
    type: 'STANDARD',
    state: 'UPDATED',
    isWard: false,
    categoriesDetails: [{ name: 'Cây xanh' }],
    departmentsExecuting: [],
    subjectTypesDetails: [{ name: 'Công dân Việt Nam' }],
    resultsDetails: [{ name: 'Giấy trồng cây' }],
    legalBasisesDetails: [{ code: '1/2026/NĐ-CP', name: null }],
    executionMethods: [
      {
        submissionMethod: 'ONLINE',
        processingTime: 3,
        processingTimeUnit: 'WORKING_DAY',
        fees: [{ value: 0, description: 'Do tỉnh quy định' }],
      },
    ],
    executionCases: [
      {
        name: '* Giấy phải nộp:',
        profileComponents: [
          { code: 'A1', name: 'Đơn', originalQty: 1, copyQty: 0 },
          { code: 'A2', name: 'Lưu ý: viết rõ', originalQty: 0, copyQty: 0 },
        ],
      },
      {
        name: '* Lưu ý:',
        profileComponents: [{ code: 'A3', name: 'Lưu ý', originalQty: 0, copyQty: 0 }],
      },
    ],
    cases: [{ name: 'Chung', processingDay: { qty: 5, type: 'WORKING_DAY' } }],
    somethingNew: { left: 'out' },
  },
}

describe('the list format', () => {
  it('is read line by line and cleaned', async () => {
    const lines = [
      listLine(' 9.000001', 'Thủ\u00a0tục  trồng\u200b cây'),
      '',
      listLine('9.000002', 'Cấp phép', { departments: [''] }),
      listLine('9.000003', 'Tạm trú thử', {
        departments: ['', 'Công an cấp  Xã'],
        categories: ['A', 'B'],
      }),
      listLine('9.000004', 'Việc phường', { departments: ['UBND Phường Mẫu, tỉnh Thử'] }),
      listLine('9.000005', 'Việc tỉnh', { departments: ['Trật tự xã hội', 'Sở Thử'] }),
    ]
    const report = await importCatalogue(db, file(`\ufeff${lines.join('\r\n')}\r\n`), 5)
    expect(report).toEqual({
      ok: true,
      value: { format: 'list', imported: 5, bad: 0, badLines: [] },
    })
    expect(readCatalogue(db)).toEqual([
      {
        code: '9.000001',
        name: 'Thủ tục trồng cây',
        field: 'Việc thử',
        level: 'commune',
        type: 'STANDARD',
      },
      { code: '9.000002', name: 'Cấp phép', field: 'Việc thử', level: 'other', type: 'STANDARD' },
      { code: '9.000003', name: 'Tạm trú thử', field: 'A, B', level: 'commune', type: 'STANDARD' },
      {
        code: '9.000004',
        name: 'Việc phường',
        field: 'Việc thử',
        level: 'commune',
        type: 'STANDARD',
      },
      { code: '9.000005', name: 'Việc tỉnh', field: 'Việc thử', level: 'other', type: 'STANDARD' },
    ])
    expect(showProcedure(db, '9.000002')?.departments).toEqual([])
  })

  it('names the bad lines and takes the rest', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${listLine('9.000001', 'Một')}\n{"code":\n{"code":"x","name":"y"}\n`),
      Buffer.from(listLine('9.000002', 'Hai'), 'latin1'),
      Buffer.from([0xc3, 0x0a]),
      Buffer.from(`${listLine(' 9.000001', 'Một nữa')}\n[1]`),
    ])
    const report = await importCatalogue(
      db,
      (async function* () {
        yield bytes
      })(),
      5,
    )
    expect(report).toEqual({
      ok: true,
      value: {
        format: 'list',
        imported: 1,
        bad: 5,
        badLines: [
          { line: 2, code: 'not-json' },
          { line: 3, code: 'not-a-procedure' },
          { line: 4, code: 'not-utf8' },
          { line: 5, code: 'repeated-code' },
          { line: 6, code: 'not-a-procedure' },
        ],
      },
    })
    expect(showProcedure(db, '9.000001')?.name).toBe('Một nữa')
  })

  it('names no more lines than a person reads, but counts all', async () => {
    const report = await importCatalogue(
      db,
      file(`${'nonsense\n'.repeat(90)}${listLine('9.000001', 'Một')}`),
      5,
    )
    if (!report.ok) throw new Error(report.error.code)
    expect(report.value.bad).toBe(90)
    expect(report.value.badLines).toHaveLength(importLimits.MAX_NAMED_LINES)
  })
})

describe('the detail format', () => {
  it.each([
    ['over many lines', JSON.stringify(detail, null, 1)],
    ['on one line', JSON.stringify(detail)],
  ])('is told by its contents, %s', async (_, text) => {
    const report = await importCatalogue(db, file(text), 5)
    expect(report).toEqual({
      ok: true,
      value: { format: 'detail', imported: 1, bad: 0, badLines: [] },
    })
    expect(showProcedure(db, '9.000001')).toEqual({
      code: '9.000001',
      name: 'Thủ tục trồng cây',
      field: 'Cây xanh',
      departments: [],
      level: 'other',
      target: ['Công dân Việt Nam'],
      type: 'STANDARD',
      state: 'UPDATED',
      detail: {
        methods: [
          {
            method: 'ONLINE',
            time: 3,
            unit: 'WORKING_DAY',
            fees: [{ amount: 0, note: 'Do tỉnh quy định' }],
          },
        ],
        cases: [
          {
            name: '* Giấy phải nộp:',
            components: [{ code: 'A1', name: 'Đơn', originals: 1, copies: 0 }],
          },
        ],
        durations: [{ name: 'Chung', time: 5, unit: 'WORKING_DAY' }],
        results: ['Giấy trồng cây'],
        legalBasis: ['1/2026/NĐ-CP'],
      },
    })
  })

  it('and the list complete each other, whichever comes first', async () => {
    const list = listLine('9.000001', 'Trồng cây')
    await importCatalogue(db, file(list), 1)
    await importCatalogue(db, file(JSON.stringify(detail, null, 1)), 2)
    const first = showProcedure(db, '9.000001')
    expect(first?.level).toBe('commune')
    expect(first?.departments).toEqual(['Ủy ban nhân dân cấp xã'])
    expect(first?.detail?.results).toEqual(['Giấy trồng cây'])
    await importCatalogue(db, file(list), 3)
    expect(showProcedure(db, '9.000001')?.detail).toEqual(first?.detail)
  })
})

describe('a file is refused, and nothing is written', () => {
  const written = () => readCatalogue(db).length

  it.each([
    ['it is empty', ''],
    ['it is a web page', '<!doctype html>\n<p>Lỗi</p>'],
    ['it is an error of the portal', JSON.stringify({ code: 'ERROR', data: null }, null, 1)],
    ['it is another kind of JSON', JSON.stringify([detail], null, 1)],
  ])('when %s', async (_, text) => {
    const report = await importCatalogue(db, file(text), 5)
    expect(report).toMatchObject({ ok: false, error: { code: 'nothing-found' } })
    expect(written()).toBe(0)
  })

  it('when a line has no end', async () => {
    const flood = (async function* () {
      const piece = Buffer.alloc(1 << 20, 'a')
      yield Buffer.from(`${listLine('9.000001', 'Một')}\n`)
      for (let at = 0; at < 6; at += 1) yield piece
    })()
    expect(await importCatalogue(db, flood, 5)).toEqual({
      ok: false,
      error: { code: 'line-too-long', line: 2 },
    })
    expect(written()).toBe(0)
  })

  it('when it cannot be read', async () => {
    const missing = createReadStream('/nowhere/catalogue.jsonl')
    expect(await importCatalogue(db, missing, 5)).toEqual({
      ok: false,
      error: { code: 'unreadable' },
    })
  })
})

describe('any bytes', () => {
  it('end in a report or a named refusal, and every good line is found', async () => {
    const noise = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' '))
    const lines = fc.array(fc.oneof(noise, fc.constant(null)), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 64 }), async (parts, size) => {
        const fresh = await emptyCatalogue()
        const text = parts
          .map((part, at) => part ?? listLine(`9.00000${at}`, `Việc ${at}`))
          .join('\n')
        const report = await importCatalogue(fresh, file(text, size), 5)
        const good = parts.filter((part) => part === null).length
        expect(report.ok).toBe(good > 0)
        expect(readCatalogue(fresh)).toHaveLength(good)
        fresh.close()
      }),
      { numRuns: 40 },
    )
  })
})

const real = fileURLToPath(new URL('../../../shared/data/procedures/', import.meta.url))
describe.skipIf(!existsSync(real))(
  'the published catalogue (skipped where ../shared/data/procedures is absent)',
  () => {
    it('is taken in whole', async () => {
      const list = await importCatalogue(db, createReadStream(`${real}catalogue.jsonl`), 5)
      // One provincial procedure shares its code with another but for a leading space.
      expect(list).toMatchObject({ ok: true, value: { format: 'list', imported: 5669, bad: 1 } })
      const details = await readdir(`${real}details`)
      for (const name of details) {
        const report = await importCatalogue(db, createReadStream(`${real}details/${name}`), 6)
        expect(report).toMatchObject({ ok: true, value: { format: 'detail', imported: 1 } })
        const shown = showProcedure(db, name.replace('.json', ''))
        expect(shown?.level).toBe('commune')
        const papers = shown?.detail?.cases.flatMap(({ components }) => components) ?? []
        expect(papers.every(({ originals, copies }) => originals + copies > 0)).toBe(true)
      }
      expect(details.length).toBeGreaterThan(0)
    })
  },
)
