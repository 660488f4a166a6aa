import { Say } from '../i18n/say.tsx'
import { ids, type ScreenProblem } from '../ui/screen.tsx'

/** What was wrong with the entry, by the entry itself; nothing where nothing was. */
export function FieldProblem({ problem }: { readonly problem: ScreenProblem | null }) {
  return problem === null ? null : (
    <p className="by-field" id={ids.problem}>
      <Say phrase={problem.text} />
    </p>
  )
}
