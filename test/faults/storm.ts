import type { Random } from './random.ts'
import type { Scene } from './scene.ts'

/** What a storm is made of. */
export type StormOptions = {
  readonly filings: number
  readonly random: Random
  /** Chance of each answer to a filing to be lost after the portal has taken it. */
  readonly dropped: number
  /** Chance of each answer to a filing to be a 500 after the portal has taken it. */
  readonly failed: number
  /** Moves of filings between two kills, at most. */
  readonly mostMoves: number
}

/** What came of it. `stuck`: at the end neither delivered nor with staff. */
export type StormResult = {
  readonly kills: number
  readonly lostAnswers: number
  readonly delivered: number
  readonly stuck: number
  /** Of the five invariants. */
  readonly violations: readonly string[]
}

/**
 * Filings at a kiosk in a process of its own that is killed again and again while it sends, to a
 * portal whose answers are lost; then fair weather until nothing waits any more.
 */
export async function storm(scene: Scene, options: StormOptions): Promise<StormResult> {
  const { filings, random } = options
  let lostAnswers = 0
  let isFair = false
  scene.front.rule(({ what }) => {
    if (what !== 'file' || isFair) return undefined
    if (random.chance(options.dropped)) {
      lostAnswers += 1
      return { kind: 'drop', when: 'after-commit' }
    }
    return random.chance(options.failed)
      ? { kind: 'answer', status: 500, commit: true, headers: { 'x-filing-gateway': '1' } }
      : undefined
  })
  const filing = scene.process({ file: filings, deliver: false })
  let slips = 0
  await filing.hear(({ kind }) => kind === 'slip' && (slips += 1) === filings)
  await filing.kill()
  await scene.noteSlips(filing.slips())

  let kills = 0
  const isOver = (): boolean => scene.sandbox.accepted() >= filings * 0.98
  while (!isOver()) {
    const kiosk = scene.process({})
    const wanted = random.between(1, options.mostMoves)
    let moves = 0
    await kiosk.hear(({ kind }) => {
      if (kind === 'state') moves += 1
      return moves >= wanted || isOver()
    })
    await kiosk.kill()
    kills += 1
  }
  isFair = true
  scene.time.advance(Math.max(0, Date.now() - scene.time.now()))
  const kiosk = await scene.open()
  kiosk.outbox.start()
  await scene.flowUntil(() => kiosk.outbox.counts().waiting === 0)
  const { delivered, needsStaff } = kiosk.outbox.counts()
  const violations = await scene.check()
  return { kills, lostAnswers, delivered, stuck: filings - delivered - needsStaff, violations }
}
