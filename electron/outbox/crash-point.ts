/** Moments just after a commit at which the fault suite lets the power of one process go. */
export type CrashPoint =
  /** The envelope says confirmed, there is no row. */
  | 'envelope-without-row'
  /** SENDING is committed, nothing was sent. */
  | 'sending-committed'
  /** The portal has answered, nothing of it is recorded. */
  | 'answer-unrecorded'
  /** ACCEPTED is committed, nothing is erased. */
  | 'accepted-committed'
  /** The row is erased, the write-ahead log still holds it. */
  | 'row-erased'
  /** The portal has made an upload, its address is not stored. */
  | 'upload-unlocated'
  /** The portal has confirmed a piece of a paper, nothing of it is recorded. */
  | 'piece-confirmed'
  /** A turn of an upload has ended, nothing of it is recorded. */
  | 'upload-unrecorded'

const wanted = process.env['OUTBOX_CRASH_AT']

/**
 * Ends this process as `kill -9` would, where the environment variable OUTBOX_CRASH_AT names this
 * moment. Whoever sets a process's environment can end it anyway, so nothing is given away.
 */
export function crashPoint(name: CrashPoint): void {
  if (name === wanted) process.kill(process.pid, 'SIGKILL')
}
