import { stat } from 'node:fs/promises'
import { kioskVaults, openKioskStore } from '../open-store.ts'
import { createTransferAlone, type Transfer } from '../outbox/index.ts'
import { kioskFiles, loadProfile } from '../settings/index.ts'
import type { CommandContext } from './command.ts'
import { noKioskData, storedKioskId } from './filings.ts'

/** The transfer of a kiosk that does not run. `close` gives its store free. */
export type StoppedKiosk = { readonly transfer: Transfer; close(): void }

/**
 * Opens the store of a kiosk whose core does not run, or does not come up. Its profile may be lost:
 * the store remembers the kiosk's id. `takesIn`: what comes in is sealed to the province's recovery
 * key as well; a wrong one need not keep anything from going out. Null where the store cannot be
 * opened, which was said then.
 */
export async function openStoppedKiosk(
  { dataDir, complain }: CommandContext,
  takesIn: boolean,
): Promise<StoppedKiosk | null> {
  const files = kioskFiles(dataDir)
  const store = await stat(files.store).catch(() => null)
  if (store === null) {
    complain(noKioskData(dataDir))
    return null
  }
  // What another user's program creates there, the kiosk itself could not open any more.
  if (process.getuid !== undefined && store.uid !== process.getuid()) {
    complain(`${files.store} belongs to another user: run this as the user of the kiosk`)
    return null
  }
  process.umask(0o077)
  const profile = await loadProfile(files.profile)
  const opened = await openKioskStore({
    files,
    training: false,
    recoveryKeyPem: takesIn && profile.ok ? profile.value.recoveryKey : undefined,
    kioskId: profile.ok ? profile.value.kioskId : null,
    vaults: kioskVaults(false, null),
    nowMs: Date.now(),
    log: (event, details) => {
      if (event === 'alarm') complain(`alarm: ${String(details?.['code'])}`)
    },
  })
  if (!opened.ok) {
    complain(opened.error.message)
    return null
  }
  const { value: kiosk } = opened
  const kioskId = profile.ok ? profile.value.kioskId : storedKioskId(kiosk.store.db)
  if (kioskId === null) {
    kiosk.store.close()
    complain(`nobody knows the id of this kiosk: put its profile back at ${files.profile}`)
    return null
  }
  const transfer = createTransferAlone({ ...kiosk, clock: Date, kioskId, log: () => {} })
  return { transfer, close: () => kiosk.store.close() }
}
