import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { formatShortRef } from '../../shared/domain/short-ref.ts'
import { listLine } from '../../electron/catalogue/testing.ts'
import { invent, KIOSK_ID, must, until } from '../../electron/outbox/harness.ts'
import { createOutbox, systemTimers } from '../../electron/outbox/index.ts'
import { createPortalClient } from '../../electron/portal/index.ts'
import { kioskFiles } from '../../electron/settings/index.ts'
import {
  createSealedFiles,
  openKeyFile,
  openStore,
  storeSchemaSql,
} from '../../electron/store/index.ts'
import { inventedCodes } from '../../electron/training/citizens.ts'
import { createSandboxPortal } from '../../electron/training/portal/index.ts'
import { runCli, type Ran } from '../fixtures/run-cli.ts'

/** The technician's command as it is installed: the built program, its output and its exit code. */

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'kiosk-cli-'))
})
afterAll(() => rm(dir, { recursive: true, force: true }))

/** Data of a kiosk that has never run. */
const fresh = () => ['--data-dir', join(dir, `fresh-${randomBytes(6).toString('hex')}`)]

/** One line of JSON on stdout, nothing on stderr. */
function said(ran: Ran, code: number): unknown {
  expect(ran).toMatchObject({ code, complaints: [] })
  expect(ran.stdout).toMatch(/^[^\n]+\n$/)
  return JSON.parse(ran.stdout)
}

/** Nothing on stdout, one line on stderr. */
const complaint = (code: number, line: string | RegExp) => ({
  code,
  stdout: '',
  complaints: [
    typeof line === 'string' ? expect.stringContaining(line) : expect.stringMatching(line),
  ],
})

describe.concurrent('card parse', () => {
  const parse = (stdin: string | Uint8Array, ...more: string[]) =>
    runCli(['card', 'parse', ...more], { stdin })

  test('prints an ID card as one line of JSON, member by member', async () => {
    const payload = '083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022'
    expect(await parse(payload, '--json')).toEqual({
      code: 0,
      stdout:
        '{"kind":"id-card","number":"083090000000","oldNumber":null,"name":"Nguyễn Văn Ví Dụ",' +
        '"birth":{"year":1990,"month":3,"day":5},"sex":"male","address":"Ấp Mẫu, Xã Thử",' +
        '"issued":{"year":2022,"month":1,"day":1},"extra":[],"warnings":[]}\n',
      complaints: [],
    })
  })

  test('leaves out what a card does not say of a birth, and keeps the old number', async () => {
    const payload = '083156000000|320000000|Trần Thị Mẫu|1956|Nữ|Ấp Ví Dụ, Xã Thử|15082021\r'
    expect(said(await parse(payload, '--json'), 0)).toMatchObject({
      oldNumber: '320000000',
      birth: { year: 1956 },
      sex: 'female',
    })
  })

  test('reads bytes as a scanner does: Vietnamese in the old code page too', async () => {
    // The byte of ã in Latin-1 is ă in CP1258; ê is the same in both.
    const payload = Buffer.from('083090000000||Lê Hãn|05031990|Nam|Xã Bên|01012022', 'latin1')
    expect(said(await parse(payload, '--json'), 0)).toMatchObject({ name: 'Lê Hăn' })
  })

  test('prints a line for people without --json', async () => {
    const payload = '083090000000||Nguyễn Văn Ví Dụ|05031990|Nam|Ấp Mẫu, Xã Thử|01012022'
    expect(await parse(payload)).toEqual({
      code: 0,
      stdout: '083090000000  Nguyễn Văn Ví Dụ  5/3/1990  male  Ấp Mẫu, Xã Thử\n',
      complaints: [],
    })
  })

  const invented = (id: string) => inventedCodes.find((code) => code.id === id)?.payload ?? ''
  test.each<[string, string, string | Uint8Array]>([
    ['vietqr', 'a payment code', invented('vietqr')],
    ['health-insurance', 'a health insurance card', invented('health-insurance')],
    ['dossier-code', 'a dossier code', 'H19.99-20261122-0000001'],
    ['slip', 'a slip of a kiosk', 'MCK:S:01931a2b-7c4d-7e5f-8a6b-9c0d1e2f3a4b\r\n'],
    ['ticket', 'a ticket of a kiosk', 'MCK:T:K01:20261124:A027'],
    ['unknown', 'a damaged card', invented('garbled')],
    ['unknown', 'some other code', invented('unknown')],
    ['unknown', 'nothing', ''],
    ['unknown', 'line ends alone', '\r\n\r\n'],
    [
      'unknown',
      'a megabyte of noise',
      Uint8Array.from({ length: 1_000_000 }, (_, at) => (at * at * 31 + at * 7) % 256),
    ],
    ['unknown', 'more than it cares to read', Buffer.alloc(4_000_000, '083090000000|')],
  ])('says %s to %s, with exit 1', async (kind, _what, stdin) => {
    const ran = await parse(stdin, '--json')
    expect(ran).toEqual({ code: 1, stdout: `{"kind":"${kind}"}\n`, complaints: [] })
  })
})

