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
  trustOwnWorkers(window)
}

/**
 * The one policy that the shells' headers allow: a worker may be started from a file of ours.
 * Nothing else is ever trusted, neither markup nor script.
 */
function trustOwnWorkers({ location, trustedTypes }: Window & typeof globalThis): void {
  trustedTypes?.createPolicy('default', {
    createScriptURL: (address) =>
      isOwnWorker(address, location.href) ? URL.parse(address, location.href)?.href : null,
  })
}

/** True for a script among the page's own files. */
export function isOwnWorker(address: string, page: string): boolean {
  const target = URL.parse(address, page)
  const own = URL.parse(page)
  if (target === null || own === null) return false
  // The origin of `kiosk:` is opaque to what is not Chromium: protocol and host say the same.
  const sameHost = target.protocol === own.protocol && target.host === own.host
  return sameHost && /^\/assets\/[\w.-]+\.js$/.test(target.pathname)
}
