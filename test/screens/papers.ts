import { execFile } from 'node:child_process'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Keeps pictures of the papers that one filing has brought out: slip, ticket, receipt. */
export async function takePapers(printsDir: string, out: string, receipt: string): Promise<void> {
  await copyFile(join(printsDir, '001.png'), join(out, 'paper-slip.png'))
  await copyFile(join(printsDir, '002.png'), join(out, 'paper-ticket.png'))
  const picture = ['-r', '100', '-gray', '-png', '-singlefile', join(printsDir, receipt)]
  await promisify(execFile)('pdftoppm', [...picture, join(out, 'paper-receipt')])
}