/** The detail format as the portal answers it, over many lines. */
const detail = {
  code: 'OK',
  data: {
    code: '9.000009',
    name: 'Thủ tục xin trồng cây trước cổng',
    type: 'STANDARD',
    state: 'ACTIVE',
    isWard: true,
    categoriesDetails: [{ name: 'Cây xanh' }],
    departmentsExecuting: [{ name: 'Ủy ban nhân dân xã Thử' }],
    executionMethods: [
      { submissionMethod: 'DIRECT', processingTime: 3, processingTimeUnit: 'WORKING_DAY' },
    ],
  },
}

describe.concurrent('catalogue import', () => {
  /** Writes files and imports them. */
  async function importFiles(contents: Record<string, string>, ...more: string[]) {
    const folder = await mkdtemp(join(dir, 'import-'))
    const files = Object.keys(contents).map((name) => join(folder, name))
    for (const [name, content] of Object.entries(contents)) {
      await writeFile(join(folder, name), content)
    }
    const at = ['--data-dir', join(folder, 'data')]
    return { ran: await runCli(['catalogue', 'import', ...files, ...at, ...more]), files, at }
  }
  const list = `${listLine('9.000001', 'Thủ tục cấp phép nuôi ong')}\n${listLine('9.000002', 'Thủ tục đăng ký xe lăn')}\n`

  test('takes the list and the detail format, one line of JSON a file', async () => {
    const { ran, files } = await importFiles(
      { 'list.jsonl': list, 'detail.json': JSON.stringify(detail, null, 2) },
      '--json',
    )
    expect(ran).toMatchObject({ code: 0, complaints: [] })
    expect(
      ran.stdout
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { file: files[0], format: 'list', imported: 2, bad: 0, badLines: [], problem: null },
      { file: files[1], format: 'detail', imported: 1, bad: 0, badLines: [], problem: null },
    ])
  })

  test('what was imported is found, without tone marks, and shown', async () => {
    const { at } = await importFiles({ 'list.jsonl': list, 'detail.json': JSON.stringify(detail) })
    const found = await runCli([
      'catalogue',
      'search',
      'trong',
      'cay',
      '--limit=1',
      '--json',
      ...at,
    ])
    expect(said(found, 0)).toEqual([
      {
        code: '9.000009',
        name: 'Thủ tục xin trồng cây trước cổng',
        field: 'Cây xanh',
        level: 'commune',
      },
    ])
    const shown = await runCli(['catalogue', 'show', '9.000009', '--json', ...at])
    expect(said(shown, 0)).toMatchObject({
      fileable: null,
      national: { code: '9.000009', detail: { methods: [{ method: 'DIRECT', time: 3 }] } },
    })
  })

  test('names the lines that it left out, and takes the others', async () => {
    const { ran, files } = await importFiles({ 'list.jsonl': `${list}{"code":\n{}\n` }, '--json')
    expect(ran.code).toBe(0)
    expect(JSON.parse(ran.stdout)).toEqual({
      file: files[0],
      format: 'list',
      imported: 2,
      bad: 2,
      badLines: [
        { line: 3, code: 'not-json' },
        { line: 4, code: 'not-a-procedure' },
      ],
      problem: null,
    })
    expect(ran.complaints).toEqual([`${files[0]}: 2 lines left out, first: line 3`])
  })

  test('refuses a file of something else and leaves the catalogue as it was', async () => {
    const { ran, files, at } = await importFiles({
      'list.jsonl': list,
      'page.html': '<html></html>',
    })
    expect(ran).toEqual({
      code: 1,
      stdout: `${files[0]}: 2 procedures\n`,
      complaints: [`${files[1]}: holds no procedure in a national format: nothing was changed`],
    })
    said(await runCli(['catalogue', 'search', 'nuoi ong', '--json', ...at]), 0)
  })

  test('a refused file has the same members in JSON', async () => {
    const { ran, files } = await importFiles({ empty: '' }, '--json')
    expect(ran.code).toBe(1)
    expect(JSON.parse(ran.stdout)).toEqual({
      file: files[0],
      format: null,
      imported: 0,
      bad: 0,
      badLines: [],
      problem: 'nothing-found',
    })
  })

  test.each([
    ['a file that is not there', 'none.jsonl'],
    ['a folder', '.'],
  ])('%s could not be run: exit 2', async (_what, name) => {
    const ran = await runCli(['catalogue', 'import', join(dir, name), ...fresh()])
    expect(ran).toEqual(complaint(2, /cannot be read: check the path$/))
  })

  test('a data folder that cannot be one is named', async () => {
    const file = join(dir, 'a-file')
    await writeFile(file, '')
    const ran = await runCli(['catalogue', 'import', file, '--data-dir', join(file, 'data')])
    expect(ran).toEqual(complaint(2, /^could not run: ENOTDIR: .*a-file/))
  })

  const national = fileURLToPath(new URL('../../../shared/data/procedures', import.meta.url))
  const missing = existsSync(national) ? '' : ' (needs ../shared/data/procedures)'
  test.skipIf(missing)(`takes all that the national portal publishes${missing}`, async () => {
    const details = await readdir(join(national, 'details'))
    const at = fresh()
    const files = ['catalogue.jsonl', ...details.map((name) => `details/${name}`)]
    const ran = await runCli([
      'catalogue',
      'import',
      ...files.map((name) => join(national, name)),
      '--json',
      ...at,
    ])
    expect(ran.code).toBe(0)
    const reports = ran.stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => z.object({ format: z.string(), imported: z.int() }).parse(JSON.parse(line)))
    expect(reports[0]?.format).toBe('list')
    expect(reports[0]?.imported).toBeGreaterThan(5_000)
    expect(reports.slice(1)).toEqual(details.map(() => ({ format: 'detail', imported: 1 })))
    const hits = await runCli(['catalogue', 'search', 'dang ky ket hon', '--json', ...at])
    expect(said(hits, 0)).toHaveLength(10)
  })
})

