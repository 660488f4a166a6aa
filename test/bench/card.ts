import { inventedCitizens, inventedCodes } from '../../electron/training/citizens.ts'
import { parseCode } from '../../electron/identity/index.ts'
import { figure, median, timed, type Figure } from './figure.ts'

/** Microseconds to read one scanned payload, cards and other codes mixed. */
export async function cardBench(): Promise<readonly Figure[]> {
  const payloads = [...inventedCitizens, ...inventedCodes].map(({ payload }) => payload)
  const repeats = 4_000
  const rounds: number[] = []
  for (let round = 0; round < 9; round += 1) {
    const ms = await timed(() => {
      for (let at = 0; at < repeats; at += 1) for (const payload of payloads) parseCode(payload)
    })
    rounds.push((ms * 1000) / (repeats * payloads.length))
  }
  return [figure('card', 'per payload', median(rounds.slice(1)), 'µs', '<=', 50)]
}
