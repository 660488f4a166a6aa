import { useEffect, useState } from 'react'
import type { Connection } from '../connection/index.ts'
import { loadPart } from '../load.ts'
import type { CameraState } from './watch.ts'

/**
 * Reads codes in the camera's picture for as long as the screen is there. What does it is loaded
 * only then. Null where this kiosk has no such camera.
 */
export function useCameraCodes(has: boolean, onScan: Connection['scan']): CameraState | null {
  const [state, setState] = useState<CameraState>({ state: 'opening' })
  useEffect(() => {
    if (!has) return
    let stopWatching = () => {}
    const stopLoading = loadPart(
      () => import('./watch.ts'),
      ({ watchCodes }) => {
        stopWatching = watchCodes({
          code: (text) => void onScan({ source: 'camera', text }),
          state: setState,
        })
      },
    )
    return () => {
      stopLoading()
      stopWatching()
    }
  }, [has, onScan])
  return has ? state : null
}
