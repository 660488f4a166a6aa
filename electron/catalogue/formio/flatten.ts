import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { componentSchema, FORMIO_LIMITS, type Component } from './schema.ts'

/** Why a file is no form. */
export type FormioProblem =
  | { readonly code: 'not-a-form'; readonly where: string }
  | { readonly code: 'too-deep' | 'too-large' }

/** One component with what stands above it. */
export interface Placed {
  readonly component: Component
  /** Its key with the keys of the containers and grids that hold it: "diaChi.duong". */
  readonly path: string
  /** Everything that holds it; of a column, within its grid. */
  readonly above: readonly Component[]
  /** Its columns, where it is a grid. */
  readonly columns: readonly Placed[]
}

/** Layout that holds fields, and is nothing itself. */
const HOLDERS = new Set(['panel', 'fieldset', 'well', 'columns', 'table', 'tabs', 'form'])
export const GRIDS = new Set(['datagrid', 'editgrid'])

/** The components in order, out of their layout. `known`: whether a component is one by itself. */
export function flatten(
  roots: readonly unknown[],
  known: (component: Component) => boolean,
): Result<Placed[], FormioProblem> {
  let count = 0
  const walk = (
    list: readonly unknown[],
    into: Placed[],
    above: readonly Component[],
    prefix: string,
    depth: number,
  ): FormioProblem | null => {
    if (depth > FORMIO_LIMITS.MAX_DEPTH) return { code: 'too-deep' }
    for (const json of list) {
      count += 1
      if (count > FORMIO_LIMITS.MAX_COMPONENTS) return { code: 'too-large' }
      const parsed = componentSchema.safeParse(json)
      if (!parsed.success) {
        const issue = parsed.error.issues[0]
        return { code: 'not-a-form', where: `component ${count}: ${issue?.path.join('.') ?? ''}` }
      }
      const component = parsed.data
      const { type, key } = component
      const inner = childrenOf(component)
      const path = `${prefix}${key}`
      let problem: FormioProblem | null = null
      if (GRIDS.has(type)) {
        const columns: Placed[] = []
        problem = walk(inner, columns, [], `${path}.`, depth + 1)
        into.push({ component, path, above, columns })
      } else {
        const holds = HOLDERS.has(type) || type === 'container'
        // A form within a form may stand elsewhere, and what nobody knows is something by itself.
        if (!holds || (type === 'form' && inner.length === 0)) {
          into.push({ component, path, above, columns: [] })
        }
        if (holds || !known(component)) {
          const within = type === 'container' ? `${path}.` : prefix
          problem = walk(inner, into, [...above, component], within, depth + 1)
        }
      }
      if (problem !== null) return problem
    }
    return null
  }
  const placed: Placed[] = []
  const problem = walk(roots, placed, [], '', 1)
  return problem === null ? ok(placed) : err(problem)
}

function childrenOf({ type, components, columns, rows }: Component): readonly unknown[] {
  const cells = Array.isArray(rows) ? rows.flat() : []
  const parts = components ?? []
  return [
    ...(type === 'tabs' ? parts.map(asPanel) : parts),
    ...[...(columns ?? []), ...cells].flatMap((cell) => cell.components ?? []),
  ]
}

/** A tab has no type of its own. */
const asPanel = (tab: unknown): unknown =>
  typeof tab === 'object' && tab !== null ? { type: 'panel', ...tab } : tab
