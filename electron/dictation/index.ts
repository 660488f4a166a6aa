export { createDictation, type Dictation } from './dictation.ts'
export { dictationTrouble } from './program.ts'
