import { useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { t, words } from '../i18n/t.ts'
import { Button } from './button.tsx'

/** How far one press of "part below" goes, as a share of what is seen: the rest gives the bearings. */
const PAGE_SHARE = 0.8

/**
 * Holds what may be longer than its place. When it is, two wide keys turn its parts: nobody has
 * to know that a list can be pushed with a finger. `long`: it mostly is, so that its keys are drawn
 * at once and not after it was measured.
 */
export function Shelf({
  long = false,
  children,
}: {
  readonly long?: boolean
  readonly children: ReactNode
}) {
  const shelf = useRef<HTMLDivElement>(null)
  const view = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const [overflows, setOverflows] = useState(long)

  // Looked at after every drawing: what overflows does not change the size of what holds it.
  useLayoutEffect(() => {
    const outer = shelf.current
    const inner = content.current
    if (outer === null || inner === null) return
    const measure = () => setOverflows(inner.scrollHeight > outer.clientHeight + 1)
    const observer = new ResizeObserver(measure)
    observer.observe(outer)
    observer.observe(inner)
    measure()
    return () => observer.disconnect()
  })

  const turn = (direction: 1 | -1) => {
    const seen = view.current
    seen?.scrollBy({ top: direction * seen.clientHeight * PAGE_SHARE })
  }

  return (
    <div className={overflows ? 'shelf shelf--paged' : 'shelf'} ref={shelf}>
      <div
        className="shelf__view"
        ref={view}
        {...(overflows && { tabIndex: 0, role: 'region', 'aria-label': t('frame.content') })}
      >
        <div className="shelf__content" ref={content}>
          {children}
        </div>
      </div>
      {overflows ? (
        <div className="shelf__keys" role="group" aria-label={t('frame.part-below')}>
          <Button
            look="btn--quiet"
            glyph="up"
            label={words('frame.part-above')}
            onPress={() => turn(-1)}
          />
          <Button
            look="btn--quiet"
            glyph="down"
            label={words('frame.part-below')}
            onPress={() => turn(1)}
          />
        </div>
      ) : null}
    </div>
  )
}