describe.concurrent('catalogue search', () => {
  const search = (...more: string[]) => runCli(['catalogue', 'search', ...more])

  test("finds the kiosk's own procedures where nothing was imported", async () => {
    const hits = z
      .array(z.unknown())
      .parse(said(await search('khai sinh', '--json', ...fresh()), 0))
    expect(hits[0]).toEqual({
      code: '1.001193',
      name: 'Thủ tục đăng ký khai sinh',
      field: 'Hộ tịch',
      level: 'commune',
    })
  })

  test('prints code and name for people', async () => {
    const ran = await search('khai', 'sinh', '--limit', '1', ...fresh())
    expect(ran).toEqual({
      code: 0,
      stdout: '1.001193  Thủ tục đăng ký khai sinh\n',
      complaints: [],
    })
  })

  test('gives ten, or as many as --limit says', async () => {
    const folder = await mkdtemp(join(dir, 'many-'))
    const names = Array.from({ length: 12 }, (_, at) => `Thủ tục nuôi ong lấy mật, đàn số ${at}`)
    const lines = names.map((name, at) => listLine(`9.${String(at).padStart(6, '0')}`, name))
    await writeFile(join(folder, 'list.jsonl'), lines.join('\n'))
    const at = ['--data-dir', folder]
    await runCli(['catalogue', 'import', join(folder, 'list.jsonl'), ...at])
    const count = async (...more: string[]) =>
      z.array(z.unknown()).parse(said(await search('nuoi ong', '--json', ...more, ...at), 0)).length
    expect(await count()).toBe(10)
    expect(await count('--limit', '2')).toBe(2)
    expect(await count('--limit=50')).toBeGreaterThan(11)
  })

  test('finds nothing: an empty list and exit 1', async () => {
    const ran = await search('qqqqqq', '--json', ...fresh())
    expect(ran).toEqual({ code: 1, stdout: '[]\n', complaints: [] })
  })

  test.each(['0', '-1', '2.5', 'ten', ''])('refuses --limit=%s', async (limit) => {
    const ran = await search('khai sinh', `--limit=${limit}`, ...fresh())
    expect(ran).toEqual(complaint(2, '--limit takes a whole number from 1'))
  })

  test('a damaged catalogue is named with what to do', async () => {
    const data = await mkdtemp(join(dir, 'damaged-'))
    await writeFile(join(data, 'catalogue.sqlite'), 'this was a database once')
    for (const command of [
      ['search', 'khai sinh'],
      ['show', '1.001193'],
      ['import', '/dev/null'],
    ]) {
      const ran = await runCli(['catalogue', ...command, '--json', '--data-dir', data])
      expect(ran).toEqual(
        complaint(2, /damaged \(SQLITE_NOTADB\): remove .*catalogue\.sqlite and import again/),
      )
    }
  })
})

