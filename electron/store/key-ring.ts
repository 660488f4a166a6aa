import { randomBytes } from 'node:crypto'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { filingsAtRest } from './at-rest.ts'
import {
  createKeyFile,
  destroyKeyFile,
  listKeyFiles,
  readKeyFile,
  type KeyFile,
} from './key-files.ts'
import { createKeyProvider, GCM, macRootOf, type KeyProvider, type UnwrapProblem } from './keys.ts'
import { createRecoveryWrap } from './recovery-wrap.ts'
import { systemCode } from './sqlite.ts'
import type { KeyVault, VaultName, VaultProblem, VaultRefusal } from './vaults.ts'

/**
 * Why a key could not be made or opened.
 * - `exposed`: group or others may read the key file.
 * - `damaged`: what the vault gave is not a key.
 * - `vault`: the vault itself failed.
 */
export type RingKeyProblem =
  | { readonly code: 'exposed' }
  | { readonly code: 'damaged' }
  | { readonly code: 'io'; readonly reason: string }
  | VaultProblem

/**
 * Why there is no key ring. The kiosk is locked then, with `undelivered` filings waiting; nothing
 * has been written.
 * - `no-vault`: a new kiosk, and none of the vaults may be used here.
 * - `key-missing`: filings lie in the store, and no key in the folder.
 * - `provider-changed`: the vault that keeps the key may not be used any more (`reason`), or
 *   another one (`found`) would be used now.
 * - `bad-recovery-key`: the profile's recovery key is not an X25519 public key.
 */
export type KeyRingProblem = { readonly undelivered: number } & (
  | RingKeyProblem
  | {
      readonly code: 'no-vault'
      readonly refused: readonly { readonly name: VaultName; readonly reason: VaultRefusal }[]
    }
  | { readonly code: 'key-missing' }
  | {
      readonly code: 'provider-changed'
      readonly remembered: string
      readonly found: VaultName | null
      readonly reason: VaultRefusal | null
    }
  | { readonly code: 'bad-recovery-key' }
)

/** The current key, and older ones while something is still wrapped by them. */
export type KeyRing = KeyProvider & {
  /** Ids of the older keys; not empty means that a rotation was begun and not ended. */
  readonly older: readonly string[]
  /** The vault wants the current key sealed anew: rotate it. */
  readonly stale: boolean
  /** Makes a new current key, durable when it resolves; in another vault if one is named. */
  renew(vault?: VaultName): Promise<Result<void, RingKeyProblem>>
  /** Destroys an older key. The caller knows that nothing is wrapped by it any more. */
  destroy(kekId: string): Promise<Result<void, RingKeyProblem>>
}

type KeyRingOptions = {
  /** Folder of the keys. */
  readonly dir: string
  /** Folder of the store, which is looked into before a key is made. */
  readonly storeDir: string
  /** Vaults in the order of preference. */
  readonly candidates: readonly KeyVault[]
  /** A rehearsal accepts a keyring that protects nothing. */
  readonly training: boolean
  /** The province's X25519 public key in PEM, from the profile. */
  readonly recoveryKeyPem?: string | undefined
  /** A technician's word: the earlier keys are lost for good, make a new one. */
  readonly replaceLost?: boolean
}

/** 32 bytes of key, then 32 bytes for keyed hashes, which a rotation carries over. */
type Secret = { readonly kek: Uint8Array; readonly macRoot: Uint8Array }
type Held = {
  readonly file: KeyFile
  readonly secret: Secret
  readonly keys: KeyProvider
  readonly stale: boolean
}

