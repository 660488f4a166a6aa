import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import {
  CLIP_LIMITS,
  coverageOf,
  linesOf,
  type Coverage,
  type JourneyCoverage,
} from '../../shared/speech/index.ts'
import { languageTagSchema, type VoicePack } from '../../shared/speech/schema.ts'
import { privateKeyIn } from '../ed25519.ts'
import { voiceDir } from '../resources-dir.ts'
import { kioskFiles, loadProfile, profileRemedy } from '../settings/index.ts'
import { readWorldFile } from '../training/index.ts'
import {
  checkClips,
  clipId,
  findLanguages,
  installLanguage,
  languageRemedy,
  readScript,
  readVoicePack,
  removeLanguage,
  signLanguage,
  textsIn,
  unsaidClips,
  type ClipProblem,
  type InstallProblem,
} from '../voice/index.ts'
import type { ExitCode, Run } from './command.ts'

/** Language packs: what a kiosk has, what is wrong with one, and how it gets onto a kiosk. */

/** `language list`: exit 1 where a pack lies there and is not offered. */
export const listLanguages: Run = async ({ dataDir, json, print, complain }) => {
  const key = await packKeyOf(dataDir)
  const found = await findLanguages({
    shipped: voiceDir(),
    loaded: kioskFiles(dataDir).languages,
    publicKey: key.ok ? key.value : null,
  })
  let exit: ExitCode = 0
  for (const { tag, dir, from, pack } of found) {
    if (!pack.ok) {
      exit = 1
      const remedy = languageRemedy(pack.error)
      if (json) print(JSON.stringify({ tag, from, offered: false, problem: remedy }))
      else print(`${tag}  not offered`)
      complain(`${tag}: ${remedy}`)
      continue
    }
    const { name, release = null, texts } = pack.value
    const { recorded, of } = await covered(dir, pack.value)
    const clips = Object.keys(pack.value.clips).length
    const hasTexts = texts !== null || tag === 'vi'
    if (json) {
      print(
        JSON.stringify({
          tag,
          name,
          from,
          offered: true,
          release,
          texts: hasTexts,
          clips,
          recorded,
          of,
        }),
      )
    } else {
      const how = hasTexts ? 'read and spoken' : 'only spoken'
      print(`${tag}  ${name}  ${how}, ${clips} clips, ${percent({ recorded, of })} recorded`)
    }
  }
  return exit
}

/** `language check DIR`: exit 1 where a clip is wrong; what is not recorded yet is not wrong. */
export const checkLanguage: Run = async ({ words: [dir = ''], json, print, complain }) => {
  const pack = await readVoicePack(dir)
  if (!pack.ok) {
    complain(`${dir}: ${languageRemedy(pack.error)}`)
    return 2
  }
  const { problems, strays } = await faultsOf(dir, pack.value)
  const coverage = await covered(dir, pack.value)
  if (json) {
    const { language, name } = pack.value
    print(JSON.stringify({ language, name, problems, strays, ...coverage }))
  } else {
    for (const { clip, text, problem } of problems) {
      print(`${clip} “${text}”: ${clipWords(problem)}`)
    }
    for (const file of strays) print(`${file}: belongs to no clip: take it away`)
    print(`recorded: ${coverage.recorded} of ${coverage.of} (${percent(coverage)})`)
    for (const one of coverage.journeys) print(`  ${percent(one)}  ${one.code} ${one.name}`)
  }
  return problems.length + strays.length === 0 ? 0 : 1
}

/** `language sign DIR --key FILE --version V`: exit 1: a clip is wrong, nothing was signed. */
export const signLanguagePack: Run = async (context) => {
  const {
    words: [dir = ''],
    key: keyFile,
    version,
    json,
    print,
    complain,
  } = context
  if (keyFile === null || version === null || version.trim() === '' || version.length > 40) {
    complain('--key FILE names the private key (PEM), --version V this issue of the pack')
    return 2
  }
  const key = await privateKeyIn(keyFile)
  if (key === null) {
    complain(`${keyFile}: no Ed25519 private key, PEM: openssl genpkey -algorithm ed25519`)
    return 2
  }
  const pack = await readVoicePack(dir)
  if (!pack.ok) {
    complain(`${dir}: ${languageRemedy(pack.error)}`)
    return 2
  }
  const { problems, strays } = await faultsOf(dir, pack.value)
  const bytes = Object.values(pack.value.clips).reduce((sum, clip) => sum + clip.bytes, 0)
  if (problems.length + strays.length > 0) {
    complain(`${dir}: not signed: kiosk language check ${dir} names what is wrong`)
    return 1
  }
  if (bytes > CLIP_LIMITS.PACK_BYTES) {
    complain(`${dir}: not signed: its clips are larger than ${CLIP_LIMITS.PACK_BYTES} bytes`)
    return 1
  }
  await signLanguage(dir, pack.value, version, key)
  const { language } = pack.value
  const clips = Object.keys(pack.value.clips).length
  print(json ? JSON.stringify({ ok: true, language, version, clips }) : `${dir}: signed, ${clips}`)
  return 0
}

