import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { readerBridgeSchema } from './reader-bridge.ts'

/** The example of the documentation, so that it is one that works. */
async function documented(): Promise<object> {
  const text = await readFile(new URL('../../docs/profile.md', import.meta.url), 'utf8')
  const example = /"readerBridge": (\{.*?\n\})/s.exec(text)?.[1] ?? ''
  return Object(JSON.parse(example))
}

describe('the settings of a reader service', () => {
  it('are as documented', async () => {
    expect(readerBridgeSchema.safeParse(await documented()).success).toBe(true)
  })

  it.each([
    'ws://192.0.2.7:8000/',
    'ws://reader.example/',
    'ws://127.0.0.1.example/',
    'ws://127.0.0.1@192.0.2.7/',
    'wss://127.0.0.1/',
    'http://127.0.0.1/',
  ])('name no service on another machine, nor one of another kind: %s', async (url) => {
    expect(readerBridgeSchema.safeParse({ ...(await documented()), url }).success).toBe(false)
  })

  it.each(['ws://localhost:8000/#a', 'ws://localhost:8000/#'])('have no hash: %s', async (url) => {
    expect(readerBridgeSchema.safeParse({ ...(await documented()), url }).success).toBe(false)
  })

  it.each(['ws://localhost:8000/', 'ws://[::1]:8000/a?b=c'])('may name %s', async (url) => {
    expect(readerBridgeSchema.safeParse({ ...(await documented()), url }).success).toBe(true)
  })
})
