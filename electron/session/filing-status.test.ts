import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { filingStateSchema, filingStatusSchema } from '../../shared/contract/index.ts'
import type { SubmissionState } from '../outbox/index.ts'
import { toFilingStatus } from './filing-status.ts'

const receipt = { dossierCode: 'H19.99-20261121-0000001', receivedAt: '2026-11-21T23:30:00Z' }
const shortRef = 'KM4TR7HC'
const filing = { shortRef, lastCode: null }

describe('what the holder of a slip is told', () => {
  it('calls a filing sent with the receipt in hand: its code, and its day in Vietnam', () => {
    const sent = {
      state: 'sent',
      reference: shortRef,
      counter: 'Quầy 2',
      dossierCode: receipt.dossierCode,
      acceptedOn: { year: 2026, month: 11, day: 22 },
      portal: 'not-asked',
    }
    expect(toFilingStatus({ ...filing, state: 'ACCEPTED', receipt }, 'Quầy 2')).toEqual(sent)
    expect(toFilingStatus({ ...filing, state: 'ERASED', receipt }, 'Quầy 2')).toEqual(sent)
  })

  it.each<SubmissionState>(['QUEUED', 'UPLOADING', 'READY', 'SENDING', 'IN_DOUBT', 'PROCESSING'])(
    'calls a filing in %s waiting',
    (state) => {
      expect(toFilingStatus({ ...filing, state, receipt: null }, null)).toEqual({
        state: 'waiting',
        reference: shortRef,
        counter: null,
      })
    },
  )

  it.each<SubmissionState>(['NEEDS_STAFF', 'ERASED'])(
    'sends the holder of a filing in %s, without a receipt, to an officer',
    (state) => {
      expect(toFilingStatus({ ...filing, state, receipt: null }, 'Quầy 2')).toEqual({
        state: 'needs-officer',
        reference: shortRef,
        counter: 'Quầy 2',
      })
    },
  )

  it.each<SubmissionState>(['NEEDS_STAFF', 'ERASED'])(
    'sends the holder of a filing in %s that the portal has lost to an officer',
    (state) => {
      const lost = { shortRef, state, lastCode: 'portal-forgot', receipt }
      expect(toFilingStatus(lost, null)).toMatchObject({ state: 'needs-officer' })
    },
  )

  it('does not know a filing of another kiosk', () => {
    expect(toFilingStatus(undefined, null)).toEqual({ state: 'unknown' })
  })

  it('never says "sent" without a receipt, and always something that can be shown', () => {
    const state = fc.constantFrom(...filingStateSchema.options)
    fc.assert(
      fc.property(state, fc.option(fc.constant(receipt)), (at, held) => {
        const status = toFilingStatus({ ...filing, state: at, receipt: held }, null)
        filingStatusSchema.parse(status)
        const isAccepted = at === 'ACCEPTED' || at === 'ERASED'
        expect(status.state === 'sent').toBe(isAccepted && held !== null)
      }),
    )
  })
})
