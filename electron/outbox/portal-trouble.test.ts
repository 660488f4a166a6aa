import { describe, expect, it } from 'vitest'
import { breakerAfter, closedBreaker, type Sign } from './breaker.ts'
import { portalRemedy, portalTrouble } from './portal-trouble.ts'

const after = (...signs: readonly Sign[]) =>
  signs.reduce((breaker, sign) => breakerAfter(breaker, sign, 0), closedBreaker)
const failed = (cause: string): Sign => ({ kind: 'failed', cause })
const stumbled = (clientRef: string): Sign => ({ kind: 'stumbled', cause: 'http-500', clientRef })

describe('the trouble with a portal', () => {
  it.each([
    ['login-needed', 'network-login'],
    ['redirect', 'network-login'],
    ['no-marker-200', 'network-login'],
    ['not-json-200', 'network-login'],
    ['no-marker-502', 'not-the-portal'],
    ['no-marker-404', 'not-the-portal'],
    ['ECONNREFUSED', 'unreachable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'unreachable'],
  ])('with %s is %s, from the first time on', (cause, trouble) => {
    expect(portalTrouble(after(failed(cause)))).toBe(trouble)
  })

  it('is that it fails, once it has failed with three filings', () => {
    expect(portalTrouble(after(stumbled('a'), stumbled('b')))).toBe(null)
    expect(portalTrouble(after(stumbled('a'), stumbled('b'), stumbled('c')))).toBe('portal-fails')
  })

  it('is the cause of a hold until a filing is answered', () => {
    const hold: Sign = { kind: 'hold', cause: 'forbidden', detail: 'kiosk-disabled' }
    expect(portalTrouble(after(hold))).toBe('forbidden')
    expect(portalTrouble(after(hold, { kind: 'alive' }))).toBe('forbidden')
    expect(portalTrouble(after(hold, { kind: 'alive' }, { kind: 'answered' }))).toBe(null)
  })

  it('is over with a sign of life', () => {
    const outage = ['a', 'b', 'c'].map(failed)
    expect(portalTrouble(after(...outage, { kind: 'alive' }))).toBe(null)
  })
})

it('has one line for the technician, with what is wrong, the code, and what to do', () => {
  expect(portalRemedy('network-login', 'redirect')).toMatch(
    /^network login needed \(redirect\): .+/,
  )
  expect(portalRemedy('clock', 'CERT_NOT_YET_VALID')).toMatch(
    /^clock wrong \(CERT_NOT_YET_VALID\): .*set the clock/,
  )
})
