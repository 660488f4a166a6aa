import { readFile } from 'node:fs/promises'
import { extname, isAbsolute, relative, resolve, sep } from 'node:path'
import { err, ok, unreachable, type Result } from '../../shared/domain/result.ts'
import { VOICE_PATH } from '../../shared/speech/index.ts'
import { CACHE_CONTROL, securityHeaders } from './headers.ts'

/** What the page consists of. A file of any other kind is not served, even if it lies there. */
const CONTENT_TYPES: ReadonlyMap<string, string> = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.html', 'text/html; charset=utf-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.opus', 'audio/ogg'],
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.wasm', 'application/wasm'],
  ['.webp', 'image/webp'],
  ['.woff', 'font/woff'],
  ['.woff2', 'font/woff2'],
])

/** A file that may be served: absolute path and the two headers that depend on it. */
export interface StaticFile {
  readonly path: string
  readonly contentType: string
  readonly cacheControl: string
}

/** `method`: neither GET nor HEAD. `path`: outside the folder, hidden, malformed or of no known kind. */
export type StaticRefusal = 'method' | 'path'

/** An HTTP answer as plain data; the loopback server and `kiosk://` send it unchanged. */
export interface StaticAnswer {
  readonly status: 200 | 404 | 405
  readonly headers: Readonly<Record<string, string>>
  /** Empty for HEAD and for refusals. */
  readonly body: Uint8Array<ArrayBuffer>
}

/**
 * Maps a request to a file of the page. `root` is the absolute renderer folder, `pathname` the
 * still encoded path of the URL, without query. Pure: whether the file exists is not looked at.
 */
export function resolveStatic(
  root: string,
  method: string,
  pathname: string,
): Result<StaticFile, StaticRefusal> {
  if (method !== 'GET' && method !== 'HEAD') return err('method')
  const decoded = decode(pathname)
  if (decoded === null || !decoded.startsWith('/')) return err('path')
  // A backslash or a colon means a folder or a drive to Windows; NUL ends a name in C.
  if (/[\\:\0]/.test(decoded)) return err('path')
  const path = resolve(root, `.${decoded === '/' ? '/index.html' : decoded}`)
  // Not `startsWith(root)`: `/page-old` starts with `/page`.
  const inside = relative(root, path)
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) return err('path')
  const parts = inside.split(sep)
  if (parts.some((part) => part.startsWith('.'))) return err('path')
  const contentType = CONTENT_TYPES.get(extname(path))
  if (contentType === undefined) return err('path')
  const cacheControl = parts[0] === 'assets' ? CACHE_CONTROL.HASHED : CACHE_CONTROL.DATA
  return ok({ path, contentType, cacheControl })
}

/** Answers a request for a file of the page: 200, 404 or 405, always with the security headers. */
export async function serveStatic(
  root: string,
  method: string,
  pathname: string,
): Promise<StaticAnswer> {
  const file = resolveStatic(root, method, pathname)
  if (!file.ok) return refuse(file.error)
  const bytes = await readFile(file.value.path).catch(() => null)
  if (bytes === null) return refuse('path')
  return {
    status: 200,
    headers: {
      ...securityHeaders(),
      'Cache-Control': file.value.cacheControl,
      'Content-Length': String(bytes.byteLength),
      'Content-Type': file.value.contentType,
    },
    body: method === 'HEAD' ? new Uint8Array() : bytes,
  }
}

/** The folders that both shells serve, absolute: the page, and those with language packs. */
export interface PageFolders {
  readonly page: string
  readonly voice: readonly string[]
}

/** As `serveStatic`; what lies under `VOICE_PATH` comes from the first folder that has it. */
export async function servePageFile(
  { page, voice }: PageFolders,
  method: string,
  pathname: string,
): Promise<StaticAnswer> {
  if (!pathname.startsWith(VOICE_PATH)) return serveStatic(page, method, pathname)
  let answer = refuse('path')
  for (const folder of voice) {
    answer = await serveStatic(folder, method, pathname.slice(VOICE_PATH.length - 1))
    if (answer.status !== 404) break
  }
  return answer
}

function refuse(refusal: StaticRefusal): StaticAnswer {
  const headers = {
    ...securityHeaders(),
    'Cache-Control': CACHE_CONTROL.DATA,
    'Content-Length': '0',
  }
  switch (refusal) {
    case 'method':
      return { status: 405, headers: { ...headers, Allow: 'GET, HEAD' }, body: new Uint8Array() }
    case 'path':
      return { status: 404, headers, body: new Uint8Array() }
    default:
      return unreachable(refusal)
  }
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}
