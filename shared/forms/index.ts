export { checkAnswer } from './answer.ts'
export * from './answer-value.ts'
export {
  authoredProcedureSchema,
  emptyLibrary,
  formLibrarySchema,
  type AuthoredProcedure,
  type FormLibrary,
} from './authored.ts'
export { boxes, isDeclared, isOwnWord, type Box } from './boxes.ts'
export { checkProcedure } from './check.ts'
export * from './definition.ts'
export {
  buildForm,
  checkEntry,
  components,
  limitFor,
  nextQuestion,
  progress,
  questions,
  resolveValues,
  scopeOf,
  stopFor,
  type BoxProblem,
} from './engine.ts'
export { expand, type ExpandProblem } from './expand.ts'
export type { Source } from './fact.ts'
export { isInForce } from './in-force.ts'
export { sourcesOf, type Choice, type Field, type FieldInput, type ValueSource } from './field.ts'
export { pathsThrough, samples, usualPath, walkForm, type Coverage, type Path } from './paths.ts'
export { nothingKnown, type Known, type KnownCitizen } from './known.ts'
export { procedurePhrase, procedurePhrases, type PhrasePath } from './phrases.ts'
export { checkRule, ruleSchema, type Rule, type Scope } from './rules.ts'
export { coverageOf, everybody, type Somebody } from './everybody.ts'
export { toConfirm, type Unconfirmed } from './to-confirm.ts'
export { valueText } from './value-text.ts'
export {
  eachNear,
  eachOn,
  endingBy,
  gapsIn,
  overlapsIn,
  overriding,
  versionNear,
  versionOn,
  versionsOf,
  type Gap,
  type Versions,
} from './versions.ts'
