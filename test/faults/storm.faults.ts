import { expect, it } from 'vitest'
import { seeded } from './random.ts'
import { createScene } from './scene.ts'
import { settings } from './settings.ts'
import { storm } from './storm.ts'

const FILINGS = settings.long ? 10_000 : 150

it(`${FILINGS} filings, 30 % of the answers lost, killed at random: each one is there once`, async () => {
  const scene = await createScene()
  try {
    const result = await storm(scene, {
      filings: FILINGS,
      random: seeded(11),
      dropped: 0.3,
      failed: 0.05,
      mostMoves: settings.long ? 8000 : 200,
    })
    expect(result).toMatchObject({ delivered: FILINGS, stuck: 0, violations: [] })
    expect(result.kills).toBeGreaterThan(0)
    expect(result.lostAnswers).toBeGreaterThan(FILINGS / 5)
  } finally {
    await scene.close()
  }
})
