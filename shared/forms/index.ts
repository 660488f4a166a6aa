export { checkAnswer } from './answer.ts'
export { checkProcedure } from './check.ts'
export * from './definition.ts'
export {
  boxes,
  buildForm,
  components,
  nextQuestion,
  progress,
  questions,
  resolveValues,
  type Box,
  type BoxProblem,
} from './engine.ts'
export { procedurePhrase, procedurePhrases, type PhrasePath } from './phrases.ts'
