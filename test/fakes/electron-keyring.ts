import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import type { ElectronSafeStorage } from '../../electron/shell/electron-keyring.ts'

/**
 * Electron's `safeStorage` over a keyring that the test handles. As 45 describes it: it works only
 * after `ready`, opens nothing that another keyring sealed, and says when a newer key is there.
 */
export function createSafeStorage(isReady: () => boolean) {
  const keyring = {
    /** What `getSelectedStorageBackend` names once Electron is ready. */
    backend: 'gnome_libsecret',
    unlocked: true,
    /** It asks somebody for a password, and nobody answers. */
    prompts: false,
    /** Newest first. */
    keys: [randomBytes(32)],
    /** The keyring makes itself a newer key and keeps the old one. */
    renew: () => void keyring.keys.unshift(randomBytes(32)),
    /** The login was set up anew: what the old one sealed is lost. */
    reset: () => void keyring.keys.splice(0, keyring.keys.length, randomBytes(32)),
  }

  async function unlocked(): Promise<void> {
    if (!isReady()) throw new Error('safeStorage works only after app is ready')
    if (keyring.prompts) await new Promise<never>(() => {})
    if (!keyring.unlocked) throw new Error('Encryption is not available.')
  }

  const safeStorage = {
    getSelectedStorageBackend: () => (isReady() ? keyring.backend : 'unknown'),
    isAsyncEncryptionAvailable: () =>
      unlocked().then(
        () => true,
        () => false,
      ),
    async encryptStringAsync(text: string) {
      await unlocked()
      const [newest] = keyring.keys
      if (newest === undefined) throw new Error('a keyring has a key')
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', newest, nonce)
      return Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()])
    },
    async decryptStringAsync(sealed: Buffer) {
      await unlocked()
      for (const [age, key] of keyring.keys.entries()) {
        const result = open(key, sealed)
        if (result !== null) return { result, shouldReEncrypt: age > 0 }
      }
      throw new Error('Error while decrypting the ciphertext provided to safeStorage.')
    },
  } satisfies ElectronSafeStorage
  return { safeStorage, keyring }
}

function open(key: Buffer, sealed: Buffer): string | null {
  const options = { authTagLength: 16 }
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12), options)
  decipher.setAuthTag(sealed.subarray(-16))
  try {
    return decipher.update(sealed.subarray(12, -16), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    return null
  }
}
