import { createPortalClient } from '../portal/index.ts'
import { createSealedFiles, openKeyFile, openStore, storeSchemaSql } from '../store/index.ts'
import { invent, KIOSK_ID, must } from './harness.ts'
import { createOutbox, systemTimers } from './index.ts'

/**
 * A core that files one filing and is killed by the test: `node crash.child.ts DIR URL KEYS`.
 * Prints the client reference when the filing is durable.
 */
const [dir = '', url = '', receiptKeys = '{}'] = process.argv.slice(2)
const keys = must(await openKeyFile(dir))
const store = must(await openStore({ dir, keys, schemas: [storeSchemaSql] }))
const portal = must(
  createPortalClient({ url, kioskId: KIOSK_ID, receiptKeys: JSON.parse(receiptKeys) }),
)
const outbox = createOutbox({
  store,
  keys,
  files: createSealedFiles(dir, keys),
  portal,
  clock: Date,
  timers: systemTimers,
  random: Math.random,
  kioskId: KIOSK_ID,
  log: () => {},
})
outbox.start()
const { clientRef } = must(outbox.enqueue(invent('Nguyễn Văn Ví Dụ', Date.now())))
process.stdout.write(`${clientRef}\n`)
