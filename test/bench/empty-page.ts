import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { build } from 'vite'
import { serveStatic } from '../../electron/shell/static-files.ts'

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url))

const html = `<!doctype html>
<html lang="vi">
  <head><meta charset="utf-8" /><title>Empty</title></head>
  <body><div id="page"></div><script type="module" src="./main.tsx"></script></body>
</html>
`
const main = `import { useState } from 'react'
import { createRoot } from 'react-dom/client'
function Page() {
  const [touched, setTouched] = useState(false)
  return <button id={touched ? 'touched' : 'go'} onClick={() => setTouched(true)}>Go</button>
}
createRoot(document.getElementById('page')!).render(<Page />)
`

/**
 * The least that a page made with our tools can be: React and one button, built by the same Vite
 * in the same way and served with the same headers. Nothing that we add can make a page quicker.
 */
export async function serveEmptyPage(dir: string): Promise<{ url: string; close(): void }> {
  await mkdir(dir)
  await symlink(packages, join(dir, 'node_modules'))
  await writeFile(join(dir, 'index.html'), html)
  await writeFile(join(dir, 'main.tsx'), main)
  await build({
    configFile: false,
    root: dir,
    base: './',
    logLevel: 'silent',
    plugins: [react()],
    build: { modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    void serveStatic(join(dir, 'dist'), request.method ?? 'GET', pathname).then((file) =>
      response.writeHead(file.status, file.headers).end(file.body),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
