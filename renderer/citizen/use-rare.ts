import { useEffect, useState } from 'react'
import { loadPart } from '../load.ts'

const load = () => import('./rare.ts')
type Rare = Awaited<ReturnType<typeof load>>

/** What is there already, so that the next screen need not wait for a moment without anything. */
let loaded: Rare | null = null

/** The screens that come later than the rest of the page; null until they are there. */
export function useRare(): Rare | null {
  const [rare, setRare] = useState(loaded)
  useEffect(() => {
    if (rare !== null) return
    return loadPart(load, (part) => {
      loaded = part
      setRare(part)
    })
  }, [rare])
  return rare
}
