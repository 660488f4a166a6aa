/** One measured figure against its target. */
export interface Figure {
  readonly bench: string
  readonly metric: string
  readonly value: number
  readonly unit: string
  readonly op: '<=' | '>='
  readonly target: number
  readonly ok: boolean
  /** What it was measured against in the same run. */
  readonly baseline?: string
}

/** Compares and rounds; a figure without a bar of its own is given one that documents it. */
export function figure(
  bench: string,
  metric: string,
  value: number,
  unit: string,
  op: '<=' | '>=',
  target: number,
  baseline?: string,
): Figure {
  const ok = op === '<=' ? value <= target : value >= target
  const rounded = Number(value.toPrecision(4))
  return { bench, metric, value: rounded, unit, op, target, ok, ...(baseline ? { baseline } : {}) }
}

/** The value below which `share` (0..1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((left, right) => left - right)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(samples: readonly number[]): number {
  return percentile(samples, 0.5)
}

/** Milliseconds that a piece of work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/**
 * Ratios of several rounds against a bar, 1 being as good as the baseline: their median counts, and
 * a noisy machine gets no miss for it while its best round clears the bar by 15 % (rules of
 * measurement).
 */
export function ratioFigure(
  bench: string,
  metric: string,
  ratios: readonly number[],
  target: number,
  baseline: string,
): Figure {
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)]
  const spread = `${baseline}; ${ratios.length} rounds, ${least.toFixed(2)}..${most.toFixed(2)}`
  const judged = figure(bench, metric, median(ratios), 'x', '>=', target, spread)
  return { ...judged, ok: judged.ok || most >= 1.15 * target }
}
