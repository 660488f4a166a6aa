import { createHash } from 'node:crypto'
import { KIOSK_NUMBERS } from '../../shared/domain/short-ref.ts'

/**
 * The kiosk's number in short references, from its id. Two kiosks may share a number, which the
 * client reference does not mind: a short reference is looked up at the kiosk that printed it.
 */
export function kioskNumberOf(kioskId: string): number {
  return createHash('sha256').update(kioskId, 'utf8').digest().readUInt32BE() % KIOSK_NUMBERS
}
