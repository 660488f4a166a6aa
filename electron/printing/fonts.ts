import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TextWeight } from './document.ts'

/**
 * The two files of one weight. `highland` has the ten letters of S'tiêng, Ê-đê and Jrai that Be
 * Vietnam Pro lacks, cut from `@fontsource/noto-sans` by `pyftsubset` (fonttools).
 */
export type FontPair = { readonly own: string; readonly highland: string }

/** The fonts for paper; null where one is missing. Be Vietnam Pro and Noto Sans, OFL 1.1. */
export function fontFiles(fontsDir: string): Readonly<Record<TextWeight, FontPair>> | null {
  const pair = (weight: string): FontPair => ({
    own: join(fontsDir, `BeVietnamPro-${weight}.ttf`),
    highland: join(fontsDir, `NotoSans-Highland-${weight}.ttf`),
  })
  const files = { regular: pair('Regular'), semibold: pair('SemiBold'), bold: pair('Bold') }
  const all = Object.values(files).flatMap(({ own, highland }) => [own, highland])
  return all.every((file) => existsSync(file)) ? files : null
}
