import { createScene } from '../faults/scene.ts'
import { figure, type Figure } from './figure.ts'

const FILINGS = 50
const PAPERS = [200_000]
const LIMIT_MS = 5000

/**
 * Milliseconds from the portal's last receipt until nothing of any citizen is found in any file of
 * the store's folder: no word in the clear, no sealed byte, no key.
 */
export async function eraseBench(): Promise<readonly Figure[]> {
  const scene = await createScene()
  try {
    const kiosk = await scene.open()
    for (let at = 0; at < FILINGS; at += 1) await scene.file(kiosk, { papers: PAPERS })
    let acceptedAt = 0
    const accepted = new Promise<void>((resolve) => {
      kiosk.outbox.subscribe((change) => {
        if (change.kind !== 'filing' || change.state !== 'ACCEPTED') return
        acceptedAt = performance.now()
        if (scene.sandbox.accepted() === FILINGS) resolve()
      })
    })
    kiosk.outbox.start()
    await accepted
    let found = await scene.check()
    while (found.length > 0 && performance.now() - acceptedAt < 2 * LIMIT_MS) {
      found = await scene.check()
    }
    const ms = performance.now() - acceptedAt
    const metric = 'B9 from the last receipt to no trace'
    const baseline = `${FILINGS} filings with a scan; the search itself included`
    return [
      figure('erase', metric, ms, 'ms', '<=', LIMIT_MS, baseline),
      figure('erase', 'B9 traces found', found.length, '', '<=', 0, baseline),
    ]
  } finally {
    await scene.close()
  }
}
