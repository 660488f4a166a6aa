import { createHash, randomBytes } from 'node:crypto'
import { newClientRef } from '../../outbox/index.ts'

/** For tests: a digest as the portal's contract writes it. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** A filing as the kiosk sends it: a new reference of that moment, and the bytes. */
export function inventFiling(nowMs: number, change: object = {}) {
  const clientRef = newClientRef(nowMs, randomBytes)
  const body = {
    schemaVersion: 1,
    kioskId: 'kiosk-1',
    clientRef,
    procedureCode: '1.004873',
    capturedAt: '2026-11-21T10:00:00+07:00',
    applicant: { name: 'Nguyễn Văn Ví Dụ', number: '083090000000' },
    form: {},
    components: [],
    ...change,
  }
  const bytes = Buffer.from(JSON.stringify(body))
  return { clientRef, bytes, digest: sha256(bytes) }
}
