export * from './profile.ts'
export * from './data-dir.ts'
