import { z } from 'zod'
import { localDate } from '../../../shared/domain/local-time.ts'
import type { Filing } from '../contract.ts'

/** What the catalogue knows of a procedure and a filing's bytes do not say. */
export type NationalProcedure = {
  /** MaDichVuCong */
  readonly serviceCode: string
  /** MaDonViTiepNhan */
  readonly unitCode: string
  /** Codes and names of thành phần hồ sơ by the kiosk's component code. */
  readonly components: Readonly<Record<string, { readonly code: string; readonly name: string }>>
}

/** A file that the platform keeps, and what it is. */
export type SentPaper = {
  readonly fileId: string
  readonly fileHash: string
  /** The kiosk's component code. */
  readonly component: string
  readonly title: string
}

/** LoaiDoiTuong. The synchronisation of 2020 had 1 and 2 for citizen and business. */
export const APPLICANT_KIND = { CITIZEN: 0, BUSINESS: 1, HOUSEHOLD_BUSINESS: 2 } as const

/** LoaiBan */
export const COPY_KIND = { ORIGINAL: 0, COPY: 1, ELECTRONIC: 2 } as const

const paperSchema = z.strictObject({
  IdGiayTo: z.string(),
  MaKetQua: z.string(),
  TenGiayTo: z.string(),
  HashTepTin: z.string(),
})
const componentSchema = z.strictObject({
  MaThanhPhanHoSo: z.string(),
  TenThanhPhanHoSo: z.string(),
  SoLuong: z.int().min(1),
  LoaiBan: z.literal(Object.values(COPY_KIND)),
  GiayToDinhKem: z.array(paperSchema),
})

/** Body of NoiHoSo. Dates are `yyyyMMddHHmmss` in Asia/Ho_Chi_Minh. */
export const dossierSchema = z.strictObject({
  MaHoSo: z.string().min(1),
  MaTTHC: z.string(),
  MaDichVuCong: z.string(),
  ChuHoSo: z.string(),
  LoaiDoiTuong: z.literal(Object.values(APPLICANT_KIND)),
  MaDonViTiepNhan: z.string(),
  NgayNop: z.string().regex(/^\d{14}$/),
  NgayTiepNhan: z.string().regex(/^\d{14}$/),
  ThanhPhanHoSo: z.array(componentSchema),
  ThongTinNguoiNop: z.strictObject({
    ThongTinChiTiet: z.strictObject({
      TenNguoiNop: z.string(),
      SoDinhDanh: z.string(),
      NgaySinh: z.string().optional(),
      DiaChiChiTiet: z.string().optional(),
      TenChuHs: z.string(),
      SoDinhDanhChuHs: z.string(),
    }),
  }),
})
export type Dossier = z.infer<typeof dossierSchema>

/** The filing as the national platform wants it. The form's boxes have no place there. */
export function buildDossier(
  filing: Filing,
  dossierCode: string,
  procedure: NationalProcedure,
  papers: readonly SentPaper[],
): Dossier {
  const { applicant } = filing
  const filedAt = nationalTime(Date.parse(filing.capturedAt))
  const codes = new Set([
    ...filing.components.map(({ code }) => code),
    ...papers.map(({ component }) => component),
  ])
  return {
    MaHoSo: dossierCode,
    MaTTHC: filing.procedureCode,
    MaDichVuCong: procedure.serviceCode,
    ChuHoSo: applicant.name,
    LoaiDoiTuong: APPLICANT_KIND.CITIZEN,
    MaDonViTiepNhan: procedure.unitCode,
    NgayNop: filedAt,
    NgayTiepNhan: filedAt,
    ThanhPhanHoSo: [...codes].map((code) => {
      const attached = papers.filter(({ component }) => component === code)
      return {
        MaThanhPhanHoSo: procedure.components[code]?.code ?? code,
        TenThanhPhanHoSo: procedure.components[code]?.name ?? code,
        SoLuong: Math.max(1, attached.length),
        LoaiBan: attached.length > 0 ? COPY_KIND.ELECTRONIC : COPY_KIND.ORIGINAL,
        GiayToDinhKem: attached.map(({ fileId, fileHash, title }) => ({
          IdGiayTo: fileId,
          MaKetQua: '',
          TenGiayTo: title,
          HashTepTin: fileHash,
        })),
      }
    }),
    ThongTinNguoiNop: {
      ThongTinChiTiet: {
        TenNguoiNop: applicant.name,
        SoDinhDanh: applicant.number,
        ...(applicant.birth && { NgaySinh: birthDate(applicant.birth) }),
        ...(applicant.address && { DiaChiChiTiet: applicant.address }),
        TenChuHs: applicant.name,
        SoDinhDanhChuHs: applicant.number,
      },
    },
  }
}

/** `yyyyMMddHHmmss` in Vietnam (UTC+7 all year). */
export function nationalTime(ms: number): string {
  const { year, month, day } = localDate(ms)
  const clock = new Date(ms + 7 * 3_600_000).toISOString().slice(11, 19)
  return `${year}${two(month)}${two(day)}${clock.replaceAll(':', '')}`
}

function birthDate(birth: NonNullable<Filing['applicant']['birth']>): string {
  // A card may know the year only, or year and month.
  const month = 'month' in birth && birth.month !== undefined ? two(birth.month) : ''
  const day = 'day' in birth && birth.day !== undefined ? two(birth.day) : ''
  return `${birth.year}${month}${month === '' ? '' : day}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
