/**
 * `npm run test:hardware [-- NAME]`: the device adapters against a real kernel's HID, USB printer and USB
 * serial drivers, with real unplugs, in a virtual machine. The last line is
 * `N passed, N failed, N skipped`. `NAME`: only the files of test/hardware/guest that begin so. Not part of
 * `npm test`: it takes a minute or more of two cores, and Debian's kernel is 70 MB to fetch, once.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { environment, prepare, root } from './setup.mjs'

const node = prepare({ system: 'hardware' })
const done = spawnSync(node, [join(root, 'test', 'hardware', 'run.ts'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
  env: environment(node),
})
process.exit(done.status ?? 2)
