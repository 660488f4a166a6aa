/** Pages travel beside the contract, over addresses below this path of the page's own origin. */
export const PAPERS_PATH = '/papers/'

/** Bytes of one captured page; a grey page of 150 dpi has 0.1 to 0.5 MiB. */
export const PAGE_MAX_BYTES = 4 * 1024 * 1024
