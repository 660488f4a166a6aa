import { seeded } from '../faults/random.ts'
import { createScene } from '../faults/scene.ts'
import { storm } from '../faults/storm.ts'
import { figure, type Figure } from './figure.ts'

const FILINGS = 10_000

/** B7: ten thousand filings through a portal that loses answers, by a kiosk that is killed. */
export async function stormBench(): Promise<readonly Figure[]> {
  const scene = await createScene()
  try {
    const { kills, lostAnswers, delivered, stuck, violations } = await storm(scene, {
      filings: FILINGS,
      random: seeded(7),
      dropped: 0.3,
      failed: 0.05,
      mostMoves: 8000,
    })
    const baseline = `${FILINGS} filings, ${lostAnswers} answers lost, ${kills} kills`
    const none = (metric: string, value: number): Figure =>
      figure('storm', metric, value, '', '<=', 0, baseline)
    return [
      none('B7 filings not delivered', FILINGS - delivered),
      none('B7 filings stuck', stuck),
      none('B7 lost, twice, or left in traces', violations.length),
    ]
  } finally {
    await scene.close()
  }
}