/** `language load DIR`: exit 1: it is not believed; 2: this kiosk has no profile. */
export const loadLanguage: Run = async ({ words: [dir = ''], dataDir, json, print, complain }) => {
  const key = await packKeyOf(dataDir)
  if (!key.ok) {
    complain(key.error)
    return 2
  }
  process.umask(0o077)
  const shipped = (await findLanguages({ shipped: voiceDir(), loaded: '', publicKey: null })).map(
    ({ tag }) => tag,
  )
  const done = await installLanguage(dir, kioskFiles(dataDir).languages, key.value, shipped)
  if (!done.ok) {
    if (json) print(JSON.stringify({ ok: false, problem: done.error }))
    complain(`${dir}: ${installRemedy(done.error)}`)
    return 1
  }
  const { language, name, release = null } = done.value
  print(
    json
      ? JSON.stringify({ ok: true, language, name, release })
      : `${language} ${name}: installed; offered from the kiosk's next start on`,
  )
  return 0
}

/** `language remove TAG`: exit 1: it is not there. */
export const removeLanguagePack: Run = async ({
  words: [tag = ''],
  dataDir,
  json,
  print,
  complain,
}) => {
  const { success } = languageTagSchema.safeParse(tag)
  if (!success || !(await removeLanguage(kioskFiles(dataDir).languages, tag))) {
    complain(`no language ${tag} was loaded on this kiosk: kiosk language list`)
    return 1
  }
  print(
    json ? JSON.stringify({ ok: true, language: tag }) : `${tag}: removed, from the next start on`,
  )
  return 0
}

function installRemedy(problem: InstallProblem): string {
  if (problem.code === 'shipped') {
    return `the language ${problem.tag} comes with the kiosk and is not replaced: give the pack another --tag`
  }
  return languageRemedy(problem)
}

/**
 * Whose signature packs on this kiosk need (null: nobody's will do), or one line on what is wrong
 * with its profile. A kiosk in training has no profile, but a world with a key of its own.
 */
async function packKeyOf(dataDir: string): Promise<Result<string | null, string>> {
  const files = kioskFiles(dataDir)
  const profile = await loadProfile(files.profile)
  if (profile.ok) return ok(profile.value.procedureKey ?? null)
  const worldFile = join(files.training, 'world.json')
  const inTraining = await access(worldFile).then(
    () => true,
    () => false,
  )
  if (profile.error.code === 'missing' && inTraining) {
    return ok((await readWorldFile(worldFile)).packKey)
  }
  return err(profileRemedy(profile.error, files.profile))
}

/** What is wrong with a clip: its file, or that nobody says it. */
type Fault = ClipProblem | 'unknown-text'

async function faultsOf(dir: string, pack: VoicePack) {
  const { wrong, strays } = await checkClips(dir, pack)
  const lines = await linesIn(dir, pack)
  const faults: [string, Fault][] = [
    ...wrong,
    ...unsaidClips(pack, lines)
      .filter((id) => !wrong.has(id))
      .map((id): [string, Fault] => [id, 'unknown-text']),
  ]
  const problems = faults.map(([clip, problem]) => ({
    clip,
    text: pack.clips[clip]?.text ?? '',
    problem,
  }))
  return { problems, strays }
}

async function linesIn(dir: string, pack: VoicePack) {
  const script = await readScript(voiceDir())
  return linesOf(script, { tag: pack.language, texts: await textsIn(dir, pack) })
}

async function covered(
  dir: string,
  pack: VoicePack,
): Promise<Coverage & { readonly journeys: readonly JourneyCoverage[] }> {
  const script = await readScript(voiceDir())
  const lines = await linesIn(dir, pack)
  return coverageOf(script, lines, (clip) => clipId(clip) in pack.clips)
}

const percent = ({ recorded, of }: Coverage): string =>
  `${of === 0 ? 100 : Math.floor((100 * recorded) / of)} %`

/** What to do about a clip, in a few words. */
function clipWords(fault: Fault): string {
  switch (fault) {
    case 'missing':
      return 'its file is missing: record it again'
    case 'wrong-hash':
      return 'its file was changed behind the list: record it again'
    case 'truncated':
      return 'its file is cut off or no Ogg Opus: record it again'
    case 'wrong-length':
      return 'not as long as the list says, too short or too long: record it again'
    case 'silent':
      return 'nobody speaks: record it again'
    case 'too-soft':
      return 'too soft: record it again'
    case 'too-loud':
      return 'too loud: record it again'
    case 'another-text':
      return 'listed under the id of another text: record it again'
    case 'unknown-text':
      return 'no kiosk says this text any more: take file and line away'
  }
}
