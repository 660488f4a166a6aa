/** How the bytes of a HID-POS report lie: by the usage tables, or one byte later. */
export type HidPosLayout = 'standard' | 'shifted'

/** The input reports in which a HID-POS scanner sends a code. */
export function hidPosReports(
  data: Uint8Array,
  { layout = 'standard', payloadBytes = 63 }: { layout?: HidPosLayout; payloadBytes?: number } = {},
): Uint8Array[] {
  const shift = layout === 'standard' ? 0 : 1
  const parts = Math.max(1, Math.ceil(data.length / 56))
  return Array.from({ length: parts }, (_, at) => {
    const part = data.subarray(at * 56, (at + 1) * 56)
    const report = new Uint8Array(1 + payloadBytes)
    report[0] = 2
    report[1] = part.length
    report.set([0x5d, 0x51, 0x31], 2 + shift)
    report.set(part, 5 + shift)
    report[payloadBytes] = at + 1 < parts ? 1 : 0
    return report
  })
}
