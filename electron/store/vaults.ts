import { err, ok, type Result } from '../../shared/domain/result.ts'

/** What can keep this kiosk's key, the strongest first. */
export const vaultNames = ['systemd-creds', 'safe-storage', 'key-file'] as const
export type VaultName = (typeof vaultNames)[number]

/**
 * Why a vault may not be used.
 * - `absent`: its program, chip or keyring is not there.
 * - `basic_text`: the keyring is a password that everybody knows.
 * - `unknown`: nobody can say where the keyring keeps its key.
 */
export type VaultRefusal = 'absent' | 'basic_text' | 'unknown'

/** A vault that could not seal or open the key. `reason` is a code, never contents. */
export type VaultProblem = { readonly code: 'vault'; readonly reason: string }

/** A secret that a vault has opened. `stale`: it wants to seal it anew, under a newer key of its own. */
export type Revealed = { readonly secret: Uint8Array; readonly stale: boolean }

/** Keeps a small secret for this machine or this login. The ring stores what `protect` gives. */
export type KeyVault = {
  readonly name: VaultName
  /** `ok`, or why it may not be used. */
  available(): Promise<'ok' | VaultRefusal>
  protect(secret: Uint8Array): Promise<Result<Uint8Array, VaultProblem>>
  reveal(kept: Uint8Array): Promise<Result<Revealed, VaultProblem>>
}

/**
 * The last resort: the key lies in a file that only its owner may read, on a disk that is
 * encrypted as a whole. The ring refuses the file where others may read it.
 */
export const keyFileVault: KeyVault = {
  name: 'key-file',
  available: async () => 'ok',
  protect: async (secret) => ok(secret),
  reveal: async (kept) => ok({ secret: kept, stale: false }),
}

/**
 * What the Electron shell offers of its asynchronous safeStorage. `available` tells the selected
 * backend: `basic_text` and `unknown` protect nothing.
 */
export type SafeStoragePort = {
  available(): Promise<'ok' | VaultRefusal>
  encrypt(text: string): Promise<Uint8Array>
  decrypt(sealed: Uint8Array): Promise<{ readonly text: string; readonly stale: boolean }>
}

/** libsecret or kwallet through the shell. */
export function safeStorageVault(port: SafeStoragePort): KeyVault {
  return {
    name: 'safe-storage',
    available: () => port.available().catch(() => 'absent' as const),
    protect: (secret) => attempt(() => port.encrypt(Buffer.from(secret).toString('base64'))),
    reveal: (kept) =>
      attempt(async () => {
        const { text, stale } = await port.decrypt(kept)
        return { secret: Buffer.from(text, 'base64'), stale }
      }),
  }
}

async function attempt<T>(run: () => Promise<T>): Promise<Result<T, VaultProblem>> {
  try {
    return ok(await run())
  } catch {
    // The keyring's own words may name the login; they are not kept.
    return err({ code: 'vault', reason: 'safe-storage' })
  }
}
