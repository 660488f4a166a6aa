export * from './profile.ts'
export * from './data-dir.ts'
export { calendarGaps, loadWorkCalendar, type CalendarNotice } from './work-calendar.ts'
export type { ReaderBridgeSettings } from './reader-bridge.ts'
