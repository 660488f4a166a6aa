import { localDate } from '../../shared/domain/local-time.ts'
import { decodeScan, parseCode } from '../identity/index.ts'
import type { Run } from './command.ts'

/** `card parse`: what a scanner's payload on stdin is. Exit 0 for an ID card, 1 for anything else. */
export const parseCard: Run = async ({ json, print, readStdin }) => {
  const code = parseCode(decodeScan(await readStdin()), localDate(Date.now()))
  if (code.kind !== 'id-card') {
    const kind = code.kind === 'garbled' ? 'unknown' : code.kind
    print(json ? JSON.stringify({ kind }) : `not an ID card: ${kind}`)
    return 1
  }
  const { card } = code
  if (json) print(JSON.stringify({ kind: 'id-card', ...card }))
  else {
    const date = [card.birth.day, card.birth.month, card.birth.year].filter(Boolean).join('/')
    print(`${card.number}  ${card.name}  ${date}  ${card.sex}  ${card.address}`)
    for (const warning of card.warnings) print(`warning: ${warning}`)
  }
  return 0
}
