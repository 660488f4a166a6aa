import { ok, type Result } from '../shared/domain/result.ts'
import { loadConfiguration, type Configuration } from './configuration.ts'
import type { Log } from './log.ts'
import { kioskVaults, openKioskStore, type OpenedStore } from './open-store.ts'
import { kioskFiles } from './settings/index.ts'
import type { CoreOptions } from './shell/core-link.ts'
import type { SafeStoragePort } from './store/index.ts'
import type { Trouble } from './trouble.ts'

/** What a kiosk cannot serve without, opened. */
type Ready = Configuration & OpenedStore

type Looking = {
  readonly log: Log
  /** The login's keyring; null where the shell has none. */
  readonly keyring: SafeStoragePort | null
}

/** Looks for everything that can be missing, in order. Sends nothing and shows nothing. */
export async function makeReady(
  options: CoreOptions,
  { log, keyring }: Looking,
): Promise<Result<Ready, Trouble>> {
  const configured = await loadConfiguration(options)
  if (!configured.ok) return configured
  const { profile, portal } = configured.value
  const opened = await openKioskStore({
    files: kioskFiles(options.dataDir),
    training: options.training,
    recoveryKeyPem: profile.recoveryKey,
    kioskId: profile.kioskId,
    nowMs: Date.now(),
    log,
    vaults: kioskVaults(options.training, keyring),
  })
  if (opened.ok) return ok({ ...configured.value, ...opened.value })
  await portal.close()
  return opened
}

/** Whether a kiosk that is out of service could serve now. */
export async function couldServe(options: CoreOptions, surroundings: Looking): Promise<boolean> {
  const ready = await makeReady(options, surroundings)
  if (!ready.ok) return false
  ready.value.store.close()
  await ready.value.portal.close()
  return true
}
