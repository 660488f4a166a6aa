import { readFile, stat } from 'node:fs/promises'
import { unreachable } from '../../shared/domain/result.ts'
import { kioskSchemas, kioskVaults } from '../open-store.ts'
import { kioskFiles, loadProfile } from '../settings/index.ts'
import { recoverStore, type RecoverProblem } from '../store/index.ts'
import { keyTrouble, storeTrouble } from '../trouble.ts'
import type { CommandContext, ExitCode, Run } from './command.ts'

/** A key in PEM has a few hundred bytes. */
const KEY_MAX_BYTES = 16 * 1024

/**
 * `store recover --key FILE`: the way out of the locked mode, by the province's private key. Exit 0
 * when every filing opens again, 1 when some do not or none was lost, 2 when nothing was done.
 */
export const recoverKiosk: Run = async (context) => {
  const { dataDir, json, key, print, complain } = context
  if (key === null) return usage(context)
  const files = kioskFiles(dataDir)
  const owner = await stat(files.store).catch(() => null)
  if (owner === null) {
    complain(`no kiosk data: name the kiosk's folder with --data-dir, not ${dataDir}`)
    return 2
  }
  // Files of another owner would lock the kiosk's own core out.
  if (process.getuid !== undefined && process.getuid() !== owner.uid) {
    complain(
      `not the owner of ${files.store}: run this as user ${owner.uid} (sudo -u '#${owner.uid}')`,
    )
    return 2
  }
  const privateKeyPem = await readKey(key)
  if (privateKeyPem === null) {
    complain(`no key can be read from ${key}: give the file of the province's private key`)
    return 2
  }
  const profile = await loadProfile(files.profile)
  const done = await recoverStore({
    dir: files.store,
    keysDir: files.keys,
    candidates: kioskVaults(false, null),
    schemas: kioskSchemas,
    privateKeyPem,
    recoveryKeyPem: profile.ok ? profile.value.recoveryKey : undefined,
  })
  if (!done.ok) {
    complain(remedy(done.error, files, key))
    return done.error.code === 'not-locked' ? 1 : 2
  }
  const { recovered, unreadable, keptBy } = done.value
  if (json) print(JSON.stringify(done.value))
  else print(`${recovered} filings open again, ${unreadable} do not; new key in ${keptBy}`)
  return unreadable === 0 ? 0 : 1
}

function usage({ complain }: CommandContext): ExitCode {
  complain('usage: kiosk store recover --key FILE')
  return 2
}

async function readKey(file: string): Promise<string | null> {
  const bytes = await readFile(file).catch(() => null)
  return bytes === null || bytes.length > KEY_MAX_BYTES ? null : bytes.toString('utf8')
}

function remedy(
  problem: RecoverProblem,
  { keys, store }: ReturnType<typeof kioskFiles>,
  keyFile: string,
): string {
  switch (problem.code) {
    case 'bad-key':
      return `${keyFile} is no X25519 private key in PEM: give the province's recovery key`
    case 'not-locked':
      return "nothing to recover: the kiosk's own key opens all of its filings"
    case 'opens-nothing':
      return `this key opens none of the ${problem.lost} filings: bring the one that the profile named`
    case 'keys':
      return keyTrouble(problem.problem, keys).message
    case 'store':
      return storeTrouble(problem.problem, store).message
    default:
      return unreachable(problem)
  }
}
