import { readFile, stat } from 'node:fs/promises'
import { unreachable } from '../../shared/domain/result.ts'
import { kioskSchemas, kioskVaults, openKioskStore } from '../open-store.ts'
import { kioskFiles, loadProfile } from '../settings/index.ts'
import { recoverStore, type RecoverProblem, type Renewal } from '../store/index.ts'
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
  if (!(await isOwnKiosk(context))) return 2
  const files = kioskFiles(dataDir)
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

/**
 * `store rotate`: a new key for everything on a kiosk that does not run, and the old one is
 * destroyed. Exit 0 when it is, 1 when something still needs the old one, 2 when nothing was done.
 */
export const rotateKiosk: Run = async (context) => {
  const { dataDir, complain } = context
  if (!(await isOwnKiosk(context))) return 2
  const files = kioskFiles(dataDir)
  process.umask(0o077)
  const profile = await loadProfile(files.profile)
  const opened = await openKioskStore({
    files,
    training: false,
    recoveryKeyPem: profile.ok ? profile.value.recoveryKey : undefined,
    kioskId: profile.ok ? profile.value.kioskId : null,
    vaults: kioskVaults(false, null),
    nowMs: Date.now(),
    rotate: true,
    log(event, details) {
      const code = String(details?.['code'])
      // What became of the rotation is said below.
      if (event === 'alarm' && !code.startsWith('rotation-')) complain(`alarm: ${code}`)
    },
  })
  if (!opened.ok) {
    complain(opened.error.message)
    return 2
  }
  const { store, keys, renewal } = opened.value
  store.close()
  return sayRenewal(context, renewal, keys.name)
}

function sayRenewal(
  { json, print, complain }: CommandContext,
  renewal: Renewal | null,
  keptBy: string,
): ExitCode {
  if (renewal === null) throw new Error('a rotation that was ordered was not begun')
  switch (renewal.kind) {
    case 'rotated': {
      const { rewrapped, unreadable } = renewal.report
      if (json) print(JSON.stringify({ rewrapped, unreadable, keptBy }))
      else print(`new key in ${keptBy}; ${rewrapped} data keys are under it`)
      if (unreadable === 0) return 0
      complain(
        `${unreadable} data keys do not open: keep the folder, the old key may stay for them`,
      )
      return 1
    }
    case 'held-back':
      complain(
        `the key was not replaced: ${renewal.unreadable} filings do not open and may need it; move their folders from outbox/ to a safe place, then do it again`,
      )
      return 1
    case 'failed':
      complain(
        `the key was not replaced (${renewal.reason}): check the TPM and the disk; the kiosk works with the keys it has`,
      )
      return 2
    default:
      return unreachable(renewal)
  }
}

/** Whether there is a kiosk that this user may work on; where not, it was said. */
async function isOwnKiosk({ dataDir, complain }: CommandContext): Promise<boolean> {
  const { store } = kioskFiles(dataDir)
  const owner = await stat(store).catch(() => null)
  if (owner === null) {
    complain(`no kiosk data: name the kiosk's folder with --data-dir, not ${dataDir}`)
    return false
  }
  // Files of another owner would lock the kiosk's own core out.
  if (process.getuid !== undefined && process.getuid() !== owner.uid) {
    complain(`not the owner of ${store}: run this as user ${owner.uid} (sudo -u '#${owner.uid}')`)
    return false
  }
  return true
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
