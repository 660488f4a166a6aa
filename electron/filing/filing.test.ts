import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { nothingKnown, type KnownCitizen, type Procedure } from '../../shared/forms/index.ts'
import type { IdCard } from '../../shared/domain/id-card.ts'
import { loadPack } from '../catalogue/index.ts'
import { parseCode } from '../identity/index.ts'
import { filingSchema, type IdentifiedBy, type Receipt } from '../portal/index.ts'
import { createFormValidator } from '../training/form-validator.ts'
import { sampleCardText } from '../../test/fixtures/procedure.ts'
import { buildFiling, receiptInput } from './index.ts'

const NOW = Date.UTC(2026, 10, 21, 3, 0)
const TODAY = { year: 2026, month: 11, day: 21 }
const REF = '019e0000-0000-7000-8000-000000000001'
const answers = {
  'requester.relation': 'self',
  'subject.ethnicity': 'kinh',
  'marital.status': 'never',
  'purpose.kind': 'property',
  'purpose.copies': 2,
  'contact.phone': '0912 000 000',
}
const rest = { answers, papers: [], identifiedBy: { by: 'qr' } } as const

let pack: Procedure[] = []
let procedure: Procedure
let card: IdCard
const known = (shown: IdCard): KnownCitizen => ({ ...nothingKnown(TODAY), card: shown })

beforeAll(async () => {
  const loaded = await loadPack(
    fileURLToPath(new URL('../../resources/procedures', import.meta.url)),
  )
  pack = loaded.ok ? loaded.value : []
  const found = pack.find(({ code }) => code === '1.004873')
  const code = parseCode(sampleCardText)
  if (!found || code.kind !== 'id-card') throw new Error('no fixture')
  procedure = found
  card = code.card
})

describe('a confirmed form becomes a filing', () => {
  it('whose bytes are canonical: the same answers in another order give the same bytes', () => {
    const confirmed = { clientRef: REF, procedure, known: known(card), ...rest }
    const reversed = Object.fromEntries(Object.entries(answers).reverse())
    const one = buildFiling(confirmed, 'KM4', NOW)
    const other = buildFiling({ ...confirmed, answers: reversed }, 'KM4', NOW)
    expect(one.ok && other.ok && Buffer.compare(one.value.bytes, other.value.bytes)).toBe(0)
  })

  it('that the portal contract accepts, tidied and without what no portal asks for', () => {
    const odd: IdCard = { ...card, extra: ['không rõ'], warnings: ['sex-differs'] }
    const built = buildFiling({ clientRef: REF, procedure, known: known(odd), ...rest }, 'KM4', NOW)
    if (!built.ok) throw new Error('not built')
    const text = Buffer.from(built.value.bytes).toString('utf8')
    expect(filingSchema.parse(JSON.parse(text))).toMatchObject({
      applicant: { number: '083090000000' },
      form: { 'contact.phone': '0912000000', 'purpose.copies': 2 },
      capturedAt: '2026-11-21T03:00:00.000Z',
    })
    expect(text).not.toContain('không rõ')
    expect(text).not.toContain('sex-differs')
  })

  it('tells the officer what the applicant wrote because the reader could not', () => {
    const applicantOf = (unsure: IdCard['unsure']) => {
      const written = unsure === undefined ? card : { ...card, unsure }
      const confirmed = { clientRef: REF, procedure, known: known(written), ...rest }
      const built = buildFiling(confirmed, 'KM4', NOW)
      return built.ok ? built.value.filing.applicant : null
    }
    expect(applicantOf(['name', 'address'])).toMatchObject({ byHand: ['name', 'address'] })
    expect(applicantOf(undefined)).not.toHaveProperty('byHand')
  })

  it.each<IdentifiedBy>([
    { by: 'qr' },
    { by: 'bridge' },
    { by: 'typed' },
    { by: 'chip', verdict: 'signature-ok-chain-unknown' },
    { by: 'chip', verdict: 'verified', unsaid: ['name', 'address'] },
  ])('tells the officer what the applicant was identified by: $by', (identifiedBy) => {
    const built = buildFiling(
      { clientRef: REF, procedure, known: known(card), ...rest, identifiedBy },
      'KM4',
      NOW,
    )
    const filing = built.ok ? built.value.filing : null
    expect(filing?.applicant).toMatchObject({ identifiedBy })
    expect(createFormValidator(pack)(filing)).toEqual([])
  })

  it('and is refused, box by box, when the page let something pass', () => {
    const { 'purpose.kind': _left, ...missing } = answers
    const built = buildFiling(
      {
        clientRef: REF,
        procedure,
        known: known(card),
        answers: { ...missing, 'purpose.copies': 900 },
        identifiedBy: { by: 'qr' },
        papers: [],
      },
      'KM4',
      NOW,
    )
    expect(built).toMatchObject({ ok: false })
    expect(built.ok ? [] : built.error.map(({ field }) => field)).toContain('purpose.kind')
  })
})

describe('the sandbox portal judges the same form', () => {
  it('accepts what the kiosk builds, by the day on which it was made', () => {
    const built = buildFiling(
      { clientRef: REF, procedure, known: known(card), ...rest },
      'KM4',
      NOW,
    )
    expect(createFormValidator(pack)(built.ok ? built.value.filing : null)).toEqual([])
  })

  it.each([
    ['an unknown procedure', { procedureCode: '9.999999' }, ['unknown-procedure']],
    ['a hidden box', { form: { ...answers, 'divorce.court': 'x' } }, ['divorce.court:hidden']],
    ['no filing at all', { applicant: null }, ['not-a-filing']],
  ])('refuses %s', (_name, change, codes) => {
    const built = buildFiling(
      { clientRef: REF, procedure, known: known(card), ...rest },
      'KM4',
      NOW,
    )
    const filing = built.ok ? built.value.filing : null
    expect(createFormValidator(pack)({ ...filing, ...change })).toEqual(
      expect.arrayContaining(codes),
    )
  })
})

describe('the receipt', () => {
  const receipt: Receipt = {
    clientRef: REF,
    dossierCode: 'H19.99-20261121-0000001',
    receivedAt: '2026-11-21T10:00:00+07:00',
    bodySha256: '0'.repeat(64),
    attachments: [],
    keyId: 'k',
    signature: `${'A'.repeat(86)}==`,
  }

  it('names the form, and of the papers only those that every such dossier needs', () => {
    const input = receiptInput({
      place: { commune: 'Xã Mẫu', province: 'Tỉnh Thí Điểm' },
      procedure,
      known: known(card),
      answers,
      captured: new Set(),
      receipt,
      counter: 'Quầy 2',
      due: () => ({ state: 'day', day: { year: 2026, month: 11, day: 26 }, before: '17:00' }),
    })
    expect(input.components[0]).toBe(procedure.form.name)
    expect(input.components.join()).toContain('xuất trình tại quầy')
    expect(input.components.join()).not.toContain('ủy quyền')
    expect(input).toMatchObject({
      dossierCode: receipt.dossierCode,
      limit: '3 ngày làm việc',
      due: '17 giờ 00 phút, ngày 26 tháng 11 năm 2026',
      phone: '0912 000 000',
      receivedAtMs: Date.UTC(2026, 10, 21, 3, 0),
    })
  })
})
