import { useEffect, useEffectEvent, useState } from 'react'
import type { CardFace } from '../../shared/contract/index.ts'
import { after } from '../after.ts'
import { say } from '../i18n/say.tsx'
import { t, words } from '../i18n/t.ts'
import { useKiosk } from '../kiosk-context.ts'
import { StripKey } from './strip-key.tsx'

/** Long enough to look from the picture to the person and back. */
const SHOWN_MS = 20_000

/**
 * The face on the chip, for one look: asked for when the panel opens, gone when it closes, kept
 * nowhere. Whether it is the person the officer alone says.
 */
export function CardFacePanel({ onClose }: { readonly onClose: () => void }) {
  const { call } = useKiosk()
  const [face, setFace] = useState<CardFace | 'reading' | 'refused'>('reading')
  useEffect(() => {
    let wanted = true
    void call((client) => client.staff.card.face({ digits: null })).then((answer) => {
      if (wanted) setFace(answer.ok ? answer.value : 'refused')
    })
    return () => {
      wanted = false
    }
  }, [call])
  const there = face !== 'reading'
  // What else is drawn meanwhile gives no longer a look.
  const close = useEffectEvent(onClose)
  useEffect(() => (there ? after(SHOWN_MS, () => close()) : undefined), [there])

  return (
    <div className="staff__face">
      {face === 'reading' ? (
        <p role="status">{say('staff.face.reading')}</p>
      ) : face === 'refused' ? (
        <p role="status">{say('staff.locked')}</p>
      ) : face.ok ? (
        <>
          <img
            src={`data:${face.image.type};base64,${face.image.base64}`}
            alt={t('staff.face.alt')}
          />
          <p role="status">
            <b>
              {say(
                face.ofVisit === null
                  ? 'staff.face.no-scan'
                  : face.ofVisit
                    ? 'staff.face.same'
                    : 'staff.face.other',
              )}
            </b>
            <br />
            {say(`staff.face.${face.verdict}`)}
          </p>
        </>
      ) : (
        <p role="status">{say(`staff.face.why.${face.why}`)}</p>
      )}
      <StripKey
        tool="close-face"
        glyph="cross"
        word={words('staff.face.close')}
        onPress={onClose}
      />
    </div>
  )
}
