import { useEffect, useState } from 'react'
import { loadPart } from '../load.ts'

const load = () => import('./index.ts')
type Staff = Awaited<ReturnType<typeof load>>

let loaded: Staff | null = null

/** The staff's part of the page; null until it is wanted and there. */
export function useStaff(wanted: boolean): Staff | null {
  const [staff, setStaff] = useState(loaded)
  useEffect(() => {
    if (staff !== null || !wanted) return
    return loadPart(load, (part) => {
      loaded = part
      setStaff(part)
    })
  }, [staff, wanted])
  return staff
}
