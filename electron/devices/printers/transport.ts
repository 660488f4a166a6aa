import type { Result } from '../../../shared/domain/result.ts'

/** An open line to a printer. */
export type Channel = {
  /** Settles when the bytes have left this process, not when they are printed; false if the line broke. */
  write(bytes: Uint8Array): Promise<boolean>
  close(): void
}

/**
 * Why a line did not open. `busy`: another program holds the port. `driver`: no native module.
 * `denied`: this login may not open the device. `ambiguous`: two devices fit the profile.
 */
export type OpenProblem = 'refused' | 'busy' | 'driver' | 'denied' | 'ambiguous'

export type ChannelEvents = {
  readonly data: (bytes: Uint8Array) => void
  /** Once, when the line is gone for any reason, `close()` included. */
  readonly closed: () => void
}

/** How bytes reach a printer. `signal` gives up an attempt that takes too long. */
export type Transport = {
  open(events: ChannelEvents, signal: AbortSignal): Promise<Result<Channel, OpenProblem>>
}
