import { expect, test } from 'vitest'
import { windowOptions } from './window-prefs.ts'

test('the window is exactly this', () => {
  expect(windowOptions('/app/preload.cjs')).toEqual({
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
    backgroundColor: '#fffcf6',
    webPreferences: {
      preload: '/app/preload.cjs',
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
      disableBlinkFeatures: 'Auxclick',
      autoplayPolicy: 'user-gesture-required',
      partition: 'kiosk',
    },
  })
})
