import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { authority, CHIP_NOW, holder } from '../../test/fixtures/chip.ts'
import { systemTimers } from '../timers.ts'
import { createChip, layCard, makeContents, zoneKey } from '../training/card/index.ts'
import { createCardReader, type CardReader } from './card-readers/index.ts'
import { readPem } from './card-readers/protocol/certificate.ts'
import { socketCard } from './socket-card.ts'

/** The simulated reader of training mode over its real socket, under the true reader. */

const zone = { kind: 'mrz', ...zoneKey(holder) } as const
const never = new AbortController().signal
const chip = () => createChip(makeContents(holder, authority, randomBytes), randomBytes)

let dir = ''
let socket = ''
let reader: CardReader

const becomes = (state: ReturnType<CardReader['state']>['state']) =>
  new Promise<void>((resolve) => {
    if (reader.state().state === state) return resolve()
    const stop = reader.subscribe((next) => {
      if (next.state !== state) return
      stop()
      resolve()
    })
  })

function open() {
  reader = createCardReader({
    transport: socketCard(socket, systemTimers),
    trust: async () => ({ authorities: readPem(authority.pem), lists: [] }),
    timers: systemTimers,
    random: randomBytes,
    now: () => CHIP_NOW,
    log: (line) => void logged.push(line),
  })
  return becomes('ready')
}

const logged: string[] = []
beforeEach(async () => {
  logged.length = 0
  dir = await mkdtemp(join(tmpdir(), 'kiosk-card-'))
  socket = join(dir, 'card.sock')
  await open()
})
afterEach(async () => {
  await reader.close()
  await rm(dir, { recursive: true, force: true })
})

test('a card that is laid is read, and read again, until it is taken off', async () => {
  const card = await layCard(chip(), { path: socket })
  await becomes('card')
  const verified = { ok: true, value: { authenticity: { verdict: 'verified' } } }
  expect(await reader.read([zone], never)).toMatchObject(verified)
  expect(await reader.read([zone], never)).toMatchObject(verified)
  await card.remove()
  await becomes('ready')
})

test('a technician is told once that the trust store has no revocation list', async () => {
  await layCard(chip(), { path: socket })
  await becomes('card')
  await reader.read([zone], never)
  await reader.read([zone], never)
  expect(logged.filter((line) => line.includes('revocation'))).toEqual([
    'card reader: no revocation list of the authority that signs cards',
  ])
})

test('a card that is pulled in the middle is gone, and the next is read', async () => {
  await layCard(chip(), { path: socket }, { pulledAt: 20 })
  await becomes('card')
  expect(await reader.read([zone], never)).toEqual({ ok: false, error: { code: 'card-removed' } })
  await becomes('ready')
  await layCard(chip(), { path: socket })
  await becomes('card')
  expect(await reader.read([zone], never)).toMatchObject({ ok: true })
})

test('a core that was killed leaves a socket behind, and the next opens the reader', async () => {
  const left = reader
  await open()
  await layCard(chip(), { path: socket })
  await becomes('card')
  expect(left.state()).toEqual({ state: 'ready' })
  await left.close()
})
