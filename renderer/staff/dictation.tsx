import { useEffect, useEffectEvent, useState } from 'react'
import type { Phrase } from '../../shared/domain/phrase.ts'
import { secret } from '../../shared/speech/index.ts'
import { say } from '../i18n/say.tsx'
import { words } from '../i18n/t.ts'
import type { MessageKey } from '../i18n/vi.ts'
import { useKiosk } from '../kiosk-context.ts'
import { wishVoice } from '../speech/controls.ts'
import { Glyph } from '../ui/drawings.tsx'
import type { SaidInto } from '../ui/keyboard/index.ts'
import { dictateOnce, type Dictating, type DictateProblem } from './dictate.ts'
import { StripKey } from './strip-key.tsx'

const WHY = {
  'not-here': 'staff.ignored',
  stopped: 'staff.ignored',
  locked: 'staff.locked',
  busy: 'staff.dictate.why.busy',
  'no-microphone': 'staff.dictate.why.no-microphone',
  'no-program': 'staff.dictate.why.no-program',
  'no-room': 'staff.dictate.why.no-room',
  'too-slow': 'staff.dictate.why.too-slow',
  failed: 'staff.dictate.why.failed',
  nothing: 'staff.dictate.why.nothing',
} as const satisfies Readonly<Record<DictateProblem, MessageKey>>

/**
 * An assistant says what is to be written. It listens from the moment at which the panel opens until
 * "Xong" and no longer; the words stand in the box as an entry that nobody has sent.
 */
export function DictationPanel({
  into,
  onWritten,
  onClose,
}: {
  readonly into: SaidInto
  readonly onWritten: (said: Phrase) => void
  readonly onClose: () => void
}) {
  const { call } = useKiosk()
  const [attempt, setAttempt] = useState(0)
  const [now, setNow] = useState<Dictating>({ at: 'opening' })
  const written = useEffectEvent((text: string) => {
    const taken = into.write(text)
    if (taken === 'none') return setNow({ at: 'failed', why: 'no-room' })
    // Who does not see it hears it: in the headset.
    wishVoice({ say: [{ ...secret(text), key: 'value.dictated' }] })
    onWritten(words(taken === 'whole' ? 'staff.dictate.written' : 'staff.dictate.part'))
  })
  useEffect(() => {
    const gone = new AbortController()
    const { signal } = gone
    // The role must not fall back while one speaks.
    void call((client, commandId) => client.staff.assist({ commandId, tool: 'stay' }))
    void dictateOnce({
      call,
      signal,
      tell: (next) => {
        if (!signal.aborted) setNow(next)
      },
    }).then((text) => {
      if (text !== null && !signal.aborted) written(text)
    })
    return () => gone.abort()
  }, [call, attempt])

  return (
    <div className="staff__dictate" data-dictating={now.at}>
      <p role="status">
        {now.at === 'listening' ? <Glyph name="mic" /> : null}
        {now.at === 'failed' ? say(WHY[now.why]) : say(`staff.dictate.${now.at}`)}
      </p>
      {now.at === 'listening' ? (
        <meter min={0} low={0.02} high={0.95} optimum={0.3} max={1} value={now.peak} />
      ) : null}
      {now.at === 'listening' ? (
        <StripKey
          tool="dictate-done"
          glyph="tick"
          word={words('staff.dictate.done')}
          leave
          onPress={now.stop}
        />
      ) : null}
      {now.at === 'failed' ? (
        <StripKey
          tool="dictate-again"
          glyph="mic"
          word={words('staff.dictate.again')}
          onPress={() => setAttempt(attempt + 1)}
        />
      ) : null}
      <StripKey
        tool="dictate-cancel"
        glyph="cross"
        word={words(now.at === 'failed' ? 'staff.dictate.close' : 'staff.dictate.cancel')}
        onPress={onClose}
      />
    </div>
  )
}
