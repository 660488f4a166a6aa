import { t } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'

/** The screen put out for whoever listens, so that nobody else reads it. Any touch brings it back. */
export function Blank() {
  const { view, act } = useKiosk()
  const { display } = view
  if (!display.blank || !display.voice.on) return null
  return (
    <button
      type="button"
      className="blank"
      tabIndex={-1}
      data-voice-key="voice.blank-off"
      aria-label={t('voice.blank-off')}
      // The keypad's place stays where it is.
      onMouseDown={(event) => event.preventDefault()}
      onPointerUp={() => void act({ type: 'display', change: { blank: false } })}
    />
  )
}
