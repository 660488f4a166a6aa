/** One line of the technician's log: an event and codes, never contents. */
export type Log = (event: string, details?: Readonly<Record<string, unknown>>) => void
