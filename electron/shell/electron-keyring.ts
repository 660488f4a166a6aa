import type { KeyringAnswer, KeyringQuestion } from './keyring-link.ts'

/** The parts of Electron's `safeStorage` that are used; they work only after `ready`. */
export interface ElectronSafeStorage {
  isAsyncEncryptionAvailable(): Promise<boolean>
  encryptStringAsync(text: string): Promise<Buffer>
  decryptStringAsync(
    sealed: Buffer,
  ): Promise<{ readonly result: string; readonly shouldReEncrypt: boolean }>
  /** On Linux alone. */
  getSelectedStorageBackend(): string
}

/**
 * Answers the core's questions about the keyring. Whether one that protects nothing may be used is
 * the core's to decide; here it is only named. What fails is `failed`: the keyring's own words may
 * name the login.
 */
export function createKeyring(
  safeStorage: ElectronSafeStorage,
  platform: NodeJS.Platform,
): (question: KeyringQuestion) => Promise<KeyringAnswer> {
  return async (question) => {
    try {
      return await answer(question)
    } catch {
      return { kind: 'failed' }
    }
  }

  async function answer(question: KeyringQuestion): Promise<KeyringAnswer> {
    switch (question.kind) {
      case 'available':
        return { kind: 'state', state: await state() }
      case 'encrypt': {
        const sealed = await safeStorage.encryptStringAsync(question.text)
        return { kind: 'encrypted', sealed: sealed.toString('base64') }
      }
      case 'decrypt': {
        const sealed = Buffer.from(question.sealed, 'base64')
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(sealed)
        return { kind: 'decrypted', text: result, stale: shouldReEncrypt }
      }
    }
  }

  async function state(): Promise<Extract<KeyringAnswer, { kind: 'state' }>['state']> {
    if (platform === 'linux') {
      const backend = safeStorage.getSelectedStorageBackend()
      if (backend === 'basic_text' || backend === 'unknown') return backend
    }
    return (await safeStorage.isAsyncEncryptionAvailable()) ? 'ok' : 'absent'
  }
}
