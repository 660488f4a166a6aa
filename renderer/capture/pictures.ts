import { useEffect, useState } from 'react'
import type { PageView } from '../../shared/contract/index.ts'

/**
 * The pictures of pages as addresses that this document may show again and again. The core's own
 * address gives each picture once; a new one in the next view is for a page that is loaded anew.
 */
export function usePictures(pages: readonly PageView[]): ReadonlyMap<string, string> {
  const [pictures, setPictures] = useState<ReadonlyMap<string, string>>(new Map())
  const [asked] = useState(() => new Set<string>())

  useEffect(() => {
    for (const { id, url } of pages) {
      if (asked.has(id)) continue
      asked.add(id)
      void fetchPicture(url).then((address) => {
        // The core may have died meanwhile; the next view has an address that it knows.
        if (address === null) asked.delete(id)
        else setPictures((known) => new Map(known).set(id, address))
      })
    }
  }, [pages, asked])

  useEffect(
    () => () => {
      setPictures((known) => {
        for (const address of known.values()) URL.revokeObjectURL(address)
        return new Map()
      })
      asked.clear()
    },
    [asked],
  )
  return pictures
}

async function fetchPicture(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url)
    return answer.ok ? URL.createObjectURL(await answer.blob()) : null
  } catch {
    return null
  }
}

/** Hands a captured page to the core; false where it was not kept. */
export async function handIn(url: string, jpeg: Uint8Array<ArrayBuffer>): Promise<boolean> {
  try {
    const headers = { 'Content-Type': 'image/jpeg' }
    const answer = await fetch(url, { method: 'POST', headers, body: jpeg })
    return answer.ok
  } catch {
    return false
  }
}
