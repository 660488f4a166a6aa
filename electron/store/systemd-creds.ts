import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { systemCode } from './sqlite.ts'
import type { KeyVault, VaultProblem } from './vaults.ts'

/** Limits of the child process. */
export const SYSTEMD_CREDS_LIMITS = {
  /** A TPM may take seconds; one that takes longer hangs. */
  TIMEOUT_MS: 20_000,
  /** A sealed key is below 2 KiB. */
  OUTPUT_MAX_BYTES: 64 * 1024,
} as const

/** The name is sealed in: a credential made for another purpose does not open. */
const CREDENTIAL = 'mot-cua-kiosk-key'

type Options = {
  /** Where the program is looked for; the process's own environment if not given. */
  readonly env?: NodeJS.ProcessEnv
}

/**
 * A TPM2-sealed key, through systemd's own program, so that no TPM library is part of the kiosk.
 * PCR 7 (Secure Boot policy) is named because the program's default has changed between versions;
 * after a change of that policy the recovery key opens what is undelivered. The secret passes
 * through pipes only: arguments can be read by every process.
 */
export function systemdCredsVault({ env = process.env }: Options = {}): KeyVault {
  const call = (args: readonly string[], input: Uint8Array) => run(args, input, env)
  return {
    name: 'systemd-creds',
    async available() {
      const asked = await call(['has-tpm2', '--quiet'], Buffer.alloc(0))
      return asked.ok ? 'ok' : 'absent'
    },
    protect: (secret) =>
      call(
        [
          'encrypt',
          '--with-key=tpm2',
          '--tpm2-pcrs=7',
          `--name=${CREDENTIAL}`,
          '--quiet',
          '-',
          '-',
        ],
        secret,
      ),
    async reveal(kept) {
      const args = ['decrypt', `--name=${CREDENTIAL}`, '--newline=no', '--quiet', '-', '-']
      const opened = await call(args, kept)
      return opened.ok ? ok({ secret: opened.value, stale: false }) : opened
    },
  }
}

async function run(
  args: readonly string[],
  input: Uint8Array,
  env: NodeJS.ProcessEnv,
): Promise<Result<Uint8Array, VaultProblem>> {
  const child = spawn('systemd-creds', args, {
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    timeout: SYSTEMD_CREDS_LIMITS.TIMEOUT_MS,
    killSignal: 'SIGKILL',
  })
  const chunks: Buffer[] = []
  let length = 0
  child.stdout.on('data', (chunk: Buffer) => {
    length += chunk.length
    if (length > SYSTEMD_CREDS_LIMITS.OUTPUT_MAX_BYTES) child.kill('SIGKILL')
    else chunks.push(chunk)
  })
  // A program that refuses early closes its input; its exit code tells.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  try {
    await once(child, 'close')
  } catch (cause) {
    return err({ code: 'vault', reason: systemCode(cause) ?? 'spawn' })
  }
  if (child.exitCode !== 0) {
    return err({ code: 'vault', reason: child.signalCode ?? `exit-${child.exitCode}` })
  }
  return ok(Buffer.concat(chunks))
}