/** Opens the keys of this kiosk; the first start makes one in the first vault that may be used. */
export async function openKeyRing(
  options: KeyRingOptions,
): Promise<Result<KeyRing, KeyRingProblem>> {
  const { dir, storeDir, candidates, training, recoveryKeyPem, replaceLost = false } = options
  const { undelivered, provider } = await filingsAtRest(storeDir)
  const recovery = recoveryKeyPem === undefined ? undefined : createRecoveryWrap(recoveryKeyPem)
  if (recovery?.ok === false) return err({ code: 'bad-recovery-key', undelivered })
  const wrapForRecovery = recovery?.value

  const refusal = async (vault: KeyVault | undefined): Promise<VaultRefusal | null> => {
    const state = (await vault?.available()) ?? 'absent'
    return state === 'ok' || (training && state !== 'absent') ? null : state
  }
  const refused: { name: VaultName; reason: VaultRefusal }[] = []
  const firstUsable = async (): Promise<KeyVault | undefined> => {
    for (const vault of candidates) {
      const reason = await refusal(vault)
      if (reason === null) return vault
      refused.push({ name: vault.name, reason })
    }
    return undefined
  }
  const vaultOf = (name: string) => candidates.find((vault) => vault.name === name)

  const hold = (file: KeyFile, secret: Secret, stale: boolean): Held => {
    const extra = wrapForRecovery === undefined ? {} : { wrapForRecovery }
    const { kek, macRoot } = secret
    const keys = createKeyProvider(kek, { name: file.vault, macRoot, ...extra })
    return { file, secret, keys, stale }
  }

  const openFile = async (file: KeyFile): Promise<Result<Held, RingKeyProblem>> => {
    const vault = vaultOf(file.vault)
    if (vault === undefined) return err({ code: 'vault', reason: 'absent' })
    const kept = await readKeyFile(file)
    if (!kept.ok) return kept
    const revealed = await vault.reveal(kept.value)
    if (!revealed.ok) return revealed
    const parts = splitSecret(revealed.value.secret)
    if (parts === undefined) return err({ code: 'damaged' })
    return ok(hold(file, parts, revealed.value.stale))
  }

  const make = async (
    vault: KeyVault,
    generation: number,
    macRoot: Uint8Array,
  ): Promise<Result<Held, RingKeyProblem>> => {
    const kek = randomBytes(GCM.KEY_BYTES)
    const secret = Buffer.concat([kek, macRoot])
    const kept = await vault.protect(secret)
    if (!kept.ok) return kept
    const back = await vault.reveal(kept.value)
    if (!back.ok) return back
    // A vault that cannot give back what it took must not seal a single filing.
    if (!secret.equals(back.value.secret)) return err({ code: 'vault', reason: 'not-given-back' })
    const file = await createKeyFile(dir, vault.name, generation, kept.value)
    if (file !== undefined) return ok(hold(file, { kek, macRoot }, false))
    // Another core was faster.
    const [newest] = await listKeyFiles(dir)
    return newest === undefined ? err({ code: 'io', reason: 'ENOENT' }) : openFile(newest)
  }

  try {
    const files = await listKeyFiles(dir)
    const [newest] = files
    if (newest === undefined || replaceLost) {
      if (undelivered > 0 && !replaceLost) return err({ code: 'key-missing', undelivered })
      const vault = await firstUsable()
      if (vault === undefined) return err({ code: 'no-vault', refused, undelivered })
      if (provider !== null && provider !== vault.name && !replaceLost) {
        const reason = refused.find(({ name }) => name === provider)?.reason ?? null
        const found = vault.name
        return err({ code: 'provider-changed', remembered: provider, found, reason, undelivered })
      }
      const last = newest?.generation ?? 0
      const generation = replaceLost ? nextThousand(last) : last + 1
      const made = await make(vault, generation, randomBytes(GCM.KEY_BYTES))
      if (!made.ok) return err({ ...made.error, undelivered })
      return ok(createRing([made.value, ...(await openOlder(files))]))
    }
    const reason = await refusal(vaultOf(newest.vault))
    if (reason !== null) {
      const found = (await firstUsable())?.name ?? null
      const remembered = newest.vault
      return err({ code: 'provider-changed', remembered, found, reason, undelivered })
    }
    // A move to another vault leaves a key of each until it is done.
    if (provider !== null && files.every(({ vault }) => vault !== provider)) {
      const found = newest.vault
      const reason = null
      return err({ code: 'provider-changed', remembered: provider, found, reason, undelivered })
    }
    const current = await openFile(newest)
    if (!current.ok) return err({ ...current.error, undelivered })
    return ok(createRing([current.value, ...(await openOlder(files.slice(1)))]))
  } catch (cause) {
    const reason = systemCode(cause)
    if (reason === undefined) throw cause
    return err({ code: 'io', reason, undelivered })
  }

  /** An older key that does not open is left out: the store tells whether a filing needs it. */
  async function openOlder(files: readonly KeyFile[]): Promise<Held[]> {
    const held: Held[] = []
    for (const file of files) {
      const opened = await openFile(file)
      if (opened.ok) held.push(opened.value)
    }
    return held
  }

  function createRing(initial: readonly Held[]): KeyRing {
    let held = initial
    const current = (): Held => {
      const [first] = held
      if (first === undefined) throw new Error('a key ring has a key')
      return first
    }
    const guarded = async (
      run: () => Promise<Result<void, RingKeyProblem>>,
    ): Promise<Result<void, RingKeyProblem>> => {
      try {
        return await run()
      } catch (cause) {
        const reason = systemCode(cause)
        if (reason === undefined) throw cause
        return err({ code: 'io', reason })
      }
    }
    return {
      get name() {
        return current().keys.name
      },
      get kekId() {
        return current().keys.kekId
      },
      get kekIds() {
        return held.map(({ keys }) => keys.kekId)
      },
      get older() {
        return held.slice(1).map(({ keys }) => keys.kekId)
      },
      get stale() {
        return current().stale
      },
      wrap: (dek) => current().keys.wrap(dek),
      wrapForRecovery: (dek) => current().keys.wrapForRecovery(dek),
      unwrap(kekId, wrapped): Result<Uint8Array, UnwrapProblem> {
        const owner = held.find(({ keys }) => keys.kekId === kekId)
        return owner?.keys.unwrap(kekId, wrapped) ?? err({ code: 'unknown-key' })
      },
      mac: (purpose, text) => current().keys.mac(purpose, text),
      renew: (name) =>
        guarded(async () => {
          const { file, secret } = current()
          const vault = vaultOf(name ?? file.vault)
          const reason = await refusal(vault)
          if (vault === undefined || reason !== null) {
            return err({ code: 'vault', reason: reason ?? 'absent' })
          }
          const made = await make(vault, file.generation + 1, secret.macRoot)
          if (!made.ok) return made
          held = [made.value, ...held]
          return ok(undefined)
        }),
      destroy: (kekId) =>
        guarded(async () => {
          const gone = held.find(({ keys }) => keys.kekId === kekId)
          if (gone === undefined || gone === current()) throw new Error('not an older key')
          await destroyKeyFile(dir, gone.file)
          gone.secret.kek.fill(0)
          held = held.filter((one) => one !== gone)
          return ok(undefined)
        }),
    }
  }
}

/** Where a lost key is replaced: no kept copy of a lost one, put back later, has this name. */
function nextThousand(generation: number): number {
  return 1000 * (Math.floor(generation / 1000) + 1)
}

/** A key file of the first version has no second half. */
function splitSecret(secret: Uint8Array): Secret | undefined {
  const kek = secret.subarray(0, GCM.KEY_BYTES)
  if (secret.length === GCM.KEY_BYTES) return { kek, macRoot: macRootOf(kek) }
  if (secret.length !== 2 * GCM.KEY_BYTES) return undefined
  return { kek, macRoot: secret.subarray(GCM.KEY_BYTES) }
}
