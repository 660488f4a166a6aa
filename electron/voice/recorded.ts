import { createHash } from 'node:crypto'
import { mkdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { clipPath, opusLengthMs } from '../../shared/speech/index.ts'
import type { Clip, VoicePack } from '../../shared/speech/schema.ts'
import { TEMPORARY_SUFFIX, writeDurably } from '../store/index.ts'
import { clipId, clipProblem, packFile, type ClipProblem } from './pack.ts'
import { filesIn } from './signed.ts'

/** What was recorded for a text (in the form of `clipText`): Ogg Opus, and how loud it is in dBFS. */
export interface RecordedClip {
  readonly text: string
  readonly file: Uint8Array
  readonly level: number
  readonly peak: number
}

/** Writes the list of a pack; what was signed before is signed no more. */
export async function writePack(dir: string, pack: VoicePack): Promise<void> {
  await mkdir(dir, { recursive: true })
  await rm(join(dir, 'pack.sig'), { force: true })
  await writeDurably(join(dir, 'pack.json'), (file) => file.writeFile(packFile(pack)))
}

/**
 * Puts a recorded clip into a pack. A crash leaves a whole pack: what the list speaks of is there as
 * it says, at most this one text has no clip any more.
 */
export async function keepClip(
  dir: string,
  last: VoicePack,
  { text, file, level, peak }: RecordedClip,
): Promise<Result<VoicePack, ClipProblem>> {
  const { release: _, ...pack } = last
  const id = clipId(text)
  const ms = opusLengthMs(file)
  if (ms === null) return err('truncated')
  const clip: Clip = {
    text,
    sha256: createHash('sha256').update(file).digest('hex'),
    bytes: file.byteLength,
    ms: Math.max(1, Math.round(ms)),
    level,
    peak,
    source: 'recorded',
  }
  const problem = clipProblem(id, clip, file)
  if (problem !== null) return err(problem)
  if (id in pack.clips) {
    const { [id]: __, ...others } = pack.clips
    await writePack(dir, { ...pack, clips: others })
  }
  const path = join(dir, clipPath(id))
  await mkdir(dirname(path), { recursive: true })
  await writeDurably(path, (handle) => handle.writeFile(file))
  const next: VoicePack = { ...pack, clips: { ...pack.clips, [id]: clip } }
  await writePack(dir, next)
  return ok(next)
}

/** Removes what a crash has left behind: clips that the list does not speak of, and half a list. */
export async function removeStrays(dir: string, pack: VoicePack): Promise<void> {
  const ours = new Set(Object.keys(pack.clips).map(clipPath))
  for (const file of await filesIn(dir)) {
    const isStray = file.startsWith('clips/') && !ours.has(file)
    const isHalf = file.startsWith('pack.json.') && file.endsWith(TEMPORARY_SUFFIX)
    if (isStray || isHalf) await rm(join(dir, file), { force: true })
  }
}
