import {
  createSealedFiles,
  keyFileVault,
  openKeyRing,
  openStore,
  rotateKeys,
  storeSchemaSql,
} from './index.ts'
import type { Result } from '../../shared/domain/result.ts'

/**
 * A core that rotates its key and kills itself: `node rotate.child.ts DIR KEYS POINT [SQL …]`,
 * where POINT counts the commits from 1, and SQL are schemas after the store's own. Ends by itself
 * with 0 if it finishes before.
 */
const [dir = '', keysDir = '', point = '', ...later] = process.argv.slice(2)

function must<T, E>(result: Result<T, E>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const candidates = [keyFileVault]
const ring = must(await openKeyRing({ dir: keysDir, storeDir: dir, candidates, training: false }))
const store = must(await openStore({ dir, keys: ring, schemas: [storeSchemaSql, ...later] }))
const files = createSealedFiles(dir, ring)
let left = Number(point)
must(
  await rotateKeys({
    store,
    dir,
    ring,
    files,
    batch: 3,
    reached() {
      left -= 1
      if (left === 0) process.kill(process.pid, 'SIGKILL')
    },
  }),
)
store.close()
