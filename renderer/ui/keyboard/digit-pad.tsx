import { say } from '../../i18n/say.tsx'
import { t } from '../../i18n/t.ts'
import { Glyph } from '../drawings.tsx'
import { Key } from './key.tsx'

/** The ten digits as on a telephone, with "delete" and, where there is one, "next box". */
export function DigitPad({
  onDigit,
  onDelete,
  onNext,
  masked = false,
}: {
  readonly onDigit: (digit: string) => void
  readonly onDelete: () => void
  readonly onNext?: () => void
  /** Nobody may hear which digit was touched (EN 301 549 5.1.3.8). */
  readonly masked?: boolean
}) {
  const digit = (face: string) => (
    <Key key={face} id={`digit-${face}`} onPress={() => onDigit(face)}>
      {face}
    </Key>
  )
  return (
    <div
      className="digits"
      role="group"
      aria-label={t('keyboard.digits')}
      data-masked={masked ? '' : undefined}
    >
      {[...'123456789'].map(digit)}
      <Key id="delete-digit" look="key--word" onPress={onDelete}>
        <Glyph name="delete" size={10} />
        {say('keyboard.delete')}
      </Key>
      {digit('0')}
      {onNext === undefined ? (
        <span />
      ) : (
        <Key id="next-box" look="key--word" onPress={onNext}>
          {say('keyboard.next-box')}
          <Glyph name="next" size={10} />
        </Key>
      )}
    </div>
  )
}
