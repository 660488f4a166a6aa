import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSession } from '../../test/fakes/electron-session.ts'
import { declareScheme, servePage } from './electron-page.ts'
import { securityHeaders } from './headers.ts'
import { OUT_OF_SERVICE_URL } from './out-of-service.ts'
import { serveStatic } from './static-files.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'electron-page-'))
  await writeFile(join(root, 'index.html'), '<!doctype html>')
})
afterAll(() => rm(root, { recursive: true }))

async function get(url: string, method = 'GET', microphone = false): Promise<Response> {
  const session = createSession()
  const folders = { page: root, voice: [join(root, 'voices')] }
  servePage(session.protocol, folders, () => null, microphone)
  const response = await session.fetch(url, method)
  if (response === null) throw new Error('not served')
  return response
}

test('the scheme is standard and secure, and bypasses nothing', () => {
  let declared: unknown
  declareScheme({
    registerSchemesAsPrivileged(schemes) {
      declared = schemes
    },
  })
  expect(declared).toEqual([
    {
      scheme: 'kiosk',
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
      },
    },
  ])
})

test('the page comes with exactly the headers of the loopback host', async () => {
  const response = await get('kiosk://app/index.html')
  const loopback = await serveStatic(root, 'GET', '/index.html')
  expect(await response.text()).toBe('<!doctype html>')
  expect(Object.fromEntries(response.headers)).toEqual(
    Object.fromEntries(new Headers({ ...loopback.headers })),
  )
})

test('where an assistant may dictate the page may ask for a microphone beside the camera', async () => {
  const response = await get('kiosk://app/index.html', 'GET', true)
  expect(response.headers.get('Permissions-Policy')).toMatch(
    /^camera=\(self\), microphone=\(self\),/,
  )
})

test.each(['kiosk://app/missing.html', 'kiosk://evil/index.html', 'kiosk://app.evil/index.html'])(
  '%s is not there',
  async (url) => {
    const response = await get(url)
    expect(response.status).toBe(404)
    expect(response.headers.get('Content-Security-Policy')).toBe(
      securityHeaders()['Content-Security-Policy'],
    )
  },
)

test('only GET and HEAD are answered', async () => {
  expect((await get('kiosk://app/index.html', 'POST')).status).toBe(405)
  expect(await (await get('kiosk://app/index.html', 'HEAD')).text()).toBe('')
})

test('the out-of-service page needs no file and obeys the policy', async () => {
  const html = await (await get(OUT_OF_SERVICE_URL)).text()
  expect(html).toContain('Máy đang tạm nghỉ')
  expect(html.normalize('NFC')).toBe(html)
  expect(html).not.toMatch(/<script|<style|style=|<link|<img|\son[a-z]+=/)
})
