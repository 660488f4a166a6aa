/**
 * Takes from the page what a browser offers and a kiosk must not: its menu, dragging, printing,
 * zooming by wheel or gesture. The shells close the same doors from outside; a door has two sides.
 */
export function lockDown(window: Window & typeof globalThis): void {
  const { document } = window
  const refuse = (event: Event) => event.preventDefault()
  for (const name of ['contextmenu', 'dragstart', 'dragover', 'drop', 'gesturestart', 'auxclick']) {
    document.addEventListener(name, refuse)
  }
  document.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey) event.preventDefault()
    },
    { passive: false },
  )
  window.print = () => {}
}
