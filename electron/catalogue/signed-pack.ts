import { createHash, sign, verify, type KeyObject } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { publicKeyOf } from '../ed25519.ts'
import { readPackFiles, type PackFiles } from './pack-files.ts'

/**
 * A commune's own procedures, and its overrides of built-in ones: a folder as the built-in one, with
 * `pack.json` (the SHA-256 of each file) and `pack.sig` (Ed25519 over the bytes of `pack.json`,
 * base64) beside the files. Whoever can write on the kiosk's disk, or swaps a stick, cannot change
 * what a citizen is asked.
 */
const MANIFEST = 'pack.json'
const SIGNATURE = 'pack.sig'

const manifestSchema = z.strictObject({
  format: z.literal(1),
  /** What it is, and which issue of it, for technicians. */
  name: z.string().min(1).max(100),
  version: z.string().min(1).max(40),
  files: z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)),
})
type Manifest = z.infer<typeof manifestSchema>

/** Why a pack is not believed. */
export type SignatureProblem =
  | { readonly code: 'no-manifest' }
  | { readonly code: 'no-signature' }
  | { readonly code: 'bad-key' }
  | { readonly code: 'bad-signature' }
  /** It is not as it was when it was signed. */
  | { readonly code: 'changed' | 'missing' | 'not-listed'; readonly file: string }

/** A pack that is as its signer made it. */
export interface BelievedPack {
  readonly name: string
  readonly version: string
  readonly files: PackFiles
}

/** Signs a folder of procedures as it stands. */
export async function signPack(
  dir: string,
  about: { readonly name: string; readonly version: string },
  privateKey: KeyObject,
): Promise<void> {
  const files = await packFilesOf(dir)
  const manifest: Manifest = {
    format: 1,
    ...about,
    files: Object.fromEntries([...files].map(([file, text]) => [file, digest(text ?? '')])),
  }
  const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`, 'utf8')
  await writeFile(join(dir, MANIFEST), bytes)
  await writeFile(join(dir, SIGNATURE), `${sign(null, bytes, privateKey).toString('base64')}\n`)
}

/** Reads a pack and believes it only whole: each file as listed, none beside them. */
export async function openSignedPack(
  dir: string,
  publicKeyPem: string,
): Promise<Result<BelievedPack, SignatureProblem>> {
  const bytes = await readFile(join(dir, MANIFEST)).catch(() => null)
  if (bytes === null) return err({ code: 'no-manifest' })
  const signature = await readFile(join(dir, SIGNATURE), 'utf8').catch(() => null)
  if (signature === null) return err({ code: 'no-signature' })
  const key = publicKeyOf(publicKeyPem)
  if (key === null) return err({ code: 'bad-key' })
  if (!verify(null, bytes, key, Buffer.from(signature.trim(), 'base64'))) {
    return err({ code: 'bad-signature' })
  }
  const manifest = parseManifest(bytes)
  if (manifest === null) return err({ code: 'no-manifest' })
  const files = await packFilesOf(dir)
  for (const [file, sha256] of Object.entries(manifest.files)) {
    const text = files.get(file) ?? null
    if (text === null) return err({ code: 'missing', file })
    if (digest(text) !== sha256) return err({ code: 'changed', file })
  }
  for (const file of files.keys()) {
    if (!Object.hasOwn(manifest.files, file)) return err({ code: 'not-listed', file })
  }
  return ok({ name: manifest.name, version: manifest.version, files })
}

async function packFilesOf(dir: string): Promise<PackFiles> {
  const files = await readPackFiles(dir)
  return new Map([...files].filter(([file]) => file !== MANIFEST))
}

const digest = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

function parseManifest(bytes: Uint8Array): Manifest | null {
  try {
    const parsed = manifestSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
