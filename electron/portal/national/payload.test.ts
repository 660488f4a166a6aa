import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Filing } from '../contract.ts'
import { buildDossier, dossierSchema, nationalTime } from './payload.ts'
import { nationalStatusText } from './status-codes.ts'

const filing: Filing = {
  schemaVersion: 1,
  kioskId: 'kiosk-1',
  clientRef: '01a94a5b-6a00-7000-8000-000000000001',
  procedureCode: '1.004873',
  capturedAt: '2026-12-31T17:00:00Z',
  applicant: { name: 'Nguyễn Văn Ví Dụ', number: '083090000000' },
  form: {},
  components: [],
}
const procedure = { serviceCode: 'S', unitCode: 'H19.99', components: {} }
const applicantOf = (applicant: Filing['applicant']) =>
  buildDossier({ ...filing, applicant }, 'H19.99-20270101-0000001', procedure, []).ThongTinNguoiNop
    .ThongTinChiTiet

describe('a dossier for the national platform', () => {
  it('has the day of Vietnam', () => {
    const dossier = buildDossier(filing, 'H19.99-20270101-0000001', procedure, [])
    expect(dossier.NgayNop).toBe('20270101000000')
    expect(dossierSchema.safeParse(dossier).success).toBe(true)
  })

  it.each([
    [{ year: 1990 }, '1990'],
    [{ year: 1990, month: 2 }, '199002'],
    [{ year: 1990, month: 2, day: 3 }, '19900203'],
    [{ year: 1990, day: 3 }, '1990'],
  ])('says of a birth %o no more than the card does', (birth, text) => {
    expect(applicantOf({ ...filing.applicant, birth })).toMatchObject({ NgaySinh: text })
    expect(applicantOf(filing.applicant)).not.toHaveProperty('NgaySinh')
  })

  it('has papers under their components, and components without any', () => {
    const papers = ['1', '2'].map((n) => ({
      fileId: `file-${n}`,
      fileHash: `hash-${n}`,
      component: 'proof',
      title: `Giấy tờ ${n}`,
    }))
    const components = [{ code: 'id-card', handling: 'show' } as const]
    const dossier = buildDossier({ ...filing, components }, 'H19.99-1', procedure, papers)
    expect(dossier.ThanhPhanHoSo).toMatchObject([
      { MaThanhPhanHoSo: 'id-card', SoLuong: 1, LoaiBan: 0, GiayToDinhKem: [] },
      {
        MaThanhPhanHoSo: 'proof',
        SoLuong: 2,
        LoaiBan: 2,
        GiayToDinhKem: [{ IdGiayTo: 'file-1' }, { IdGiayTo: 'file-2' }],
      },
    ])
  })

  it('has a time of fourteen digits for every moment', () => {
    const moment = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) })
    fc.assert(
      fc.property(moment, (ms) => {
        const iso = nationalTime(ms).replace(
          /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/,
          '$1-$2-$3T$4:$5:$6+07:00',
        )
        expect(Date.parse(iso)).toBe(ms - (ms % 1000))
      }),
    )
  })
})

describe('a national status', () => {
  it('has its official name, and any other its number', () => {
    expect(nationalStatusText(1)).toBe('Mới đăng ký')
    expect(nationalStatusText(10)).toBe('Đã trả kết quả')
    fc.assert(
      fc.property(fc.integer(), (code) => {
        const known = code >= 1 && code <= 10
        expect(nationalStatusText(code) === `Đang xử lý (mã ${code})`).toBe(!known)
      }),
    )
  })
})
