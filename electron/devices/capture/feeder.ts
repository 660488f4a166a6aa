/** What drivers call a source that takes one sheet after the other. */
const FEEDER = /\badf\b|feeder/i
const BOTH_SIDES = /duplex/i

/** Whether a source of a scanner, as its driver names it, takes one sheet after the other. */
export function isFeeder(source: string): boolean {
  return FEEDER.test(source)
}

/**
 * The feeder among the sources in the list that `scanimage -A` prints; null where it has none. One
 * side of a sheet goes before both: backs are mostly blank.
 */
export function feederIn(options: string): string | null {
  const listed = /^\s*--source (.+?) \[(?!inactive)/m.exec(options)?.[1]
  const feeders = listed?.split('|').filter(isFeeder) ?? []
  return feeders.find((source) => !BOTH_SIDES.test(source)) ?? feeders[0] ?? null
}
