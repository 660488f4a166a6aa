import { PassThrough } from 'node:stream'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWorldFile } from './world.ts'

function world(...chunks: readonly string[]): PassThrough {
  const stdout = new PassThrough()
  for (const chunk of chunks) stdout.write(chunk)
  return stdout
}

test('finds the line among others and in pieces', async () => {
  const stdout = world('sandbox portal on 4711\n{"type":"wor', 'ld","file":"/data/world.json"}\n')
  expect(await readWorldFile(stdout)).toEqual({ ok: true, value: '/data/world.json' })
})

test('a world that dies before it stands is an error', async () => {
  const stdout = world('{"type":"world"}\n', '{"type":"world","file":7}\n', 'no json\n')
  stdout.end()
  expect(await readWorldFile(stdout)).toEqual({ ok: false, error: 'ended' })
})

test('no output makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string()), async (chunks) => {
      const stdout = world(...chunks.filter((chunk) => !chunk.includes('"world"')))
      stdout.end()
      expect(await readWorldFile(stdout)).toEqual({ ok: false, error: 'ended' })
    }),
  )
})
