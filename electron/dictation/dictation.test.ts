import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createManualTimers } from '../../test/fakes/manual-timers.ts'
import { createDictation, dictationTrouble } from './index.ts'
import { DICTATION_LIMITS } from './limits.ts'

/** Real programs behind real pipes; only the time limit is the test's own. */

let dir = ''
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'dictation-'))
})
afterEach(() => rm(dir, { recursive: true }))

const QUIET = new AbortController().signal
const pcm16 = new Uint8Array(Int16Array.from({ length: 1600 }, (_, at) => at % 50).buffer)

/** A program of this test's, that Node runs; `script` finds its input in `wav`. */
async function program(script: string): Promise<readonly [string, ...string[]]> {
  const file = join(dir, 'peer.mjs')
  await writeFile(
    file,
    `import { readFileSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
const wav = readFileSync(0)
${script}`,
  )
  return [process.execPath, file, dir]
}

async function dictate(script: string) {
  const timers = createManualTimers()
  const logged: object[] = []
  const log = (event: string, details: object = {}) => void logged.push({ event, ...details })
  const line = await program(script)
  return { timers, logged, line, dictation: createDictation(line, { after: timers.after, log }) }
}

const there = (name: string) =>
  vi.waitFor(() => readFile(join(dir, name), 'utf8').then((text) => expect(text).not.toBe('')))
/** What has ended may wait for somebody to take note of it. */
const isAlive = async (name: string) => {
  const stat = `/proc/${await readFile(join(dir, name), 'utf8')}/stat`
  return !/^$|\) Z /.test(await readFile(stat, 'utf8').catch(() => ''))
}

it('gives the program a WAV of 16 kHz and has its words', async () => {
  const { dictation, logged } = await dictate(`
    writeFileSync(process.argv[2] + '/heard.wav', wav)
    process.stdout.write(' Nguyễn Văn An.\\n')`)
  expect(await dictation.hear(pcm16, QUIET)).toEqual({ ok: true, value: 'Nguyễn Văn An' })
  const wav = await readFile(join(dir, 'heard.wav'))
  expect(wav.toString('latin1', 0, 4) + wav.toString('latin1', 8, 16)).toBe('RIFFWAVEfmt ')
  expect([wav.readUInt16LE(22), wav.readUInt32LE(24), wav.readUInt16LE(34)]).toEqual([
    1, 16_000, 16,
  ])
  expect(wav.subarray(44)).toEqual(Buffer.from(pcm16))
  expect(logged).toEqual([])
})

it('gives it nothing of its own surroundings', async () => {
  vi.stubEnv('KIOSK_SECRET', 'known')
  const { dictation } = await dictate(
    `process.stdout.write(Object.keys(process.env).sort().join(' ') + ' ' + process.cwd())`,
  )
  expect(await dictation.hear(pcm16, QUIET)).toEqual({ ok: true, value: 'LANG PATH /' })
  vi.unstubAllEnvs()
})

it('ends one that takes too long, with what that has started', async () => {
  const { dictation, timers, logged } = await dictate(`
    const child = spawn('sleep', ['1000'], { stdio: 'inherit' })
    writeFileSync(process.argv[2] + '/child', String(child.pid))
    setInterval(() => {}, 1000)`)
  const heard = dictation.hear(pcm16, QUIET)
  await there('child')
  timers.advance(DICTATION_LIMITS.TIME_MS)
  expect(await heard).toEqual({ ok: false, error: 'too-slow' })
  expect(logged).toEqual([{ event: 'dictation-failed', why: 'too-slow', how: 'time' }])
  await vi.waitFor(async () => expect(await isAlive('child')).toBe(false))
})

it.each([
  ['says too much', `process.stdout.write('x'.repeat(1e6)); setInterval(() => {}, 1000)`, 'output'],
  ['fails', 'process.exit(3)', 'exit-3'],
  ['is killed', `process.kill(process.pid, 'SIGKILL')`, 'SIGKILL'],
])('takes nothing from one that %s', async (_, script, how) => {
  const { dictation, logged } = await dictate(script)
  expect(await dictation.hear(pcm16, QUIET)).toEqual({ ok: false, error: 'failed' })
  expect(logged).toEqual([{ event: 'dictation-failed', why: 'failed', how }])
})

it('says that it heard no words', async () => {
  const { dictation, logged } = await dictate(`process.stdout.write('[BLANK_AUDIO]\\n')`)
  expect(await dictation.hear(pcm16, QUIET)).toEqual({ ok: false, error: 'nothing' })
  expect(logged).toEqual([])
})

it('has the words of one that does not listen to the end', async () => {
  const line = ['/bin/echo', 'Lê Thị Mẫu'] as const
  const dictation = createDictation(line, { after: createManualTimers().after, log: () => {} })
  const long = new Uint8Array(480_000)
  expect(await dictation.hear(long, QUIET)).toEqual({ ok: true, value: 'Lê Thị Mẫu' })
})

it.each(['stop', 'the signal'] as const)('ends it on %s, and hears again', async (by) => {
  const { dictation, logged } = await dictate(`
    writeFileSync(process.argv[2] + '/own', String(process.pid))
    setInterval(() => {}, 1000)`)
  const gone = new AbortController()
  const heard = dictation.hear(pcm16, gone.signal)
  await there('own')
  expect(await dictation.hear(pcm16, QUIET)).toEqual({ ok: false, error: 'busy' })
  if (by === 'stop') dictation.stop()
  else gone.abort()
  expect(await heard).toEqual({ ok: false, error: 'stopped' })
  expect(await isAlive('own')).toBe(false)
  expect(logged).toEqual([])
  await program(`process.stdout.write('An')`)
  expect(await dictation.hear(pcm16, QUIET)).toEqual({ ok: true, value: 'An' })
})

it('tells a technician of a program that is not there, or may not be run', async () => {
  const file = join(dir, 'hear')
  const logged: object[] = []
  const { after } = createManualTimers()
  const hear = () =>
    createDictation([file], { after, log: (_, details) => void logged.push({ ...details }) }).hear(
      pcm16,
      QUIET,
    )
  expect(await hear()).toEqual({ ok: false, error: 'no-program' })
  expect(await dictationTrouble({ program: [file] })).toBe('ENOENT')
  expect(await dictationTrouble({ program: [dir] })).toBe('no-file')
  await writeFile(file, 'no program')
  await chmod(file, 0o600)
  expect(await hear()).toEqual({ ok: false, error: 'no-program' })
  expect(logged).toEqual([
    { why: 'no-program', how: 'ENOENT' },
    { why: 'no-program', how: 'EACCES' },
  ])
  expect(await dictationTrouble({ program: [file] })).toBe('EACCES')
  expect(await dictationTrouble({ program: ['/bin/echo'] })).toBeNull()
  expect(await dictationTrouble(null)).toBeNull()
})
