import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { TrainingCard } from '../../shared/contract/index.ts'
import type { IdCard } from '../../shared/domain/id-card.ts'
import { keysFromQr } from '../devices/card-readers/index.ts'
import { parseCode } from '../identity/index.ts'
import {
  createChip,
  createTrainingAuthority,
  layCard,
  makeContents,
  type Holder,
  type LaidCard,
} from './card/index.ts'
import { inventedCitizens } from './citizens.ts'

const LIMITS = {
  /** The command at which a hasty hand pulls the card; a reading has some fifty. */
  PULLED_AT: 20,
  /** A reader that is away, as while a core starts, is looked for this often. */
  LOOK_AGAIN_MS: 100,
} as const

/** The hand that lays invented cards on the simulated reader of chips. */
export interface CardHand {
  lies(): TrainingCard
  /** The card of this citizen is meant by `same` from now on. */
  scanned(citizen: string): void
  lay(card: TrainingCard): Promise<void>
}

/** `trustDir` gets the certificate of who signs the cards, when the first one is made. */
export function createCardHand(socket: string, trustDir: string): CardHand {
  let citizen = 'father'
  let wanted: TrainingCard = 'none'
  let laid: LaidCard | null = null
  let trusted: ReturnType<typeof createTrainingAuthority> | null = null

  function authority() {
    if (trusted === null) {
      trusted = createTrainingAuthority(Date.now(), randomBytes)
      mkdirSync(trustDir, { recursive: true, mode: 0o700 })
      writeFileSync(join(trustDir, 'training.pem'), trusted.pem)
    }
    return trusted
  }

  function chipFor(card: TrainingCard) {
    const another = inventedCitizens.find(({ id }) => id !== citizen)?.id ?? citizen
    const holder = holderOf(card === 'other' ? another : citizen)
    const signer =
      card === 'strange' ? createTrainingAuthority(Date.now(), randomBytes) : authority()
    return createChip(makeContents(holder, signer, randomBytes), randomBytes)
  }

  /** Lays it, and lays it again on the reader of a core that was started anew. */
  async function hold(card: TrainingCard): Promise<void> {
    const chip = chipFor(card)
    const options = card === 'hasty' ? { pulledAt: LIMITS.PULLED_AT } : {}
    const one = await layCard(chip, { path: socket }, options).catch(() => null)
    if (wanted !== card) return void one?.remove()
    laid = one
    void (one?.gone ?? Promise.resolve()).then(() => {
      if (laid === one) laid = null
      if (wanted !== card) return
      if (card === 'hasty' && one !== null) wanted = 'none'
      else setTimeout(() => void (wanted === card && hold(card)), LIMITS.LOOK_AGAIN_MS)
    })
  }

  return {
    lies: () => wanted,
    scanned(id) {
      if (inventedCitizens.some((one) => one.id === id)) citizen = id
    },
    async lay(card) {
      wanted = 'none'
      await laid?.remove()
      if (card === 'none') return
      wanted = card
      await hold(card)
    },
  }
}

/** The person whose code the scanner reads, as the chip knows them. */
function holderOf(id: string): Holder {
  const payload = inventedCitizens.find((one) => one.id === id)?.payload ?? ''
  const code = parseCode(payload)
  if (code.kind !== 'id-card') throw new Error(`no card of ${id}`)
  const { number, name, birth, sex, address, issued } = code.card
  return {
    number,
    name,
    // A chip of whom the day is not known opens by nothing that the code says.
    birth: iso(birth),
    issued: iso(issued),
    expiry: expiryOf(code.card),
    sex,
    ethnicity: 'Kinh',
    religion: 'Không',
    origin: address,
    residence: address,
    father: 'Nguyễn Văn Thử',
    mother: 'Trần Thị Mẫu',
  }
}

/** As the law has it: the first that a reader tries. */
function expiryOf(card: IdCard): string | null {
  const [key] = keysFromQr(card)
  if (key?.kind !== 'mrz' || key.expiry === '991231') return null
  const [year, month, day] = key.expiry.match(/\d\d/g) ?? []
  return `20${year}-${month}-${day}`
}

function iso({ year, month = 1, day = 1 }: IdCard['birth']): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${year}-${two(month)}-${two(day)}`
}
