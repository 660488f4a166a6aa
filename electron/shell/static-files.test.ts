import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { isAbsolute, join, relative } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { securityHeaders } from './headers.ts'
import { resolveStatic, servePageFile, serveStatic } from './static-files.ts'

let home = ''
let root = ''
const SECRET = 'the neighbour'

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'static-files-'))
  root = join(home, 'page')
  await mkdir(join(root, 'assets'), { recursive: true })
  await mkdir(join(home, 'page-old'))
  await writeFile(join(root, 'index.html'), '<!doctype html>')
  await writeFile(join(root, 'assets', 'main-BxA3.js'), 'start()')
  await writeFile(join(root, 'notes.txt'), 'not a part of the page')
  await writeFile(join(root, '.env.json'), SECRET)
  await writeFile(join(home, 'secret.json'), SECRET)
  await writeFile(join(home, 'page-old', 'secret.json'), SECRET)
})
afterAll(() => rm(home, { recursive: true }))

test('the folder itself is the page', async () => {
  const answer = await serveStatic(root, 'GET', '/')
  expect(answer.status).toBe(200)
  expect(Buffer.from(answer.body).toString()).toBe('<!doctype html>')
  expect(answer.headers).toMatchObject({
    ...securityHeaders(),
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': '15',
    'Cache-Control': 'no-store',
  })
})

test('a file whose name carries its hash may be kept', async () => {
  const answer = await serveStatic(root, 'GET', '/assets/main-BxA3.js')
  expect(answer.headers['Cache-Control']).toContain('immutable')
  expect(answer.headers['Content-Type']).toBe('text/javascript; charset=utf-8')
})

test('HEAD gives the headers of GET and no bytes', async () => {
  const answer = await serveStatic(root, 'HEAD', '/index.html')
  expect(answer.headers).toEqual((await serveStatic(root, 'GET', '/index.html')).headers)
  expect(answer.body).toHaveLength(0)
})

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'get', ''])('%s is refused', async (method) => {
  const answer = await serveStatic(root, method, '/index.html')
  expect(answer.status).toBe(405)
  expect(answer.headers).toMatchObject(securityHeaders())
})

describe('what is not a part of the page is not there', () => {
  test.each([
    '/missing.html',
    '/notes.txt',
    '/assets',
    '/assets/',
    '',
    'index.html',
    '/.env.json',
    '/assets/.secret/x.json',
    '/../secret.json',
    '/%2e%2e/secret.json',
    '/..%2fsecret.json',
    '/..%5csecret.json',
    '/..\\secret.json',
    '/%252e%252e/secret.json',
    '/assets/../../secret.json',
    '/../page-old/secret.json',
    '//etc/hosts.json',
    '/C:/secret.json',
    '/index.html%00.json',
    '/index.html::$DATA',
    '/%',
    '/%c0%ae%c0%ae/secret.json',
  ])('%s', async (pathname) => {
    const answer = await serveStatic(root, 'GET', pathname)
    expect(answer.status).toBe(404)
    expect(answer.headers).toMatchObject(securityHeaders())
    expect(answer.body).toHaveLength(0)
  })
})

/** Pieces of which attacks on paths are made. */
const hostilePath = fc
  .array(
    fc.oneof(
      fc.constantFrom('/', '..', '.', '%2e', '%2f', '%5c', '\\', '%00', '~', ':', 'secret.json'),
      fc.constantFrom('page', 'page-old', 'assets', 'index.html', '%252e', 'C:', '//', '%'),
      fc.string({ unit: 'binary', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => `/${parts.join('')}`)

test('whatever the path, nothing outside the folder is named', () => {
  fc.assert(
    fc.property(fc.oneof(hostilePath, fc.webPath(), fc.string()), (pathname) => {
      const file = resolveStatic(root, 'GET', pathname)
      if (!file.ok) return
      const inside = relative(root, file.value.path)
      expect(inside).not.toBe('')
      expect(inside.startsWith('..') || isAbsolute(inside)).toBe(false)
      expect(inside).not.toMatch(/(?:^|\/)\./)
      expect(file.value.contentType).not.toBe('')
    }),
    { numRuns: 2_000 },
  )
})

test('whatever the path, the neighbour is not served', async () => {
  await fc.assert(
    fc.asyncProperty(hostilePath, async (pathname) => {
      const answer = await serveStatic(root, 'GET', pathname)
      expect(Buffer.from(answer.body).toString()).not.toContain(SECRET)
    }),
    { numRuns: 500 },
  )
})

describe('spoken clips', () => {
  const get = (pathname: string) =>
    servePageFile(
      { page: root, voice: [join(home, 'nowhere'), join(home, 'page-old')] },
      'GET',
      pathname,
    )
  test('come from the folder of the packs, and from nowhere above it', async () => {
    expect((await get('/voice/secret.json')).status).toBe(200)
    const astray = ['/voice/../secret.json', '/voice/%2e%2e/secret.json', '/voice/', '/voice/%00']
    for (const pathname of astray) expect((await get(pathname)).status).toBe(404)
  })
})
