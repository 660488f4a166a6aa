import { pairs } from '../i18n/format.ts'
import { Say, say, sayValue } from '../i18n/say.tsx'
import { code } from '../i18n/values.ts'
import { counterName } from './counter-words.ts'

/** What is kept or read to an officer, each large in a place of its own on the sheet. */

/** The eight characters on the slip. */
export function ReferenceCode({ reference }: { readonly reference: string }) {
  return (
    <div>
      <p className="note">{say('done.reference')}</p>
      <p className="code">{sayValue('value.reference', code(pairs(reference), true))}</p>
      <p className="note">{say('done.reference-help')}</p>
    </div>
  )
}

/** The number in the queue, and where it is called. */
export function TicketCode({
  ticket: { number, counter },
}: {
  readonly ticket: { readonly number: string; readonly counter: string }
}) {
  return (
    <div>
      <p className="note">{say('done.ticket')}</p>
      <p className="code">{sayValue('value.ticket', code(number, false))}</p>
      <p className="note">
        <Say phrase={counterName(counter)} />
      </p>
    </div>
  )
}

/** The code of the dossier, which the portal has given. */
export function DossierCode({ dossierCode }: { readonly dossierCode: string }) {
  return (
    <>
      <p className="note">{say('done.dossier')}</p>
      <p className="dossier">{sayValue('value.dossier', code(dossierCode, true))}</p>
    </>
  )
}
