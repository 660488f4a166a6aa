import { writeSync } from 'node:fs'
import { systemTimers } from '../../../electron/outbox/index.ts'
import { invent, must, nobody, openKiosk } from '../kiosk.ts'

/**
 * Confirms filings until it is killed, and writes each one down, synchronously, once the outbox
 * has promised it: `node enqueue.child.ts DIR FULL|NORMAL`. NORMAL breaks the store on purpose.
 */
const [dir = '', synchronous = 'FULL'] = process.argv.slice(2)
const kiosk = await openKiosk({
  dir,
  portal: nobody,
  clock: Date,
  timers: systemTimers,
  random: Math.random,
  log: () => {},
})
if (synchronous === 'NORMAL') kiosk.store.db.pragma('synchronous = NORMAL')
for (;;) {
  const { clientRef, marker, number, request } = invent({ nowMs: Date.now() })
  must(kiosk.outbox.enqueue(request))
  writeSync(1, `${JSON.stringify({ clientRef, marker, number })}\n`)
}
