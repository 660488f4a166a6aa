/** What is chosen after a touch on one more tile; `none` is the value that stands alone. */
export function toggled(
  chosen: readonly string[],
  value: string,
  none: string | null,
): readonly string[] {
  if (chosen.includes(value)) return chosen.filter((one) => one !== value)
  return value === none ? [value] : [...chosen.filter((one) => one !== none), value]
}
