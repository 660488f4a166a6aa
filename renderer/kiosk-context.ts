import { createContext, use } from 'react'
import type { CitizenAction, View } from '../shared/contract/index.ts'
import type { Connection } from './connection/index.ts'

/** What every screen may look at and do. */
export interface Kiosk {
  readonly view: View
  /** Sends what the citizen did; settles when the core has answered. */
  readonly act: (action: CitizenAction) => Promise<void>
  readonly scan: Connection['scan']
  readonly search: Connection['search']
  readonly provinces: Connection['provinces']
  readonly places: Connection['places']
  readonly call: Connection['call']
}

/** Carries the kiosk to the screens. */
export const KioskContext = createContext<Kiosk | null>(null)

/** The kiosk, inside the page. */
export function useKiosk(): Kiosk {
  const kiosk = use(KioskContext)
  if (kiosk === null) throw new Error('no kiosk around this screen')
  return kiosk
}
