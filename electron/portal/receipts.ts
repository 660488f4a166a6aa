import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { canonicalJson } from '../../shared/domain/canonical-json.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { receiptSchema, type ManifestEntry, type Receipt, type ReceiptContent } from './contract.ts'

/** Why something that came as a receipt is none. */
export type ReceiptProblem =
  | 'receipt-malformed'
  | 'receipt-other-filing'
  | 'receipt-other-bytes'
  | 'receipt-other-attachments'
  | 'receipt-unknown-key'
  | 'receipt-signature'

/** What the receipt must be about. */
export type ReceiptExpectation = {
  readonly clientRef: string
  readonly bodySha256: string
  /** The manifest of the filing; none where left out. */
  readonly attachments?: readonly ManifestEntry[]
  readonly keys: ReadonlyMap<string, KeyObject>
}

/** The bytes that a portal signs. */
export function receiptBytes(content: ReceiptContent): Uint8Array {
  const { clientRef, dossierCode, receivedAt, bodySha256, attachments, keyId } = content
  return Buffer.from(
    canonicalJson({ clientRef, dossierCode, receivedAt, bodySha256, attachments, keyId }),
    'utf8',
  )
}

/** Accepts a receipt only if form, filing, every digest, key and signature are all right. */
export function verifyReceipt(
  value: unknown,
  expected: ReceiptExpectation,
): Result<Receipt, ReceiptProblem> {
  const parsed = receiptSchema.safeParse(value)
  if (!parsed.success) return err('receipt-malformed')
  const receipt = parsed.data
  if (receipt.clientRef !== expected.clientRef) return err('receipt-other-filing')
  if (receipt.bodySha256 !== expected.bodySha256) return err('receipt-other-bytes')
  if (!sameManifest(receipt.attachments, expected.attachments ?? [])) {
    return err('receipt-other-attachments')
  }
  const key = expected.keys.get(receipt.keyId)
  if (key === undefined) return err('receipt-unknown-key')
  const signature = Buffer.from(receipt.signature, 'base64')
  return verify(null, receiptBytes(receipt), key, signature)
    ? ok(receipt)
    : err('receipt-signature')
}

/** The same papers; their order means nothing. */
function sameManifest(left: readonly ManifestEntry[], right: readonly ManifestEntry[]): boolean {
  const lines = (papers: readonly ManifestEntry[]) =>
    papers.map(({ id, sha256, size }) => `${id} ${sha256} ${size}`).sort()
  return lines(left).join('\n') === lines(right).join('\n')
}

/** An Ed25519 public key from PEM or from its 32 raw bytes in base64; null if it is neither. */
export function parseReceiptKey(text: string): KeyObject | null {
  try {
    const raw = Buffer.from(text, 'base64')
    const key = text.includes('BEGIN')
      ? createPublicKey(text)
      : createPublicKey({
          key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
          format: 'jwk',
        })
    return key.asymmetricKeyType === 'ed25519' ? key : null
  } catch {
    return null
  }
}
