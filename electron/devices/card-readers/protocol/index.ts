/** The protocols of a chip as both of its sides need them: the reader's, and the training card's. */
export { decodeCommand, SW, type Command, type Response } from './apdu.ts'
export { bacKeys, bacSession } from './bac.ts'
export { ciphers, pad, same, type CipherName } from './ciphers.ts'
export {
  curveByName,
  hashNumber,
  pointOf,
  scalarOf,
  scalarRandomBytes,
  sharedX,
  toBigInt,
} from './curves.ts'
export { APPLICATION, CARD_ACCESS_ID, FILES } from './data-groups.ts'
export { DER, oidBytes } from './der.ts'
export { checkDigit, type MrzKey } from './mrz.ts'
export { mapGenerator, paceToken, passwordKey, type AccessKey } from './pace.ts'
export { decryptBody, increment, macOf, SM, type SessionKeys } from './secure-messaging.ts'
export {
  readDg14,
  readSecurityInfos,
  type ChipAuthenticationOffer,
  type PaceOffer,
} from './security-infos.ts'
export { decoded, find, malformed, only, readAll, tlv } from './tlv.ts'
