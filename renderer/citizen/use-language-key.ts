import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import type { ActionKey } from '../ui/screen.tsx'

/**
 * The key to another language: to the only other one at once, named as its speakers call it, else
 * to `many`. Null where the kiosk has no other.
 */
export function useLanguageKey(many: () => void): ActionKey | null {
  const { view, act } = useKiosk()
  const [other, ...more] = view.kiosk.languages.filter(({ tag }) => tag !== view.display.language)
  if (other === undefined) return null
  if (more.length > 0) return { label: words('attract.languages'), glyph: 'voice', onPress: many }
  return {
    label: { key: 'value.language', text: other.name, lang: other.tag },
    glyph: 'voice',
    onPress: () => void act({ type: 'display', change: { language: other.tag } }),
  }
}
