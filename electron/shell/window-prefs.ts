/** Session of the page. No `persist:` prefix: cookies, storage and cache live in memory only. */
export const PAGE_PARTITION = 'kiosk'

/**
 * The whole `webPreferences` of the one window. Every switch that matters is
 * stated, also where it is Electron's default: a default may change, this may not.
 */
export function webPreferences(preload: string) {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    disableDialogs: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    devTools: false,
    spellcheck: false,
    navigateOnDragDrop: false,
    enableWebSQL: false,
    /** A middle click opens a window. */
    disableBlinkFeatures: 'Auxclick',
    autoplayPolicy: 'user-gesture-required',
    partition: PAGE_PARTITION,
  } as const
}

/** Options of the one window; it shows itself when the page has painted. */
export function windowOptions(preload: string) {
  return {
    show: false,
    kiosk: true,
    fullscreen: true,
    frame: false,
    alwaysOnTop: true,
    closable: false,
    minimizable: false,
    maximizable: false,
    resizable: false,
    movable: false,
    /** Paper colour of the page, so that a start and a reload do not flash. */
    backgroundColor: '#fffcf6',
    webPreferences: webPreferences(preload),
  } as const
}