describe.concurrent('catalogue show', () => {
  const show = (code: string, ...more: string[]) =>
    runCli(['catalogue', 'show', code, ...more, ...fresh()])

  test('gives a procedure of this kiosk with its form', async () => {
    const shown = z
      .object({
        fileable: z.looseObject({ code: z.string(), form: z.looseObject({}) }),
        national: z.null(),
      })
      .parse(said(await show('1.001193', '--json'), 0))
    expect(shown.fileable.code).toBe('1.001193')
  })

  test('says in three lines what it is', async () => {
    expect((await show('1.001193')).stdout).toMatch(
      /^1\.001193 {2}Thủ tục đăng ký khai sinh\nfield: Hộ tịch\ncan be filed here: yes, \d+ boxes\n$/,
    )
  })

  test('does not know a code: exit 1', async () => {
    expect(await show('1.999999', '--json')).toEqual(complaint(1, /^no procedure 1\.999999: /))
  })
})

describe.concurrent('outbox', () => {
  const data = () => join(dir, 'kiosk')
  const outbox = (...args: string[]) => runCli(['outbox', ...args, '--data-dir', data()])
  const done: (() => Promise<void>)[] = []
  let filed: { clientRef: string; shortRef: string }[] = []

  /** A kiosk's store with one filing delivered and one waiting; it stays open, as by a core. */
  beforeAll(async () => {
    const files = kioskFiles(data())
    await mkdir(data(), { recursive: true })
    const sandbox = await createSandboxPortal({
      dir: join(dir, 'portal'),
      port: 0,
      clock: Date,
      validate: () => [],
    })
    const portal = must(
      createPortalClient({
        url: sandbox.url,
        kioskId: KIOSK_ID,
        receiptKeys: sandbox.publicKeys,
      }),
    )
    const keys = must(await openKeyFile(files.keys))
    const store = must(await openStore({ dir: files.store, keys, schemas: [storeSchemaSql] }))
    store.db.prepare(`INSERT INTO meta (key, value) VALUES ('kiosk_id', ?)`).run(KIOSK_ID)
    const queue = createOutbox({
      store,
      keys,
      files: createSealedFiles(files.store, keys),
      portal,
      clock: Date,
      timers: systemTimers,
      random: Math.random,
      kioskId: KIOSK_ID,
      log: () => {},
    })
    done.push(
      async () => store.close(),
      () => portal.close(),
      () => sandbox.close(),
    )
    const file = () => must(queue.enqueue(invent('Nguyễn Văn Ví Dụ', Date.now())))
    const first = file()
    queue.start()
    await until(queue, () => queue.get(first.clientRef)?.state === 'ERASED')
    await queue.stop()
    filed = [first, file()]
  })
  afterAll(async () => {
    for (const step of done) await step()
  })

  const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  const row = (at: number, more: object) => ({
    reference: formatShortRef(filed[at]?.shortRef ?? ''),
    clientRef: filed[at]?.clientRef,
    procedure: '1.004873',
    capturedAt: instant,
    origin: null,
    ...more,
  })
  const delivered = () =>
    row(0, {
      state: 'ERASED',
      dossierCode: expect.stringMatching(/^H19\.99-\d{8}-0000001$/),
      acceptedAt: instant,
      erasedAt: instant,
    })
  const waiting = () =>
    row(1, { state: 'QUEUED', dossierCode: null, acceptedAt: null, erasedAt: null })

  test('list names every filing, oldest first', async () => {
    expect(said(await outbox('list', '--json'), 0)).toEqual([delivered(), waiting()])
  })

  test('list prints a line a filing for people', async () => {
    const { stdout, code } = await outbox('list')
    expect(code).toBe(0)
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(/^(\w\w ){4} ERASED {7}1\.004873 {2}H19\.99-\d{8}-0000001 {2}20/)
    expect(lines[1]).toMatch(/^(\w\w ){4} QUEUED {7}1\.004873 {2}- {2}20/)
  })

  test.each<[string, (short: string, ref: string) => string[]]>([
    ['the reference as the slip shows it', (short) => [formatShortRef(short)]],
    ['the pairs as words', (short) => formatShortRef(short).split(' ')],
    ['the reference without spaces, in small letters', (short) => [short.toLowerCase()]],
    ['the client reference', (_short, ref) => [ref]],
    ['the client reference in capitals', (_short, ref) => [ref.toUpperCase()]],
  ])('show finds a filing by %s', async (_what, words) => {
    const { shortRef = '', clientRef = '' } = filed[0] ?? {}
    expect(said(await outbox('show', ...words(shortRef, clientRef), '--json'), 0)).toEqual({
      ...delivered(),
      attempts: 1,
      lastCode: 'accepted',
      lastProblem: null,
      nextAt: null,
      receipt: expect.objectContaining({ clientRef, keyId: 'sandbox-1' }),
    })
  })

  test('show says when a waiting filing is tried next', async () => {
    expect(said(await outbox('show', filed[1]?.shortRef ?? '', '--json'), 0)).toEqual({
      ...waiting(),
      attempts: 0,
      lastCode: null,
      lastProblem: null,
      nextAt: instant,
      receipt: null,
    })
  })

  test('status counts what the store has where no core listens', async () => {
    expect(said(await outbox('status', '--json'), 0)).toEqual({
      counts: { waiting: 1, needsStaff: 0, delivered: 1 },
      portal: null,
      alarms: [],
    })
    expect(await outbox('status')).toEqual({
      code: 0,
      stdout:
        'filings: 1 waiting, 0 with staff, 1 delivered\n' +
        'portal: not known, for no kiosk runs on these data\n',
      complaints: [],
    })
  })

  test('nothing of the person is printed', async () => {
    const runs = [
      await outbox('status', '--json'),
      await outbox('list', '--json'),
      await outbox('list'),
      await outbox('show', filed[0]?.clientRef ?? '', '--json'),
      await outbox('show', filed[1]?.clientRef ?? '', '--json'),
      await outbox('show', '083090000000'),
    ]
    const all = JSON.stringify(runs)
    for (const trace of ['Ví Dụ', '083090000000', 'bổ túc']) expect(all).not.toContain(trace)
  })

  test('a reference that is not there: exit 1', async () => {
    expect(await outbox('show', 'PE K6 Y2 PE', '--json')).toEqual(complaint(1, /^no such filing: /))
  })

  test('a folder without a kiosk: exit 2 and its name', async () => {
    const [option, folder = ''] = fresh()
    for (const command of [['list'], ['status'], ['show', 'KM4TR7HC']]) {
      const ran = await runCli(['outbox', ...command, '--json', option ?? '', folder])
      expect(ran).toEqual(
        complaint(2, `no kiosk data: start a kiosk with --data-dir ${folder}, or name another`),
      )
    }
    expect(existsSync(folder)).toBe(false)
  })

  test('a store that is damaged: exit 2, and the word to keep it', async () => {
    const folder = await mkdtemp(join(dir, 'damaged-'))
    await mkdir(join(folder, 'store'))
    await writeFile(join(folder, 'store/kiosk.sqlite'), 'this was a database once')
    const ran = await runCli(['outbox', 'list', '--data-dir', folder])
    expect(ran).toEqual(complaint(2, /cannot be read \(SQLITE_NOTADB\): keep .* as it is/))
  })
})

