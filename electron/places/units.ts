/** tỉnh, thành phố */
export interface Province {
  /** Two digits. */
  readonly code: string
  /** With its kind: "Thành phố Đồng Nai". */
  readonly name: string
}

/** xã, phường, đặc khu */
export interface Commune {
  /** Five digits. */
  readonly code: string
  /** With its kind: "Xã Đăk Ơ". */
  readonly name: string
  /** Code of its province. */
  readonly province: string
}

/** A commune of before 1/7/2025; an island district that had none stands for one, with name ''. */
export interface FormerCommune {
  readonly name: string
  readonly district: string
  /** Name of its province then. */
  readonly province: string
  /** Codes of the communes of today that took it over; one, unless it was split. */
  readonly became: readonly string[]
}

export interface Units {
  readonly provinces: readonly Province[]
  readonly communes: readonly Commune[]
}

export interface FormerUnits {
  /** Old provinces by name, and the code of the province of today. */
  readonly provinces: ReadonlyMap<string, string>
  readonly communes: readonly FormerCommune[]
}

/** "Xã Đak Ơ, Huyện Bù Gia Mập, Tỉnh Bình Phước" */
export function formerWords({ name, district, province }: FormerCommune): string {
  return [name, district, province].filter((part) => part !== '').join(', ')
}

/** Decodes `resources/places/units.txt`, which is shipped: a line that does not fit is a bug. */
export function decodeUnits(text: string): Units {
  const provinces: Province[] = []
  const communes: Commune[] = []
  for (const [number, line] of lines(text)) {
    const [, code = '', name = ''] = /^(\d{2}|\d{5}) (.+)$/u.exec(line) ?? []
    const province = provinces.at(-1)?.code
    if (code.length === 2) provinces.push({ code, name })
    else if (code !== '' && province !== undefined) communes.push({ code, name, province })
    else throw new Error(`units.txt, line ${number}`)
  }
  return { provinces, communes }
}

/** Decodes `resources/places/former.txt`; its format is told in the notice beside it. */
export function decodeFormer(text: string): FormerUnits {
  const provinces = new Map<string, string>()
  const communes: FormerCommune[] = []
  let province = ''
  let district = ''
  for (const [number, line] of lines(text)) {
    const [, mark, name = '', codes = ''] =
      /^(= )(.+)( \d{2})$/u.exec(line) ?? /^(- |)(.+?)((?: \d{5})*)$/u.exec(line) ?? []
    const became = codes.split(' ').filter((code) => code !== '')
    const [first] = became
    if (mark === '= ' && first !== undefined) {
      province = name
      provinces.set(name, first)
    } else if (mark === '- ') {
      district = name
      if (first !== undefined) communes.push({ name: '', district, province, became })
    } else if (mark === '' && first !== undefined && district !== '') {
      communes.push({ name, district, province, became })
    } else throw new Error(`former.txt, line ${number}`)
  }
  return { provinces, communes }
}

function lines(text: string): [number, string][] {
  return text
    .split('\n')
    .map((line, index): [number, string] => [index + 1, line])
    .filter(([, line]) => line !== '')
}
