import { createInterface } from 'node:readline'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'

/**
 * The line that the training world prints on stdout once its portal and devices are there:
 * `{"type":"world","file":"/absolute/path/world.json"}`.
 */
export const worldLineSchema = z.strictObject({
  type: z.literal('world'),
  file: z.string().min(1),
})

/**
 * Reads the world's stdout until that line and gives its file. Other lines are passed over.
 * Error `ended`: the world died first. The stream is drained to its end, so that the world never
 * blocks on a full pipe.
 */
export async function readWorldFile(
  stdout: NodeJS.ReadableStream,
): Promise<Result<string, 'ended'>> {
  const { promise, resolve } = Promise.withResolvers<Result<string, 'ended'>>()
  const lines = createInterface({ input: stdout })
  lines.on('line', (line) => {
    const world = worldLineSchema.safeParse(parseJson(line))
    if (world.success) resolve(ok(world.data.file))
  })
  lines.on('close', () => resolve(err('ended')))
  return promise
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}