describe.concurrent('the command line', () => {
  test.each<[string, string[], string | RegExp]>([
    ['no command', [], 'no command was given; kiosk help lists the commands'],
    ['an unknown command', ['bake'], 'no such command: bake; kiosk help lists the commands'],
    ['a half command', ['card'], 'no such command: card;'],
    ['a word that objects have', ['toString'], 'no such command: toString;'],
    ['a command over two lines', ['ba\nke'], 'no such command: ba ke;'],
    ['an unknown option', ['card', 'parse', '--loud'], "Unknown option '--loud'; kiosk help"],
    [
      'an option without its value',
      ['outbox', 'list', '--data-dir'],
      /--data-dir.*missing; kiosk help/,
    ],
    ['an option with a value too many', ['card', 'parse', '--json=yes'], /--json.*; kiosk help/],
    ['an empty folder', ['outbox', 'list', '--data-dir='], '--data-dir takes a folder;'],
    [
      '--limit where it means nothing',
      ['card', 'parse', '--limit=3'],
      '--limit belongs to catalogue search, staff journal;',
    ],
    ['words too many', ['card', 'parse', 'this'], 'usage: kiosk card parse'],
    ['a search for nothing', ['catalogue', 'search', ' '], 'usage: kiosk catalogue search WORDS'],
    ['no file', ['catalogue', 'import'], 'usage: kiosk catalogue import FILE'],
    [
      'two codes',
      ['catalogue', 'show', '1.001193', '1.004873'],
      'usage: kiosk catalogue show CODE',
    ],
    ['no reference', ['outbox', 'show'], 'usage: kiosk outbox show REF'],
    ['an action on nothing', ['outbox', 'retry'], 'usage: kiosk outbox retry REF'],
    [
      'a name where a role belongs',
      ['outbox', 'hold', 'KM4TR7HC', '--actor', 'Nguyễn Văn Ví Dụ'],
      '--actor takes a role or an account such as technician, in small letters, never a name;',
    ],
    [
      'an option of another action',
      ['outbox', 'retry', 'KM4TR7HC', '--paper-taken'],
      '--paper-taken belongs to outbox hand-over;',
    ],
    ['an export for nobody', ['outbox', 'export', 'stick'], '--to is missing: name the file'],
    [
      'an export with a key that is not there',
      ['outbox', 'export', 'stick', '--to', 'nowhere.pem'],
      'nowhere.pem cannot be read: check the path',
    ],
    ['an import of two', ['outbox', 'import', 'a', 'b'], 'usage: kiosk outbox import DIR'],
    [
      'an assistant without two digits',
      ['staff', 'add', 'An'],
      'an assistant has two digits, such as 02',
    ],
    ['a rehearsal of something', ['rehearse', 'all'], 'usage: kiosk rehearse'],
  ])('%s could not run: exit 2 and one line', async (_what, args, line) => {
    expect(await runCli(args)).toEqual(complaint(2, line))
  })

  test.each([[['help']], [['--help']], [['outbox', 'list', '-h']]])(
    '%j lists every command on stdout',
    async (args) => {
      const { code, stdout, complaints } = await runCli(args)
      expect({ code, complaints }).toEqual({ code: 0, complaints: [] })
      const names = stdout.split('\n').map((line) => /^ {2}(\w+( [\w-]+)?)/.exec(line)?.[1])
      expect(names.filter(Boolean)).toEqual([
        'card parse',
        'card read',
        'catalogue import',
        'catalogue search',
        'catalogue show',
        'check',
        'devices identify',
        'devices list',
        'devices test',
        'devices watch',
        'form check',
        'form coverage',
        'form import',
        'form sign',
        'form preview',
        'language list',
        'language check',
        'language studio',
        'language sign',
        'language load',
        'language remove',
        'outbox list',
        'outbox show',
        'outbox status',
        'outbox retry',
        'outbox hold',
        'outbox release',
        'outbox hand-over',
        'outbox withdraw',
        'outbox transfer-key',
        'outbox export',
        'outbox import',
        'rehearse',
        'staff add',
        'staff calls',
        'staff journal',
        'staff list',
        'staff remove',
        'staff reset',
        'staff watch',
        'store recover',
        'store rotate',
      ])
    },
  )
})
