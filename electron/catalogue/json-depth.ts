/**
 * Whether lists and objects stand in each other more than so deep. What recurses over JSON, as a
 * parser of shapes does, ends for want of stack a few thousand deep; this does not.
 */
export function isDeeperThan(limit: number, json: unknown): boolean {
  let level: unknown[] = [json]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    level = level.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    )
  }
  return false
}
