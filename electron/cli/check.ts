import { localDate } from '../../shared/domain/local-time.ts'
import { loadConfiguration } from '../configuration.ts'
import { dictationTrouble } from '../dictation/index.ts'
import { findingsOf } from '../findings.ts'
import type { Run } from './command.ts'

/**
 * `check`: what keeps citizens from procedures that this kiosk has, or soon will, and assistants from
 * dictating, from its profile, procedures and programs alone. Exit 1: something does; 2: there is no profile, or it is wrong.
 */
export const checkKiosk: Run = async ({ dataDir, json, print, complain }) => {
  const loaded = await loadConfiguration({ dataDir, worldFile: null })
  if (!loaded.ok) {
    complain(loaded.error.message)
    return 2
  }
  await loaded.value.portal.close()
  const dictation = await dictationTrouble(loaded.value.profile.dictation)
  const findings = findingsOf({ ...loaded.value, dictation, today: localDate(Date.now()) })
  if (json) print(JSON.stringify({ ok: findings.length === 0, findings }))
  else if (findings.length === 0) print('every procedure of this kiosk is offered')
  for (const { code, cause, remedy, procedures } of json ? [] : findings) {
    print(`${code}: ${cause}${procedures.length === 0 ? '' : ` (${procedures.join(', ')})`}`)
    print(`  to do: ${remedy}`)
  }
  return findings.length === 0 ? 0 : 1
}
