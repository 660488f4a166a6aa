import { describe, expect, it } from 'vitest'
import type { FilingStatus } from '../../shared/contract/index.ts'
import { filingStatusWords, missingSheetWords, portalWords } from './filing-status-words.ts'

const codes = { reference: 'KM4TR7HC', counter: '2' }
const statuses: readonly FilingStatus[] = [
  { state: 'waiting', ...codes },
  {
    state: 'sent',
    ...codes,
    dossierCode: 'H19.99-20261121-0000001',
    acceptedOn: { year: 2026, month: 11, day: 21 },
    portal: 'asked',
  },
  {
    state: 'supplement',
    ...codes,
    dossierCode: 'H19.99-20261121-0000001',
    items: ['Bản sao trích lục ly hôn'],
    more: false,
    due: null,
    sheet: null,
  },
  { state: 'needs-officer', ...codes },
  { state: 'unknown' },
]
const online = { id: 'KM4', portal: 'reachable' } as const
const [waiting] = statuses

describe('the words for what became of a filing', () => {
  it('tell the five apart by word and by drawing, and always name something to do', () => {
    const said = statuses.map((status) => filingStatusWords(status, online))
    expect(new Set(said.map(({ state }) => state.text)).size).toBe(said.length)
    expect(new Set(said.map(({ drawing }) => drawing)).size).toBe(said.length)
    expect(said.every(({ steps }) => steps.length > 0)).toBe(true)
  })

  it('show the colour of a finished matter only for a filing that was sent', () => {
    for (const status of statuses) {
      expect(filingStatusWords(status, online).look === 'done').toBe(status.state === 'sent')
    }
  })

  it('say that the line is down where that is why it waits', () => {
    if (waiting === undefined) throw new Error('no status')
    expect(filingStatusWords(waiting, online).hint.key).toBe('look-up.hint-waiting')
    const away = filingStatusWords(waiting, { id: 'KM4', portal: 'away' })
    expect(away.hint.key).toBe('look-up.hint-away')
  })

  it.each([
    ['2', 'Mời ông/bà tới quầy 2.'],
    ['Bàn hộ tịch', 'Mời ông/bà tới Bàn hộ tịch.'],
    [null, 'Mời ông/bà tới quầy.'],
  ])('lead to the counter %j', (counter, sentence) => {
    const status = { state: 'needs-officer', reference: codes.reference, counter } as const
    expect(filingStatusWords(status, online).steps[0]?.first.text).toBe(sentence)
  })

  it('name this kiosk to whoever holds a slip of another', () => {
    const { steps } = filingStatusWords({ state: 'unknown' }, online)
    expect(steps.map(({ second }) => second.text).join(' ')).toContain('Máy này là KM4.')
  })
})

it('say in one line each whether the portal was asked, and how the list on paper fares', () => {
  expect(portalWords('not-asked')).toBeNull()
  expect(missingSheetWords({ state: 'none' })).toBeNull()
  const asked = (['asking', 'asked', 'unheard'] as const).map(portalWords)
  const sheets = [
    missingSheetWords({ state: 'printing' }),
    missingSheetWords({ state: 'printed' }),
    missingSheetWords({ state: 'unconfirmed' }),
    missingSheetWords({ state: 'failed', printer: { state: 'jam' } }),
  ]
  const said = [...asked, ...sheets].map((phrase) => phrase?.text)
  expect(said).not.toContain(undefined)
  expect(new Set(said).size).toBe(said.length)
})
