export { installLanguage, removeLanguage, type InstallProblem } from './install.ts'
export {
  findLanguages,
  lookAtLanguages,
  sourceLanguage,
  type FoundLanguage,
  type OfferedLanguage,
  type OfferedSpeech,
} from './languages.ts'
export {
  checkClips,
  clipId,
  lookAtVoice,
  packFile,
  readVoicePack,
  voiceRemedy,
  type ClipProblem,
} from './pack.ts'
export { keepClip, removeStrays, writePack, type RecordedClip } from './recorded.ts'
export { readScript, textsIn, unsaidClips } from './script.ts'
export { languageRemedy, openSignedLanguage, signLanguage, type LanguageProblem } from './signed.ts'
