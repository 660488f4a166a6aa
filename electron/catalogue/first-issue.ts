import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/**
 * Where a file first is not of its shape, and what is wrong there: of a value that may be of several
 * shapes, of the one that it comes nearest to.
 */
export function firstIssue(error: z.ZodError, json: unknown): { where: string; what: string } {
  const [first] = error.issues
  if (first === undefined) return { where: '', what: 'of another shape' }
  const { path, issue } = nearestIn(first)
  const where = path.join('.')
  if (issue.code !== 'invalid_union') return { where, what: issue.message }
  return {
    where,
    what: `unknown: ${JSON.stringify(valueAt(json, path))?.slice(0, 60) ?? 'nothing'}`,
  }
}

/** What is wrong within a value that is of none of several shapes. */
function nearestIn(issue: Issue): { path: readonly PropertyKey[]; issue: Issue } {
  const shapes = issue.code === 'invalid_union' ? issue.errors : []
  const [nearest] = shapes.flatMap((branch) => nearestOf(branch)).toSorted(byNearness)
  if (nearest === undefined) return { path: issue.path, issue }
  const inner = nearestIn(nearest.issue)
  return { path: [...issue.path, ...inner.path], issue: inner.issue }
}

interface Candidate {
  readonly issue: Issue
  readonly issues: number
}

const nearestOf = (branch: readonly Issue[]): Candidate[] => {
  const [issue] = branch
  return issue === undefined ? [] : [{ issue, issues: branch.length }]
}

/** The shape that least is wrong with; of two, the one whose fault lies deeper; then an unknown kind. */
const byNearness = (a: Candidate, b: Candidate): number =>
  a.issues - b.issues ||
  b.issue.path.length - a.issue.path.length ||
  Number(b.issue.code === 'invalid_union') - Number(a.issue.code === 'invalid_union')

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Object.entries(value).find(([name]) => name === String(key))?.[1]
  }
  return value
}
