import { useEffect } from 'react'
import type { PageScan, PageScanner } from '../shared/contract/index.ts'

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
    let stop = () => {}
    let gone = false
    // Most kiosks have no scanner that types, and load nothing for it.
    void import('./wedge/listen.ts').then(({ listenForWedge }) => {
      if (!gone) stop = listenForWedge(window, (text) => onScan({ source: 'wedge', text }))
    })
    return () => {
      gone = true
      stop()
    }
  }, [wedge, onScan])
  return null
}
