import type { IdCard, Population } from '../../../shared/domain/id-card.ts'
import type { Address } from '../../../shared/forms/index.ts'

/** Three invented citizens and what they would write: nobody, their numbers end in 000000. */
export interface Citizen {
  readonly who: string
  readonly card: IdCard
  readonly chip: Partial<Population>
  /** What they choose where it is not what most people choose, by question. */
  readonly chooses: Readonly<Record<string, string>>
  readonly child: string
  /** Another grown-up whose name they have to write. */
  readonly other: string
  /** Where they live, and where a child is born. */
  readonly home: Address
  readonly hospital: Address
}

/** A kiosk stands in one commune, and they live there; its profile names the people of the third. */
export const home = {
  name: 'Xã Đăk Ơ',
  province: 'TP. Đồng Nai',
  peoples: ['Xtiêng'],
} as const

const at = (detail: string): Address => ({
  text: `${detail}, Xã Đăk Ơ, Thành phố Đồng Nai`,
  commune: '25225',
})

const card = (part: Pick<IdCard, 'number' | 'name' | 'birth' | 'sex' | 'address'>): IdCard => ({
  ...part,
  oldNumber: null,
  issued: { year: 2024, month: 8, day: 15 },
  extra: [],
  warnings: [],
})

export const citizens: readonly Citizen[] = [
  {
    who: 'young father',
    card: card({
      number: '070096000000',
      name: 'Nguyễn Văn Ví Dụ',
      birth: { year: 1996, month: 5, day: 12 },
      sex: 'male',
      address: 'Thôn Mẫu, Xã Đăk Ơ, Đồng Nai',
    }),
    chip: {
      ethnicity: 'Kinh',
      origin: 'Xã Mẫu, Tỉnh Thí Điểm',
      father: 'Nguyễn Văn Mẫu',
      mother: 'Lê Thị Thử',
    },
    chooses: { 'requester.relation': 'father', 'requester.role': 'father', 'form.kind': 'child' },
    child: 'Nguyễn Minh Mẫu',
    other: 'Trần Thị Hồng Mẫu',
    home: at('thôn mẫu'),
    hospital: at('trạm y tế xã'),
  },
  {
    who: 'woman of seventy',
    card: card({
      number: '070156000000',
      name: 'Trần Thị Mẫu',
      birth: { year: 1956, month: 2, day: 3 },
      sex: 'female',
      address: 'Thôn Thử, Xã Đăk Ơ, Đồng Nai',
    }),
    chip: {
      ethnicity: 'Kinh',
      origin: 'Xã Thử, Tỉnh Thí Điểm',
      father: 'Trần Văn Thử',
      mother: 'Phạm Thị Mẫu',
    },
    chooses: {
      'requester.relation': 'maternal',
      'form.kind': 'elderly',
      'marital.status': 'widowed',
    },
    child: 'Lê Thị Ngọc Ánh Mẫu',
    other: 'Lê Văn Thử',
    home: at('thôn thử'),
    hospital: at('bệnh viện đa khoa'),
  },
  {
    who: "S'tiêng man",
    card: card({
      number: '070085000000',
      name: "Điểu K'Mẫu",
      birth: { year: 1985, month: 7, day: 12 },
      sex: 'male',
      address: 'Thôn Bù Mẫu, Xã Đăk Ơ, Đồng Nai',
    }),
    chip: {
      ethnicity: 'Xtiêng',
      origin: 'Xã Đăk Ơ, Đồng Nai',
      father: "Điểu K'Thử",
      mother: 'Thị Thử',
    },
    chooses: {
      'requester.relation': 'father',
      'requester.role': 'father',
      'form.kind': 'disabled',
    },
    child: "Điểu K'Bảo Mẫu",
    other: "Thị K'Thử",
    home: at('thôn bù mẫu'),
    hospital: at('trạm y tế xã'),
  },
]

/** The card of somebody else whom the form names, by sex. */
export const others: Readonly<Record<'woman' | 'man' | 'young', IdCard>> = {
  woman: card({
    number: '070197000000',
    name: 'Lý Thị Ví Dụ',
    birth: { year: 1997, month: 4, day: 23 },
    sex: 'female',
    address: 'Thôn Mẫu, Xã Đăk Ơ, Đồng Nai',
  }),
  man: card({
    number: '070087000000',
    name: 'Lê Văn Ví Dụ',
    birth: { year: 1987, month: 9, day: 9 },
    sex: 'male',
    address: 'Thôn Mẫu, Xã Đăk Ơ, Đồng Nai',
  }),
  young: card({
    number: '070208000000',
    name: 'Lý Ngọc Mẫu',
    birth: { year: 2008, month: 1, day: 20 },
    sex: 'male',
    address: 'Thôn Mẫu, Xã Đăk Ơ, Đồng Nai',
  }),
}
