/** What the page can do without until its first screen is drawn: all other screens, and the drawings. */
export { SessionScreen } from './citizen/session-screen.tsx'
export { Keypad } from './keys/keypad.tsx'
export { Blank } from './speech/blank.tsx'
export { Speaker } from './speech/speaker.tsx'
export { PageScanners } from './page-scanners.tsx'
export { DrawingLibrary } from './ui/drawing-library.tsx'
