/** What a page shows once somebody of the staff is there: loaded then, and not before. */
export { StaffStrip } from './strip.tsx'
export { Unlock } from './unlock.tsx'
