export { createJournal, type Journal, type JournalBreak, type JournalEntry } from './journal.ts'
