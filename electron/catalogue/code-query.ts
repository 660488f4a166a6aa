/** A procedure's code, as it is printed on lists: "1.001193", "1001193", "1 001193". */
const CODE = /(?<![\d.])(\d)[.\s]?(\d{6})(?!\d)/
/** The beginning of one, typed alone. */
const BEGINNING = /^\s*(\d)\.?(\d{3,5})\s*$/

/** The code, or the beginning of one, that a query names; null where it names none. */
export function codeIn(query: string): string | null {
  const [, level, number] = CODE.exec(query) ?? BEGINNING.exec(query) ?? []
  return level === undefined || number === undefined ? null : `${level}.${number}`
}
