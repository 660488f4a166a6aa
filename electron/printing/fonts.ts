import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TextWeight } from './document.ts'

/** Where the fonts for paper stand; null where one of them is missing. Be Vietnam Pro, OFL 1.1. */
export function fontFiles(fontsDir: string): Readonly<Record<TextWeight, string>> | null {
  const files = {
    regular: join(fontsDir, 'BeVietnamPro-Regular.ttf'),
    semibold: join(fontsDir, 'BeVietnamPro-SemiBold.ttf'),
    bold: join(fontsDir, 'BeVietnamPro-Bold.ttf'),
  }
  return Object.values(files).every((file) => existsSync(file)) ? files : null
}
