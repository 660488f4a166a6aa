import {
  lazy,
  Suspense,
  useCallback,
  useEffect,
  useInsertionEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import type { Screen as ScreenName, View } from '../shared/contract/index.ts'
import { Attract } from './citizen/attract.tsx'
import { Curtain } from './citizen/curtain.tsx'
import { Idle } from './citizen/idle.tsx'
import type { Connection } from './connection/index.ts'
import { useLanguage } from './i18n/use-language.ts'
import { KioskContext, type Kiosk } from './kiosk-context.ts'
import { loadPart } from './load.ts'
import { Frame } from './ui/frame.tsx'
import { applyLayout, layoutOf } from './ui/layout.ts'
import type { Dock as DockPart } from './training/dock.tsx'
import { useStaff } from './staff/use-staff.ts'
import { usePresence } from './ui/presence.ts'

/** The presenter's dock comes only where there is one, and after the page; once there is a core. */
const Dock = lazy(
  () =>
    new Promise<{ default: typeof DockPart }>((resolve) => {
      loadPart(
        () => import('./training/dock.tsx'),
        (part) => resolve({ default: part.Dock }),
      )
    }),
)

/** A citizen reads the first screen while the rest loads. */
const loadRest = () => import('./rest.ts')

/** The page: the core's view, drawn. */
export function App({ connection }: { readonly connection: Connection }) {
  const { view, link } = useSyncExternalStore(connection.subscribe, connection.state)
  useLayout(view)
  return (
    <>
      {view === null ? null : <Page connection={connection} view={view} up={link === 'up'} />}
      {link === 'overdue' ? <Curtain first={view === null} /> : null}
    </>
  )
}

/** Where a citizen may type for long without a touch that the core hears of. */
const typingScreens: ReadonlySet<ScreenName> = new Set([
  'answer',
  'choose',
  'card-part',
  'access-number',
  'papers',
])

function Page({
  connection,
  view,
  up,
}: {
  readonly connection: Connection
  readonly view: View
  readonly up: boolean
}) {
  const kiosk: Kiosk = {
    view,
    act: async (action) => void (await connection.act(action)),
    scan: connection.scan,
    search: connection.search,
    provinces: connection.provinces,
    places: connection.places,
    call: connection.call,
  }
  useLanguage(view)
  const warned = view.idle.state === 'warned'
  // Who goes over a screen by ear touches nothing that the core hears of either.
  const typing = typingScreens.has(view.session.screen) || view.display.voice.on
  const rest = useRest()
  const { role } = view.assistance
  const staff = useStaff(role.state !== 'locked')
  const under = useHeldFocus(!up || warned)
  const stay = useCallback(() => void connection.act({ type: 'stay' }), [connection])
  usePresence(under, typing && !warned, stay)
  return (
    <KioskContext value={kiosk}>
      {rest === null ? null : <rest.DrawingLibrary />}
      {rest === null ? null : (
        <rest.PageScanners scanners={view.kiosk.pageScanners} onScan={connection.scan} />
      )}
      {rest === null ? null : <rest.Speaker />}
      {rest === null ? null : <rest.Keypad />}
      <div inert={!up || warned} ref={under}>
        <Frame>
          {view.session.screen === 'attract' ? (
            <Attract cardLeft={false} />
          ) : (
            rest && <rest.SessionScreen session={view.session} />
          )}
        </Frame>
      </div>
      {staff !== null && role.state === 'unlocked' ? (
        <div inert={!up || warned}>
          <staff.StaffStrip role={role} />
        </div>
      ) : null}
      {rest === null ? null : <rest.Blank />}
      {view.idle.state === 'warned' ? (
        <div className="cover" inert={!up}>
          <Frame>
            <Idle secondsLeft={view.idle.secondsLeft} />
          </Frame>
        </div>
      ) : null}
      {rest !== null && view.kiosk.training ? (
        <Suspense>
          <Dock connection={connection} />
        </Suspense>
      ) : null}
    </KioskContext>
  )
}

/** Null until it is there. A core that died meanwhile is asked again. */
function useRest() {
  const [loaded, setLoaded] = useState<Awaited<ReturnType<typeof loadRest>> | null>(null)
  useEffect(() => {
    let stop = () => {}
    const timer = setTimeout(() => {
      stop = loadPart(loadRest, setLoaded)
    }, 0)
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [])
  return loaded
}

/** Draws for the window as it is, and again when it changes. */
function useLayout(view: View | null) {
  const [size, setSize] = useState(() => ({ width: innerWidth, height: innerHeight }))
  useEffect(() => {
    const measure = () => setSize({ width: innerWidth, height: innerHeight })
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  const kiosk = view?.kiosk ?? null
  const display = view?.display ?? null
  // Before the screens' own effects, which measure what this decides.
  useInsertionEffect(() => {
    const layout = layoutOf(size, kiosk, display?.lowered ?? false)
    applyLayout(document.documentElement, layout, display ?? { text: 'normal', contrast: 'normal' })
  }, [size, kiosk, display])
}

/** Gives the focus back to where it was when what covered it is gone. */
function useHeldFocus(covered: boolean) {
  const place = useRef<HTMLDivElement>(null)
  const held = useRef<Element | null>(null)
  useLayoutEffect(() => {
    const keep = (event: FocusEvent) => {
      if (event.target instanceof Element) held.current = event.target
    }
    const root = place.current
    root?.addEventListener('focusin', keep)
    return () => root?.removeEventListener('focusin', keep)
  }, [])
  useLayoutEffect(() => {
    const element = held.current
    if (covered || !(element instanceof HTMLElement) || !element.isConnected) return
    if (document.activeElement === document.body) element.focus({ preventScroll: true })
  }, [covered])
  return place
}
