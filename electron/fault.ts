/** What went wrong and where, without the message: it may quote what a citizen typed. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const place = /\bat .*/.exec(error.stack ?? '')?.[0] ?? ''
  return `${error.name} ${place}`.trim()
}
