import { createHash } from 'node:crypto'
import { statSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { CLIP_LIMITS, clipPath, opusLengthMs } from '../../shared/speech/index.ts'
import { voicePackSchema, type Clip, type VoicePack } from '../../shared/speech/schema.ts'

/** Why a pack cannot be used at all. */
export type VoiceProblem =
  | { readonly code: 'missing' }
  | { readonly code: 'invalid'; readonly where: string }
  /** Made for a kiosk of another version. */
  | { readonly code: 'other-format' }
  /** `texts.json` is not the one that the pack speaks of. */
  | { readonly code: 'other-texts' }
  /** Files are gone, or not as long as the pack says. */
  | { readonly code: 'damaged'; readonly clips: number }

/** What is wrong with one clip. */
export type ClipProblem =
  | 'missing'
  | 'wrong-hash'
  | 'truncated'
  | 'wrong-length'
  | 'silent'
  | 'too-soft'
  | 'too-loud'
  | 'another-text'

/** The id of the clip that says a text, which is in the form of `clipText`. */
export function clipId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Reads `pack.json` of one language. */
export async function readVoicePack(dir: string): Promise<Result<VoicePack, VoiceProblem>> {
  const bytes = await readFile(join(dir, 'pack.json')).catch(() => null)
  return bytes === null ? err({ code: 'missing' }) : parseVoicePack(bytes)
}

const formatSchema = z.looseObject({ version: z.number() })

/** What stands in a `pack.json`. */
export function parseVoicePack(bytes: Buffer): Result<VoicePack, VoiceProblem> {
  let json: unknown
  try {
    json = JSON.parse(bytes.toString('utf8'))
  } catch {
    return err({ code: 'invalid', where: 'not JSON' })
  }
  const parsed = voicePackSchema.safeParse(json)
  if (parsed.success) return ok(parsed.data)
  const format = formatSchema.safeParse(json)
  if (format.success && format.data.version !== 1) return err({ code: 'other-format' })
  return err({ code: 'invalid', where: parsed.error.issues[0]?.path.join('.') ?? 'the file' })
}

/** `pack.json` as it is written: a line a clip, in the order of their ids. */
export function packFile({ clips, ...about }: VoicePack): string {
  const sorted = Object.entries(clips).sort(([one], [other]) => (one < other ? -1 : 1))
  const lines = sorted.map(([id, clip]) => `    ${JSON.stringify(id)}: ${JSON.stringify(clip)}`)
  const head = JSON.stringify(about, null, 2).replace(/\n\}$/, '')
  return `${head},\n  "clips": {\n${lines.join(',\n')}\n  }\n}\n`
}

/**
 * So many files are looked at between two turns of the event loop: the disk and the core have more
 * to do at a start than to look at clips. Not by promises, which cost ten times the look itself.
 */
const LOOKS_A_TURN = 32

/** A quick look, for the start: every clip is there, and as long as the pack says. */
export async function lookAtVoice(dir: string): Promise<Result<VoicePack, VoiceProblem>> {
  const pack = await readVoicePack(dir)
  if (!pack.ok) return pack
  if (!(await hasItsTexts(dir, pack.value))) return err({ code: 'other-texts' })
  let clips = 0
  for (const [at, [id, { bytes }]] of Object.entries(pack.value.clips).entries()) {
    if (at % LOOKS_A_TURN === 0) await setImmediate()
    if (sizeOf(join(dir, clipPath(id))) !== bytes) clips += 1
  }
  return clips === 0 ? pack : err({ code: 'damaged', clips })
}

/** Null where the file is not there, or the disk does not give it. */
function sizeOf(file: string): number | null {
  try {
    return statSync(file).size
  } catch {
    return null
  }
}

async function hasItsTexts(dir: string, { texts }: VoicePack): Promise<boolean> {
  if (texts === null) return true
  const bytes = await readFile(join(dir, 'texts.json')).catch(() => null)
  return bytes !== null && createHash('sha256').update(bytes).digest('hex') === texts
}

/** One line for a technician. */
export function voiceRemedy(problem: VoiceProblem): string {
  switch (problem.code) {
    case 'missing':
      return 'no voice pack: the kiosk does not speak; install it again'
    case 'invalid':
      return `voice pack invalid at ${problem.where}: the kiosk does not speak; install it again`
    case 'other-format':
      return 'the language pack is of another format version: use a pack made for this version of the kiosk'
    case 'other-texts':
      return 'the texts of the language pack are not its own: it is not offered; install it again'
    case 'damaged':
      return `${problem.clips} clips of the voice pack are gone or cut: the kiosk does not speak; install it again`
  }
}

/** Every clip read and held against what the pack says of it, and files that belong to none. */
export async function checkClips(
  dir: string,
  pack: VoicePack,
): Promise<{ readonly wrong: ReadonlyMap<string, ClipProblem>; readonly strays: string[] }> {
  const wrong = new Map<string, ClipProblem>()
  for (const [id, clip] of Object.entries(pack.clips)) {
    const file = await readFile(join(dir, clipPath(id))).catch(() => null)
    const problem = clipProblem(id, clip, file)
    if (problem !== null) wrong.set(id, problem)
  }
  const ours = new Set(Object.keys(pack.clips).map(clipPath))
  const files = await readdir(join(dir, 'clips'), { recursive: true, withFileTypes: true }).catch(
    () => [],
  )
  const strays = files
    .filter((file) => file.isFile())
    .map((file) => `clips/${file.parentPath.slice(-2)}/${file.name}`)
    .filter((path) => !ours.has(path))
  return { wrong, strays }
}

/** What is wrong with a clip, held against its file. */
export function clipProblem(id: string, clip: Clip, file: Uint8Array | null): ClipProblem | null {
  if (clipId(clip.text) !== id) return 'another-text'
  if (file === null) return 'missing'
  const ms = opusLengthMs(file)
  if (ms === null) return 'truncated'
  if (createHash('sha256').update(file).digest('hex') !== clip.sha256) return 'wrong-hash'
  const { SHORTEST_MS, LONGEST_MS, LENGTH_TOLERANCE_MS } = CLIP_LIMITS
  const fits = ms >= SHORTEST_MS && ms <= LONGEST_MS
  if (!fits || Math.abs(ms - clip.ms) > LENGTH_TOLERANCE_MS) return 'wrong-length'
  return loudnessProblem(clip)
}

function loudnessProblem({ level, peak }: Clip): ClipProblem | null {
  const { LEVEL_DB, LEVEL_TOLERANCE_DB, PEAK_MAX_DB, SILENT_DB } = CLIP_LIMITS
  if (level < SILENT_DB) return 'silent'
  if (level < LEVEL_DB - LEVEL_TOLERANCE_DB) return 'too-soft'
  if (level > LEVEL_DB + LEVEL_TOLERANCE_DB || peak > PEAK_MAX_DB) return 'too-loud'
  return null
}
