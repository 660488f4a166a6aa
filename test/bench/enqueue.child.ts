import { randomBytes } from 'node:crypto'
import { BODY_BYTES, openBenchOutbox } from './outbox.ts'

/** Files so many filings, for the count of its syncs: `node enqueue.child.ts DIR COUNT`. */
const [dir = '', count = '0'] = process.argv.slice(2)
const outbox = await openBenchOutbox(dir)
for (let filed = 0; filed < Number(count); filed += 1) outbox.enqueue(randomBytes(BODY_BYTES))
await outbox.close()
