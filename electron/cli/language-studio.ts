import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { languageTagSchema, voicePackSchema, type VoicePack } from '../../shared/speech/schema.ts'
import { programsDir } from '../programs-dir.ts'
import { voiceDir } from '../resources-dir.ts'
import { serveStudio } from '../studio.ts'
import { languageRemedy, readVoicePack, removeStrays, writePack } from '../voice/index.ts'
import type { Run } from './command.ts'

/**
 * `language studio DIR`: creates or continues a pack, and serves its studio until Ctrl-C. Exit 2:
 * there is no such pack, or its port cannot be had.
 */
export const openStudio: Run = async ({
  words: [dir = ''],
  tag,
  name,
  port,
  json,
  print,
  complain,
}) => {
  const pack = await packIn(dir, tag, name)
  if (!pack.ok) {
    complain(`${dir}: ${pack.error}`)
    return 2
  }
  const studio = await serveStudio({
    dir,
    pack: pack.value,
    port,
    // Built beside the programs, where no kiosk serves it.
    pageDir: join(programsDir(), '../studio'),
    shipped: voiceDir(),
  })
  if (!studio.ok) {
    const why = studio.error === 'busy' ? 'is taken' : 'is not allowed'
    complain(`port ${port} ${why}: choose another --port`)
    return 2
  }
  const { url, close } = studio.value
  print(
    json ? JSON.stringify({ url }) : `${url}\nOpen it in Chromium on this machine; Ctrl-C ends.`,
  )
  await new Promise<void>((resolve) => {
    process.once('SIGINT', () => resolve())
    process.once('SIGTERM', () => resolve())
  })
  await close()
  return 0
}

/** The pack in a folder, made where there is none. The error is one line for a technician. */
async function packIn(
  dir: string,
  tag: string | null,
  name: string | null,
): Promise<Result<VoicePack, string>> {
  const found = await readVoicePack(dir)
  if (found.ok) {
    const { language } = found.value
    if (tag !== null && tag !== language) {
      return err(`holds ${language}: leave --tag out, or name another folder`)
    }
    await removeStrays(dir, found.value)
    return ok(name === null ? found.value : { ...found.value, name })
  }
  if (found.error.code !== 'missing') return err(languageRemedy(found.error))
  if (tag === null || name === null) {
    return err('no pack yet: --tag TAG (as km, sti, mtq) and --name NAME begin one')
  }
  if (!languageTagSchema.safeParse(tag).success) {
    return err('--tag takes a language by BCP 47: two or three small letters first, as km or sti')
  }
  const fresh = voicePackSchema.safeParse({
    version: 1,
    language: tag,
    name,
    texts: null,
    clips: {},
  })
  if (!fresh.success) return err('--name takes a name of 1 to 40 letters')
  await writePack(dir, fresh.data)
  return ok(fresh.data)
}
