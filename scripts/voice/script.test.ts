import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { clipId, readVoicePack } from '../../electron/voice/index.ts'
import { linesOf, type Line } from '../../shared/speech/index.ts'
import { scriptSchema, type Script } from '../../shared/speech/schema.ts'
import { vietnamese } from './languages.ts'
import { scriptFile, scriptOf } from './script.ts'

describe('what a speaker records (`resources/voice/vi/script.json`)', () => {
  let script: Script = { version: 1, journeys: [], texts: [] }
  let lines: readonly Line[] = []
  beforeAll(async () => {
    script = await scriptOf()
    lines = linesOf(script, { tag: 'qaa', texts: null })
  })

  it('is up to date (mend it with `npm run voice`)', async () => {
    const text = await readFile(join(vietnamese.dir, 'script.json'), 'utf8')
    expect(text).toBe(scriptFile(script))
    expect(scriptSchema.parse(JSON.parse(text))).toEqual(script)
  })
  it('begins with the first screen', () => {
    expect(lines[0]?.where).toMatch(/^attract\./)
  })
  it('goes from what every visit says over numbers and procedures to what is said seldom', () => {
    const parts = lines.map(({ part }) => part).filter((part, at, all) => part !== all[at - 1])
    expect(parts).toEqual(['visit', 'number', 'procedure', 'seldom'])
  })
  it('has the procedures that are asked for every day before the others', () => {
    const firsts = script.journeys.slice(0, 10).map(({ code }) => code)
    expect(firsts).toContain('1.001193')
    const first = lines.find(({ part }) => part === 'procedure')
    expect(first?.where).toContain(firsts[0])
  })
  it('has each sound once, and a Vietnamese clip for each', async () => {
    const clips = lines.map(({ clip }) => clip)
    expect(new Set(clips).size).toBe(clips.length)
    const pack = await readVoicePack(vietnamese.dir)
    if (!pack.ok) throw new Error('no Vietnamese voice')
    expect(clips.filter((clip) => !(clipId(clip) in pack.value.clips))).toEqual([])
  })
})
