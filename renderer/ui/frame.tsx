import { createContext, use, useCallback, useLayoutEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { useKiosk } from '../kiosk-context.ts'
import { HallDrawing } from './drawings.tsx'
import { BottomBar, TopBar } from './frame-bars.tsx'

/** Which of the bottom bar's keys a screen has; an empty place stays empty. */
export interface BottomKeys {
  /** Null where there is nothing to go back to. */
  readonly onBack: (() => void) | null
  readonly help: boolean
  readonly finish: boolean
}

const FrameContext = createContext<((keys: BottomKeys) => () => void) | null>(null)

/**
 * The bars around the screens. They stay while the screens change: to draw them anew each time took
 * a weak processor as long as the question itself.
 */
export function Frame({ children }: { readonly children: ReactNode }) {
  const { view } = useKiosk()
  const back = useRef<(() => void) | null>(null)
  const [keys, setKeys] = useState<{ back: boolean; help: boolean; finish: boolean } | null>(null)
  const show = useCallback(({ onBack, help, finish }: BottomKeys) => {
    back.current = onBack
    const next = { back: onBack !== null, help, finish }
    setKeys((now) => (now !== null && sameKeys(now, next) ? now : next))
    // A screen that has gone is not gone back from.
    return () => (back.current = null)
  }, [])
  return (
    <FrameContext value={show}>
      <div className="screen">
        {view.display.lowered ? (
          <div className="above" aria-hidden="true">
            <HallDrawing />
          </div>
        ) : null}
        {keys === null ? null : <TopBar />}
        {children}
        {keys === null ? null : <BottomBar {...keys} onBack={() => back.current?.()} />}
      </div>
    </FrameContext>
  )
}

/** Says which keys the bottom bar has while this screen is there. */
export function useBottomKeys(keys: BottomKeys): void {
  const show = use(FrameContext)
  if (show === null) throw new Error('no frame around this screen')
  // After each drawing: "back" may lead elsewhere by now.
  useLayoutEffect(() => show(keys))
}

type Shown = Readonly<Record<'back' | 'help' | 'finish', boolean>>

const sameKeys = (one: Shown, other: Shown) =>
  one.back === other.back && one.help === other.help && one.finish === other.finish
