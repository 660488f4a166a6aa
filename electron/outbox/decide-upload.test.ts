import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { UploadOutcome } from '../portal/index.ts'
import { afterUpload, signOfUpload } from './decide-upload.ts'
import { OUTBOX_LIMITS as limits } from './limits.ts'

const SIZE = 1_000_000
const word = fc.stringMatching(/^[a-z-]{1,12}$/)
const offset = fc.integer({ min: 0, max: SIZE })
const outcome: fc.Arbitrary<UploadOutcome> = fc.oneof(
  fc.constant({ kind: 'complete' } as const),
  offset.map((at) => ({ kind: 'yielded', offset: at }) as const),
  word.map((cause) => ({ kind: 'not-sent', cause }) as const),
  word.map((cause) => ({ kind: 'not-the-portal', cause }) as const),
  fc
    .tuple(fc.option(offset), word, fc.boolean())
    .map(
      ([at, cause, answered]) => ({ kind: 'interrupted', offset: at, cause, answered }) as const,
    ),
  fc
    .constantFrom('corrupt', 'missing', 'io')
    .map((code) => ({ kind: 'unreadable', code }) as const),
  word.map((problem) => ({ kind: 'refused', problem, errors: [] }) as const),
  fc.integer({ min: 1, max: 9e6 }).map((ms) => ({ kind: 'wait', ms }) as const),
  fc.constant({ kind: 'hold', cause: 'tls', detail: 'x' } as const),
)
const paper = fc.record({
  size: fc.constant(SIZE),
  offset,
  stalls: fc.integer({ min: 0, max: limits.UPLOAD_STALLS + 1 }),
})
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })

describe('after a turn of an upload', () => {
  it('a filing goes on, or to staff: never further than its papers have come', () => {
    fc.assert(
      fc.property(outcome, paper, random, (ended, before, lot) => {
        const { filing, paper: after } = afterUpload(ended, before, lot)
        expect(['UPLOADING', 'NEEDS_STAFF', undefined]).toContain(filing?.to)
        expect(after.complete).toBe(ended.kind === 'complete')
        expect(filing?.afterMs ?? 0).toBeGreaterThanOrEqual(0)
        expect(filing?.afterMs ?? 0).toBeLessThanOrEqual(limits.BACKOFF_CAP_MS)
      }),
    )
  })

  it('what reached nobody is no stall, however often', () => {
    fc.assert(
      fc.property(outcome, paper, random, (ended, before, lot) => {
        fc.pre(ended.kind === 'not-sent' || ended.kind === 'not-the-portal')
        expect(afterUpload(ended, before, lot).paper.stalls).toBe(before.stalls)
      }),
    )
  })

  it('any byte that arrived forgives all stalls', () => {
    const before = { size: SIZE, offset: 1000, stalls: limits.UPLOAD_STALLS }
    const ended = {
      kind: 'interrupted',
      offset: 1001,
      cause: 'ECONNRESET',
      answered: false,
    } as const
    expect(afterUpload(ended, before, 0.5).paper).toMatchObject({ offset: 1001, stalls: 0 })
    expect(signOfUpload(ended, { clientRef: 'a', offset: 1000 })).toBeNull()
  })

  it('a portal that answers and takes nothing is a matter for staff; a dead line never is', () => {
    const before = { size: SIZE, offset: 0, stalls: limits.UPLOAD_STALLS }
    const ended = { kind: 'interrupted', offset: null, cause: 'x' } as const
    const answered = afterUpload({ ...ended, answered: true }, before, 0.5)
    expect(answered.filing).toMatchObject({ to: 'NEEDS_STAFF', reason: 'upload-stuck' })
    const silent = afterUpload({ ...ended, answered: false }, before, 0.5)
    expect(silent.filing).toMatchObject({ to: 'UPLOADING' })
  })

  it('bytes that do not open go to staff at once, a disk that fails after a few tries', () => {
    const before = { size: SIZE, offset: 0, stalls: 0 }
    const corrupt = afterUpload({ kind: 'unreadable', code: 'corrupt' }, before, 0.5)
    expect(corrupt.filing).toMatchObject({ to: 'NEEDS_STAFF', reason: 'corrupt' })
    const io = { kind: 'unreadable', code: 'io' } as const
    expect(afterUpload(io, before, 0.5).filing?.to).toBe('UPLOADING')
    const last = { ...before, stalls: limits.UPLOAD_STALLS }
    expect(afterUpload(io, last, 0.5).filing?.to).toBe('NEEDS_STAFF')
  })
})
