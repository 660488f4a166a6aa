export { createConnection } from './connection.ts'
export type { Connection, ConnectionState } from './connection.ts'
export { openBrowserChannel } from './browser-channel.ts'
export { openElectronChannel } from './electron-channel.ts'
