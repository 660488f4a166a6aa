import type { DisplayChange } from '../../shared/contract/index.ts'
import { words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { Button, onceOf } from './button.tsx'
import { Glyph, Mark } from './drawings.tsx'
import { say } from '../i18n/say.tsx'
import { t } from '../i18n/t.ts'

const nextText = {
  normal: 'large',
  large: 'larger',
  larger: 'largest',
  largest: 'normal',
} as const

const textLabel = {
  normal: 'frame.text-size.normal',
  large: 'frame.text-size.large',
  larger: 'frame.text-size.larger',
  largest: 'frame.text-size.largest',
} as const

function useDisplay() {
  const { view, act } = useKiosk()
  const change = (change: DisplayChange) => void act({ type: 'display', change })
  return { display: view.display, change }
}

/** The commune's name, and the keys that change how the page is drawn. */
export function TopBar() {
  const { view } = useKiosk()
  const { display, change } = useDisplay()
  return (
    <header className="top">
      <p className="place">
        <Mark />
        <span>
          <b>{view.kiosk.commune}</b>
          <br />
          {view.kiosk.province}
        </span>
      </p>
      <div className="settings" role="group" aria-label={t('frame.settings')}>
        {view.kiosk.voice === null ? null : (
          <button
            type="button"
            className="btn btn--frame"
            data-voice-key="on"
            aria-pressed={display.voice.on}
            onClick={onceOf(() => change({ voice: { on: !display.voice.on }, blank: false }))}
          >
            <Glyph name="voice" />
            {say('voice.key')}
          </button>
        )}
        <button
          type="button"
          className="btn btn--frame"
          aria-pressed={display.contrast === 'high'}
          onClick={onceOf(() =>
            change({ contrast: display.contrast === 'high' ? 'normal' : 'high' }),
          )}
        >
          <Glyph name="contrast" />
          {say('frame.contrast')}
        </button>
        <button
          type="button"
          className="btn btn--frame"
          aria-label={t(textLabel[display.text])}
          onClick={() => change({ text: nextText[display.text] })}
        >
          <Glyph name="size" />
          {say('frame.text-size')}
        </button>
      </div>
    </header>
  )
}

const emptyPlace = <span className="btn btn--frame slot" aria-hidden="true" />

/** The keys that are always at the same place: back, help, lower, finish. */
export function BottomBar({
  back,
  help,
  finish,
  onBack,
}: {
  readonly back: boolean
  readonly help: boolean
  readonly finish: boolean
  readonly onBack: () => void
}) {
  const { act } = useKiosk()
  const { display, change } = useDisplay()
  return (
    <footer className="bottom" aria-label={t('frame.always')}>
      {back ? (
        <Button look="btn--frame" glyph="back" label={words('frame.back')} onPress={onBack} />
      ) : (
        emptyPlace
      )}
      {help ? (
        <Button
          look="btn--frame"
          glyph="help"
          label={words('frame.help')}
          onPress={() => void act({ type: 'call-help' })}
        />
      ) : (
        emptyPlace
      )}
      <Button
        look="btn--frame btn--lower"
        glyph="lower"
        label={display.lowered ? words('frame.raise') : words('frame.lower')}
        onPress={() => change({ lowered: !display.lowered })}
      />
      {finish ? (
        <Button
          look="btn--frame"
          glyph="erase"
          label={words('frame.finish')}
          onPress={() => void act({ type: 'finish' })}
        />
      ) : (
        emptyPlace
      )}
    </footer>
  )
}
