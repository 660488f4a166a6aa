import { transaction, type Database } from '../store/index.ts'
import type { Alarms } from './alarms.ts'
import type { SubmissionState } from './submission.ts'

type Ended = { readonly seq: number; readonly clientRef: string; readonly state: SubmissionState }

/**
 * Makes the function that takes a receipt for a filing which has ended already. The one that ended
 * it, said twice, changes nothing. Where staff ended it, the portal has a dossier that nobody
 * expects: its code is kept with the filing, so that staff can have it cancelled there.
 */
export function createLateReceipts(db: Database, alarms: Alarms) {
  const mark = db.prepare(
    `UPDATE submission SET last_code = 'late-receipt', dossier_code = coalesce(dossier_code, :code)
     WHERE seq = :seq AND state IN ('ACCEPTED', 'ERASED') AND dossier_code IS NOT :code`,
  )
  return transaction(db, (ended: Ended, receipt: { readonly dossierCode: string }): void => {
    const { changes } = mark.run({ seq: ended.seq, code: receipt.dossierCode })
    if (changes > 0) alarms.raise('late-receipt', ended)
  })
}
