import { Readable } from 'node:stream'
import { openDatabase } from '../store/index.ts'
import { catalogueSchemaSql } from './catalogue-store.ts'

/** For tests: a database with the catalogue's table, in memory. */
export async function emptyCatalogue() {
  const opened = await openDatabase(':memory:', { busyTimeoutMs: 0 })
  if (!opened.ok) throw new Error(`no database: ${opened.error.code}`)
  opened.value.exec(catalogueSchemaSql)
  return opened.value
}

/** For tests: a file's bytes in pieces of `size`, so that letters and lines are cut anywhere. */
export function file(text: string, size = 7): AsyncIterable<Uint8Array> {
  const bytes = Buffer.from(text, 'utf8')
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  )
  return Readable.from(pieces)
}

/** For tests: one line of the national list, invented. */
export function listLine(code: string, name: string, more: object = {}): string {
  return JSON.stringify({
    code,
    name,
    categories: ['Việc thử'],
    departments: ['Ủy ban nhân dân cấp xã'],
    formalityTargetType: ['Công dân Việt Nam'],
    type: 'STANDARD',
    state: 'ACTIVE',
    ...more,
  })
}
