import type { ExportAnswer, ImportAnswer, StaffRefused } from '../../shared/contract/index.ts'

/** One line for each refusal: what is the matter, and what to do. */

export const NO_SUCH_FILING =
  'no such filing: give the reference of the slip, or a client reference'

type Failed<T> = Extract<T, { ok: false }>
type Done<T> = Extract<T, { ok: true }>

/** Why nothing was done to a filing. */
export function refusalRemedy(refusal: StaffRefused): string {
  switch (refusal.code) {
    case 'unknown-filing':
      return NO_SUCH_FILING
    case 'ended':
      return 'the filing has ended (accepted, withdrawn or handed over): nothing is left to do'
    case 'busy':
      return 'the filing is being sent at this moment: try again in a minute'
    case 'not-with-staff':
      return 'the filing is on its way by itself: hold it first'
    case 'not-held':
      return 'nobody holds the filing: use retry to have it tried again'
    case 'unconfirmed':
      return 'the contents would be erased: take the papers first, and say so with --paper-taken'
    case 'portal-may-have-it':
      return 'the portal may have the filing: look there, and if it is not there say so with --not-at-portal'
    case 'not-withdrawable':
      return 'the authority works on the filing already: withdraw it there'
    case 'changed':
      return 'somebody else acted on the filing just now: look with outbox show, and decide again'
    case 'portal-unclear':
      return `the portal gave no clear answer (${refusal.cause}): nothing was changed, try again later`
    case 'io':
      return `the kiosk's store failed (${refusal.reason}): nothing was changed, look at the disk`
  }
}

/** Why one filing is not on the stick. */
export function leftRemedy(code: Done<ExportAnswer>['left'][number]['code']): string {
  switch (code) {
    case 'unknown-filing':
      return NO_SUCH_FILING
    case 'ended':
      return 'has ended, nothing of it is left to export'
    case 'busy':
      return 'is being sent at this moment: export it again in a minute'
    case 'held':
      return 'is held by staff: name it to export it as well'
    case 'changed':
      return 'changed while it was copied: export it again'
    case 'damaged':
    case 'missing':
      return `stays, its sealed files are ${code}: keep the data of this kiosk`
  }
}

/** Why nothing could be exported. */
export function exportRemedy(
  problem: Failed<ExportAnswer>['problem'],
  dir: string,
  keyFile: string,
): string {
  switch (problem.code) {
    case 'bad-key':
      return `${keyFile} is no transfer key: make it on the other kiosk with outbox transfer-key`
    case 'own-key':
      return `${keyFile} is this kiosk's own transfer key: bring the other kiosk's`
    case 'stick-in-use':
      return `${dir} holds something else, of another kiosk or for another one: choose another folder`
    case 'stick':
      return `${dir} cannot be written (${problem.reason}): export again, there or to another stick`
    case 'io':
      return `the kiosk's store failed (${problem.reason}): look at the disk, then export again`
  }
}

/** Why one filing was not taken in. */
export function notTakenRemedy(code: Done<ImportAnswer>['refused'][number]['code']): string {
  switch (code) {
    case 'missing':
    case 'damaged':
      return `its files on the stick are ${code}: export it again`
    case 'other-kiosk':
      return 'is sealed to another kiosk: export it again for this one'
    case 'other-bytes':
      return 'this kiosk has other contents under its reference: report it, somebody may have forged it'
    case 'in-use':
      return 'something of this kiosk bears its reference: wait for the visit to end, then import again'
    case 'disk-full':
      return 'no room on this kiosk: make room, then import again'
    case 'io':
      return 'the disk or the stick fails: look at both, then import again'
  }
}

/** Why nothing could be taken in. */
export function importRemedy(problem: Failed<ImportAnswer>['problem'], dir: string): string {
  switch (problem.code) {
    case 'no-manifest':
      return `no manifest.json in ${dir}: name the folder of the export, or repeat it if it was cut off`
    case 'bad-manifest':
      return `the list in ${dir} is damaged: export again`
    case 'other-version':
      return `the list in ${dir} is of a newer kiosk: bring this one up to date`
    case 'other-kiosk':
      return `sealed to another kiosk (key ${problem.sealedTo}): take it there, or export again for this one`
    case 'stick':
      return `${dir} cannot be read (${problem.reason}): try another reader, or export again`
  }
}
