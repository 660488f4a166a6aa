import type { Display } from '../../shared/contract/index.ts'

/** The frames that the page is drawn for, in millimetres. */
const FRAMES_MM = {
  /** 21.5 inch panel on its side. */
  portrait: { width: 267.3, height: 475.2 },
  /** 15.6 inch counter tablet. */
  landscape: { width: 345, height: 194 },
} as const

/** How the page lies on its window. Lengths are CSS pixels. */
export interface Layout {
  readonly name: 'portrait' | 'landscape' | 'lowered'
  readonly pixelsPerMm: number
  readonly width: number
  readonly height: number
}

/**
 * Chooses the frame by the window's shape. On a kiosk a millimetre is a millimetre of its panel,
 * unless the panel is too small for the frame; in training the frame fills whatever window there
 * is, so that a laptop shows it whole.
 */
export function layoutOf(
  window: { readonly width: number; readonly height: number },
  kiosk: { readonly training: boolean; readonly pixelsPerMm: number } | null,
  lowered: boolean,
): Layout {
  const shape = window.width > window.height ? 'landscape' : 'portrait'
  const frame = FRAMES_MM[shape]
  const fitting = Math.min(window.width / frame.width, window.height / frame.height)
  const name = shape === 'portrait' && lowered ? 'lowered' : shape
  if (kiosk === null || kiosk.training) {
    const width = Math.min(window.width, frame.width * fitting)
    const height = Math.min(window.height, frame.height * fitting)
    return { name, pixelsPerMm: fitting, width, height }
  }
  return { name, pixelsPerMm: Math.min(kiosk.pixelsPerMm, fitting), ...window }
}

/** Writes layout and display on the root element, where the tokens look for them. */
export function applyLayout(
  root: HTMLElement,
  layout: Layout,
  display: Pick<Display, 'text' | 'contrast'>,
): void {
  root.style.setProperty('--mm', `${layout.pixelsPerMm}px`)
  root.style.setProperty('--screen-w', `${layout.width}px`)
  root.style.setProperty('--screen-h', `${layout.height}px`)
  root.dataset['layout'] = layout.name
  root.dataset['text'] = display.text
  root.dataset['contrast'] = display.contrast
}
