import { useEffect } from 'react'
import type { PageScan, PageScanner } from '../shared/contract/index.ts'
import { listenForWedge } from './wedge/listen.ts'

/** The scanners that only the page can serve; nothing of them is to be seen. */
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
    return listenForWedge(window, (text) => onScan({ source: 'wedge', text }))
  }, [wedge, onScan])
  return null
}
