import type { Timers } from '../timers.ts'
import { LINK_TIMES, type ToShell } from './core-link.ts'
import type { KeyringAnswer, KeyringQuestion } from './keyring-link.ts'

/** The shell's keyring as the core sees it. What does not work rejects. */
export interface ShellKeyring {
  available(): Promise<'ok' | 'absent' | 'basic_text' | 'unknown'>
  encrypt(text: string): Promise<Uint8Array>
  decrypt(sealed: Uint8Array): Promise<{ readonly text: string; readonly stale: boolean }>
}

/** Asks the shell, and hears its answers. A keyring that waits for a password has not answered. */
export function createShellKeyring(
  send: (message: ToShell) => void,
  timers: Pick<Timers, 'after'>,
): { readonly keyring: ShellKeyring; hear(id: number, answer: KeyringAnswer): void } {
  const waiting = new Map<number, (answer: KeyringAnswer) => void>()
  let asked = 0

  async function ask(question: KeyringQuestion): Promise<KeyringAnswer> {
    asked += 1
    const id = asked
    const { promise, resolve } = Promise.withResolvers<KeyringAnswer>()
    waiting.set(id, resolve)
    const cancel = timers.after(LINK_TIMES.KEYRING_MS, () => resolve({ kind: 'failed' }))
    send({ type: 'keyring', id, question })
    try {
      return await promise
    } finally {
      cancel()
      waiting.delete(id)
    }
  }

  return {
    keyring: {
      async available() {
        const answer = await ask({ kind: 'available' })
        return answer.kind === 'state' ? answer.state : 'absent'
      },
      async encrypt(text) {
        const answer = await ask({ kind: 'encrypt', text })
        if (answer.kind !== 'encrypted') throw new Error('the keyring did not seal')
        return Buffer.from(answer.sealed, 'base64')
      },
      async decrypt(sealed) {
        const text = Buffer.from(sealed).toString('base64')
        const answer = await ask({ kind: 'decrypt', sealed: text })
        if (answer.kind !== 'decrypted') throw new Error('the keyring did not open')
        return { text: answer.text, stale: answer.stale }
      },
    },
    hear: (id, answer) => waiting.get(id)?.(answer),
  }
}
