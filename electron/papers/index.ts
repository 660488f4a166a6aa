export { createCaptured, type CapturedPaper, type ConfirmedPapers } from './captured.ts'
export { createDesk, type PaperAnswer, type PaperRequest } from './desk.ts'
export { createDoors } from './doors.ts'
export { PAPER_LIMITS } from './limits.ts'
