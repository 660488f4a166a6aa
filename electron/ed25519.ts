import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** An Ed25519 public key from its PEM; null where it is none. */
export function publicKeyOf(pem: string): KeyObject | null {
  try {
    return ed25519(createPublicKey(pem))
  } catch {
    return null
  }
}

/** The Ed25519 private key in a PEM file; null where there is none. */
export async function privateKeyIn(file: string): Promise<KeyObject | null> {
  try {
    return ed25519(createPrivateKey(await readFile(file, 'utf8')))
  } catch {
    return null
  }
}

const ed25519 = (key: KeyObject): KeyObject | null =>
  key.asymmetricKeyType === 'ed25519' ? key : null
