export * from './actions.ts'
export * from './contract.ts'
export * from './devices.ts'
export * from './view.ts'
