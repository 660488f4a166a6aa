export { clipText, forRoute, RESTS, stepsOf, type Route, type Step, type Voice } from './clips.ts'
export { opusLengthMs, OPUS_RATE } from './ogg-opus.ts'
export { writeOggOpus, type OpusStream } from './ogg-opus-writer.ts'
export { CLIP_LIMITS, clipPath, VOICE_PATH } from './pack.ts'
export { level, measure, trim, type Sound } from './pcm.ts'
export { pronounced } from './pronounce.ts'
export { finish, RECORDING_LIMITS, type Recording, type RecordingProblem } from './recording.ts'
export {
  coverageOf,
  isSaidIn,
  linesOf,
  type Coverage,
  type JourneyCoverage,
  type Line,
} from './script.ts'
export { SPEEDS, VOLUMES } from './settings.ts'
export {
  aloud,
  code,
  counted,
  month,
  piecesOf,
  privately,
  secret,
  spokenMessage,
  spokenOf,
  textOf,
  type Fill,
  type Value,
} from './spoken.ts'
export { formsOf, readTexts, type Translation } from './texts.ts'
export { toPcm16, wavOf } from './wav.ts'
export { SOURCE, wordingOf, wordsOf, type Wording } from './wording.ts'
