/**
 * The failure matrix: what may go wrong on a filing's way, and what must then happen. `report.ts`
 * prints it, and the totals of the suite are counted by it: a test's title begins with its row.
 *
 * - `proven`: tests assert the whole row.
 * - `part`: tests assert all of it but `lacks`.
 */
export type Row = {
  readonly id: RowId
  readonly fault: string
  readonly correct: string
} & ({ readonly status: 'proven' } | { readonly status: 'part'; readonly lacks: string })

const proven = { status: 'proven' } as const
const part = (lacks: string) => ({ status: 'part', lacks }) as const

/** Every row, in the order of the matrix: kills, power, network, server, disk, time, others. */
const matrix = {
  K1: [
    'killed during a scan, before the envelope has its name',
    'no slip was given; the rest is purged',
    proven,
  ],
  K2: [
    'killed after the files, before COMMIT',
    'what was confirmed is asked about and sent once; the rest is not sent and goes after 24 h',
    proven,
  ],
  K3: [
    'killed after COMMIT, before the slip is shown',
    'the same request_id gives the same slip',
    proven,
  ],
  K4: [
    'killed after the upload was made, before its address was stored',
    'a new upload; the orphan expires',
    proven,
  ],
  K5: [
    'killed in the middle of a piece of an upload',
    'asks for the offset and resumes there',
    proven,
  ],
  K6: [
    'killed after SENDING was committed, before a byte went out',
    'asks, hears "unknown", sends once',
    proven,
  ],
  K7: [
    'killed after the portal committed, before its answer was read',
    'asks, hears "accepted", sends nothing',
    proven,
  ],
  K8: [
    'killed after ACCEPTED, before the erasure',
    'the next start erases; nothing is sent',
    proven,
  ],
  K9: [
    'killed in the middle of the erasure',
    'the next start finishes it; no trace on the disk',
    proven,
  ],
  K10: [
    'killed during a migration, a key rotation, a checkpoint',
    'rolled back or resumed',
    proven,
  ],
  P1: [
    'power cut: unsynced writes lost, torn, or partly there',
    'every promised filing survives',
    proven,
  ],
  N1: [
    'no name, no route, connection refused',
    'certainly not sent: tried again, no attempt used',
    proven,
  ],
  N2: ['reset or silence after the request was written', 'in doubt: asks first', proven],
  N3: ['half-open connection', 'ends by itself; then as in doubt', proven],
  N4: ['an answer that drips, or never ends', 'ended by time and size; then as in doubt', proven],
  N5: [
    'a network login page: 200 HTML, 302, 511',
    'not the portal: nothing accepted, nobody followed; the technician is told',
    proven,
  ],
  N6: [
    'TLS: unknown authority, wrong host, expired, other pin',
    'all stop, with an alarm; no body is sent',
    proven,
  ],
  N7: ['a proxy says 502, 503 or 504 before the portal', 'in doubt; Retry-After', proven],
  N8: [
    'the link flaps, 30 % loss',
    'offsets only grow; at most 1.10 of the bytes and one piece per flap',
    part('cuts and a slow line; packets that are lost below TCP are not simulated'),
  ],
  S1: ['500 before the portal committed', 'asks, hears "unknown", sends again later', proven],
  S2: [
    '500 or silence after the portal committed',
    'asks, hears "accepted", sends nothing',
    proven,
  ],
  S3: ['201 is lost, the replay gives 200', 'one filing, the same receipt', proven],
  S4: [
    '202, then the answer comes by asking',
    'waits; never erased before the final receipt',
    proven,
  ],
  S5: ['409 in progress', 'waits Retry-After, then asks', proven],
  S6: [
    '409 or 422: the same reference, other bytes',
    'to staff with an alarm, never tried again',
    proven,
  ],
  S7: ['422: the filing is wrong', 'to staff with the fields; the others go on', proven],
  S8: [
    '400, 404 without a type, 405, 415',
    'a fault of settings: the portal is held with an alarm, nothing is "absent"',
    proven,
  ],
  S9: [
    '401: the token has expired',
    'renewed once, same bytes; then all stop',
    part('no profile names a source of tokens, so a real kiosk stops at the first 401'),
  ],
  S10: ['403: this kiosk is blocked', 'all stop, with an alarm; everything is kept', proven],
  S11: [
    '413 for a filing or a piece of an upload',
    'smaller pieces; a filing goes to staff',
    proven,
  ],
  S12: [
    '429 or 503 with Retry-After: seconds, a date, past, huge',
    'honoured between 1 s and 1 h',
    proven,
  ],
  S13: [
    'a receipt for another filing, other bytes, another signature, or cut',
    'no receipt: nothing is erased; an alarm after three',
    proven,
  ],
  S14: [
    'an acknowledgement twice, or after staff withdrew',
    'changes nothing twice; staff see the conflict',
    proven,
  ],
  S15: [
    'the portal comes back from an old backup',
    'found by reconciliation, with an alarm; sent again by staff where contents are still kept',
    proven,
  ],
  S16: [
    'an upload server that forgets, locks, moves or lies',
    'never believed; the digest of the whole decides',
    proven,
  ],
  S17: [
    'two senders: a second instance, a cloned kiosk',
    'the second gets no store; the portal keeps one',
    proven,
  ],
  S18: [
    'asked what is missing from a filing: away, silent, rubbish, 500 items, an item of 1 MB',
    'the holder of the slip sees what the kiosk knows, or that there is more; nothing queued moves',
    proven,
  ],
  D1: [
    'the disk is full during a scan or at a confirmation',
    'rolled back whole, no slip; goes on when there is room',
    proven,
  ],
  D2: [
    'the disk is full at the acknowledgement',
    'stays open; one dossier when there is room again',
    proven,
  ],
  D3: [
    'another program holds the database',
    'waits, then says so; the write-ahead is never skipped',
    proven,
  ],
  D4: [
    'the database is damaged, is none, or has lost its log',
    'kept aside; rebuilt from sealed envelopes',
    proven,
  ],
  D5: ['one filing no longer opens', 'that one to staff; the others go on', proven],
  D6: ['I/O errors, a disk that became read-only', 'no new sessions; alarm', proven],
  D7: ['a sync fails', 'the connection counts as dead: closed, opened, checked', proven],
  T1: [
    'the clock jumps a year, back or forward, also while waiting',
    'order by number; nothing waits for a year; certificates: "clock wrong"',
    proven,
  ],
  T2: ['ten thousand failures', 'every wait is finite, above 0 and at most the cap', proven],
  X1: [
    'the key is missing or another one, or what keeps it has changed',
    'locked; the database is never made anew',
    proven,
  ],
  X2: ['one poisonous filing among a hundred', '99 delivered, one with staff', proven],
  X3: [
    'two citizens by turns, a thousand filings',
    'nothing of one in the filing of the other',
    proven,
  ],
  X4: ['an update while filings of the old version wait', 'sent byte by byte as they were', proven],
  X5: [
    'ten thousand filings wait at a restart',
    'ready within a second; pages are answered meanwhile; sent in order',
    part('the second is a figure of the bench, not of a test'),
  ],
} as const satisfies Record<string, readonly [fault: string, correct: string, standing: object]>

/** `K1` and so on. */
export type RowId = keyof typeof matrix

/** Every row of the matrix in order. */
export const rows: readonly Row[] = Object.keys(matrix).filter(isRowId).map(rowOf)

/** One row. */
function rowOf(id: RowId): Row {
  const [fault, correct, standing] = matrix[id]
  return { id, fault, correct, ...standing }
}

/** Whether a word names a row. */
export function isRowId(id: string): id is RowId {
  return Object.hasOwn(matrix, id)
}
