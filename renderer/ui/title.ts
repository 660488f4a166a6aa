import { useEffect } from 'react'
import { whenResting } from './when-resting.ts'

/** What the screens are called; one that covers another comes later. */
const titles: { readonly text: string }[] = []
let planned = false

/**
 * Names the document for as long as the screen is there. A screen that covered another gives it its
 * title back. The title is set when the page rests: on a weak processor it took a tenth of the time
 * to the next screen, which nobody sees it in.
 */
export function useTitle(text: string): void {
  useEffect(() => {
    const mine = { text }
    titles.push(mine)
    setSoon()
    return () => {
      titles.splice(titles.indexOf(mine), 1)
      setSoon()
    }
  }, [text])
}

function setSoon(): void {
  if (planned) return
  planned = true
  whenResting(() => {
    planned = false
    const last = titles.at(-1)
    if (last !== undefined && last.text !== document.title) document.title = last.text
  })
}
