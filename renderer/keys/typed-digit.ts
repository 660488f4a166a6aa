/**
 * Presses the key of the pad on the screen that a digit typed beside every box was meant for. False
 * where there is no such pad.
 */
export function pressTypedDigit(page: Document, character: string): boolean {
  if (!/^\d$/.test(character)) return false
  const keys = page.querySelectorAll<HTMLElement>('.digits .key')
  const key = [...keys].find(({ textContent }) => textContent === character)
  if (key === undefined) return false
  pressAndStay(key)
  return true
}

/** Presses a key of a keyboard, which gives its box the focus, and stays where one stood. */
export function pressAndStay(key: HTMLElement): void {
  const { activeElement } = key.ownerDocument
  key.click()
  if (activeElement instanceof HTMLElement && activeElement.isConnected) {
    activeElement.focus({ preventScroll: true })
  }
}
