/** What a line to a service tells. After `closed` it is silent until it is opened again. */
export interface ServiceEvents {
  /** The service is there. */
  readonly opened: () => void
  /** One whole message; '' where it says that there is nothing. */
  readonly message: (text: string) => void
  /** It is there and answers with something else; codes only. */
  readonly refused: (why: string) => void
  readonly closed: (why: string) => void
}

/** A line to a vendor's service: bytes in, whole messages out. */
export interface Service {
  open(events: ServiceEvents): void
  close(): Promise<void>
}
