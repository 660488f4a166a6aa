import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { receiptBytes, type Receipt, type ReceiptContent } from '../../portal/index.ts'

/** The key id of the sandbox's receipts. */
export const SANDBOX_KEY_ID = 'sandbox-1'

/** Signs receipts as a real portal would. */
export type Signer = {
  /** PEM by key id: what a kiosk's profile would hold. */
  readonly publicKeys: Readonly<Record<string, string>>
  sign(content: Omit<ReceiptContent, 'keyId'>): Receipt
}

/** Loads the sandbox's Ed25519 key from its folder; the first start makes it. */
export async function openSigner(dir: string): Promise<Signer> {
  const file = join(dir, 'receipt-key.pem')
  const made = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' })
  // An existing key wins: receipts of earlier runs must stay valid.
  await writeFile(file, made, { flag: 'wx', mode: 0o600 }).catch(() => {})
  const privateKey: KeyObject = createPrivateKey(await readFile(file, 'utf8'))
  const publicPem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' })
  return {
    publicKeys: { [SANDBOX_KEY_ID]: publicPem.toString() },
    sign(partial) {
      const content = { ...partial, keyId: SANDBOX_KEY_ID }
      const signature = sign(null, receiptBytes(content), privateKey).toString('base64')
      return { ...content, signature }
    },
  }
}
