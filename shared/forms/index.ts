export { checkAnswer } from './answer.ts'
export { checkProcedure } from './check.ts'
export * from './definition.ts'
export { drawings } from './drawings.ts'
export {
  boxes,
  buildForm,
  components,
  nextQuestion,
  progress,
  questions,
  resolveValues,
  valueText,
  visibleFields,
  type Box,
  type BoxProblem,
} from './engine.ts'
export { procedurePhrase, procedurePhrases, type PhrasePath } from './phrases.ts'
export {
  checkRule,
  evaluate,
  holds,
  ruleLimits,
  variablesOf,
  type RuleProblem,
  type RuleValue,
} from './rules.ts'
