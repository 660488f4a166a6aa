import { describe, expect, it } from 'vitest'
import { WEDGE_LIMITS } from './limits.ts'
import { play, press, typed } from './testing.ts'

const CARD = '083090000000||Nguyn Vn V D|05031990|Nam|p Mu, X Th, Bn Tre|01012022'
const AN_HOUR_MS = 3_600_000

describe('a scanner that types', () => {
  it('is heard whole, and no key of it reaches the field', () => {
    const keys = typed(CARD, 0, [2, 3, 5])
    const outcome = play([...keys, press('Enter', (keys.at(-1)?.atMs ?? 0) + 2)])
    expect(outcome).toMatchObject({ scans: [CARD], field: '', passed: [] })
  })

  it('needs no terminator: silence ends it', () => {
    expect(play(typed(CARD, 0, [8]))).toMatchObject({ scans: [CARD], field: '' })
  })

  it.each(['Tab', 'NumpadEnter'])('may end with %s, which moves nothing on the page', (code) => {
    const keys = [...typed(CARD, 0, [4]), press(code, CARD.length * 4)]
    expect(play(keys)).toMatchObject({ scans: [CARD], passed: [] })
  })

  it('may end with Control and J, the line feed', () => {
    const end = press('j', CARD.length * 4, { command: true })
    expect(play([...typed(CARD, 0, [4]), end])).toMatchObject({ scans: [CARD], field: '' })
  })

  it('may end with carriage return and line feed, or send its terminator late', () => {
    const keys = typed(CARD, 0, [4])
    const lastMs = keys.at(-1)?.atMs ?? 0
    const tail = [lastMs + 3, lastMs + 6, lastMs + 250].map((atMs) => press('Enter', atMs))
    expect(play([...keys, ...tail])).toMatchObject({ scans: [CARD], passed: [] })
  })

  it('may hesitate now and then', () => {
    const outcome = play(typed(CARD, 0, [5, 6, 90, 5, 7, 60, 5, 5, 4]))
    expect(outcome).toMatchObject({ scans: [CARD], field: '' })
  })

  it('types by physical keys: what the system makes of them does not matter', () => {
    const azerty = typed(CARD, 0, [5]).map((key) => Object.assign(key, { key: 'q' }))
    expect(play(azerty)).toMatchObject({ scans: [CARD], field: '' })
  })

  it('is not misled by Caps Lock', () => {
    const keys = typed(CARD, 0, [5]).map((key) =>
      Object.assign(key, { key: key.key.toUpperCase() }),
    )
    expect(play(keys).scans).toEqual([CARD])
  })

  it('may write a letter as Alt and digits of the number pad', () => {
    const alt = (digits: string, atMs: number) => [
      press('Alt', atMs, { code: 'AltLeft', alt: true }),
      ...[...digits].map((digit, at) =>
        press(digit, atMs + at, { code: `Numpad${digit}`, alt: true }),
      ),
      { kind: 'alt-up' as const, atMs: atMs + digits.length },
    ]
    const keys = [
      ...typed('083090000000||', 0, [5]),
      ...alt('272', 75), // Đ in Unicode
      ...alt('0234', 85), // ê in CP1258
      ...alt('130', 95), // of an unknown code page
      ...typed('|05031990', 105, [5]),
    ]
    expect(play(keys)).toMatchObject({ scans: ['083090000000||Đê\ufffd|05031990'], field: '' })
  })

  it('is taken out of the middle of somebody’s typing', () => {
    const keys = [...typed('Le Thi', 0, [150]), ...typed(CARD, 830, [4])]
    expect(play(keys)).toMatchObject({ field: 'Le Thi', scans: [CARD] })
  })

  it('does not take along the one letter that was typed just before', () => {
    const outcome = play([press('x', 0), ...typed(CARD, 60, [4])])
    expect(outcome).toMatchObject({ field: 'x', scans: [CARD] })
  })

  it('that sends more than any code holds is dropped whole', () => {
    const outcome = play(typed('7'.repeat(65_536), 0, [1]))
    expect(outcome).toMatchObject({ scans: [], field: '' })
  })

  it('scans twice in a row', () => {
    const keys = [...typed(CARD, 0, [4]), ...typed('MCK:T:KM4:20261121:A027', AN_HOUR_MS, [4])]
    expect(play(keys).scans).toEqual([CARD, 'MCK:T:KM4:20261121:A027'])
  })
})

describe('a person who types', () => {
  it.each([60, 90, 120, 400])('gets each letter, one every %s ms', (gap) => {
    expect(play(typed('Nguyen Van Vi Du 12/3', 0, [gap]))).toMatchObject({
      field: 'Nguyen Van Vi Du 12/3',
      scans: [],
    })
  })

  it('may roll over a few keys as quickly as a scanner', () => {
    const outcome = play(typed('thong tin', 0, [15, 20, 130, 12, 18, 25, 140]))
    expect(outcome).toMatchObject({ field: 'thong tin', scans: [] })
  })

  it('never waits long for a letter', () => {
    const { longestWaitMs } = play(typed('Nguyen Van Vi Du', 0, [70, 110, 55]))
    expect(longestWaitMs).toBeLessThanOrEqual(2 * WEDGE_LIMITS.SILENCE_MS)
  })

  it('gets the letters before what the key does that follows them', () => {
    const outcome = play([...typed('abc', 0, [20]), press('Enter', 60), press('Backspace', 80)])
    expect(outcome).toMatchObject({ field: 'abc', passed: ['Enter', 'Backspace'] })
  })

  it('gets the letters before what is touched', () => {
    expect(play([...typed('abc', 0, [20]), { kind: 'touch' }]).field).toBe('abc')
  })

  it('may hold a key down, which repeats as quickly as a scanner', () => {
    const repeated = typed('a'.repeat(30), 500, [30]).map((key) =>
      Object.assign(key, { repeat: true }),
    )
    expect(play([press('a', 0), ...repeated])).toMatchObject({ field: 'a'.repeat(31), scans: [] })
  })

  it('keeps the keys of the browser and of an input method', () => {
    const copy = press('c', 0, { command: true })
    const composed = press('Process', 300, { code: 'KeyD', composing: true })
    expect(play([copy, composed])).toMatchObject({ field: 'c', passed: ['Process'] })
  })

  it('presses a button by a space or Enter at once', () => {
    const outcome = play([press(' ', 0), press('Enter', 500)])
    expect(outcome).toMatchObject({ field: ' ', passed: ['Enter'] })
  })
})
