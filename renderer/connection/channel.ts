import type { ContractRouterClient } from '@orpc/contract'
import type { contract } from '../../shared/contract/contract.ts'

/** The core's procedures as the page calls them. The contract comes as a type only. */
export type CoreClient = ContractRouterClient<typeof contract>

/** One open line to the core. A line that broke is thrown away; the next is a new one. */
export interface Channel {
  readonly client: CoreClient
  /** Ends the line; harmless when it has ended already. */
  close(): void
}
