import type { Capture } from '../capture/use-capture.ts'

/** The sheet's outline over the camera's picture, in the picture's own pixels. */
export function Outline({ seen }: { readonly seen: Capture['seen'] }) {
  if (seen === null || seen.verdict.quad === null) return null
  const { verdict, width, height } = seen
  const points = verdict.quad?.map(({ x, y }) => `${x},${y}`).join(' ')
  return (
    <svg
      className={verdict.flaw === null ? 'outline' : 'outline outline--flawed'}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="xMidYMid meet"
      aria-hidden="true"
    >
      <polygon className="outline__under" points={points} />
      <polygon points={points} />
    </svg>
  )
}
