import { useEffect } from 'react'
import type { PageScan, PageScanner } from '../shared/contract/index.ts'
import { loadPart } from './load.ts'

/** The scanners that the page serves on every screen; nothing of them is to be seen. */
export function PageScanners({
  scanners,
  onScan,
}: {
  readonly scanners: readonly PageScanner[]
  readonly onScan: (scan: PageScan) => unknown
}) {
  const wedge = scanners.includes('wedge')
  useEffect(() => {
    if (!wedge) return
    let stopListening = () => {}
    // Most kiosks have no scanner that types, and load nothing for it.
    const stopLoading = loadPart(
      () => import('./wedge/listen.ts'),
      ({ listenForWedge }) => {
        stopListening = listenForWedge(window, (text) => onScan({ source: 'wedge', text }))
      },
    )
    return () => {
      stopLoading()
      stopListening()
    }
  }, [wedge, onScan])
  return null
}
