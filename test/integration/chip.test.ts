import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  createChip,
  createTrainingAuthority,
  layCard,
  makeContents,
} from '../../electron/training/card/index.ts'
import { createSandboxPortal, type SandboxPortal } from '../../electron/training/portal/index.ts'
import { openControlLine } from '../../electron/cli/control-line.ts'
import { holder } from '../fixtures/chip.ts'
import { agree, confirmToDeclare } from '../fixtures/file-dossier.ts'
import { drawnFace } from '../fixtures/drawn-face.ts'
import { startKiosk, type KioskProcess } from '../fixtures/kiosk-process.ts'
import { openPage, type PageClient } from '../fixtures/page-client.ts'
import { typedCardText } from '../fixtures/procedure.ts'
import { putProfile, realProfile } from '../fixtures/real-profile.ts'
import { createPcscd, missingPcscd, type Pcscd } from '../peers/pcscd.ts'

/** A built kiosk in service whose card reader is one of a real PC/SC service. */

const authority = createTrainingAuthority(Date.now(), randomBytes)
const chip = (change: Partial<typeof holder> = {}) =>
  createChip(makeContents({ ...holder, ...change }, authority, randomBytes), randomBytes)
/** Printed on one of the cards. */
const CAN = '482913'
const missing = missingPcscd()

describe.skipIf(missing !== null)(
  `a kiosk with a card reader behind pcscd ${missing ?? ''}`,
  () => {
    let dir = ''
    let pcscd: Pcscd
    let portal: SandboxPortal
    let kiosk: KioskProcess
    let page: PageClient
    const filings: unknown[] = []

    beforeAll(async () => {
      dir = await mkdtemp(join(tmpdir(), 'kiosk-chip-'))
      const trustDir = join(dir, 'trust')
      await mkdir(trustDir)
      await writeFile(join(trustDir, 'authority.pem'), authority.pem)
      portal = await createSandboxPortal({
        dir: join(dir, 'portal'),
        port: 0,
        clock: Date,
        validate(body) {
          filings.push(body)
          return []
        },
      })
      pcscd = await createPcscd()
      await putProfile(
        join(dir, 'data'),
        realProfile({
          portal: { url: portal.url, receiptKeys: portal.publicKeys },
          wedge: true,
          cardReader: { kind: 'pcsc', reader: 'Kiosk Test', trustDir },
        }),
      )
      kiosk = startKiosk(['--headless', '--data-dir', join(dir, 'data')], {
        PCSCLITE_CSOCK_NAME: pcscd.socket,
      })
      page = await openPage(await kiosk.url)
    })
    afterAll(async () => {
      page.close()
      await kiosk.close()
      await pcscd.close()
      await portal.close()
      await rm(dir, { recursive: true, force: true, maxRetries: 3 })
    })

    const scan = () =>
      page.client.citizen.scan({ commandId: randomUUID(), source: 'wedge', text: typedCardText })

    test('works without the service, and sees its reader once it is there', async () => {
      await page.see(({ devices }) => devices.cardReader.state === 'no-service')
      expect(await page.screen('attract')).toEqual({ screen: 'attract' })
      await pcscd.start()
      await page.see(({ devices }) => devices.cardReader.state === 'ready')
    })

    test('goes on without a card that was pulled, or is another one', async () => {
      await scan()
      await agree(page)
      await page.screen('card-part')
      const pulled = await layCard(chip(), pcscd.reader, { pulledAt: 20 })
      const after = await page.screen('card-part', (shown) => shown.chip.state === 'not-read')
      expect(after.chip).toEqual({ state: 'not-read', why: 'removed' })
      await pulled.gone
      await page.see(({ devices }) => devices.cardReader.state === 'ready')
      const other = await layCard(
        chip({ number: '083190000000', birth: '1991-01-02' }),
        pcscd.reader,
      )
      await page.screen(
        'card-part',
        (shown) => shown.chip.state === 'not-read' && shown.chip.why === 'other-card',
      )
      await other.remove()
      await page.act({ type: 'finish' })
      await page.screen('attract')
      await page.see(({ devices }) => devices.cardReader.state === 'ready')
    })

    test('takes from the chip what the scanner has lost, and tells the portal', async () => {
      await scan()
      await agree(page)
      await page.screen('card-part')
      const laid = await layCard(chip(), pcscd.reader)
      const confirm = await page.screen('confirm')
      expect(confirm).toMatchObject({
        card: { name: holder.name, address: holder.residence, byHand: [] },
        chip: { state: 'read', verdict: 'verified', gave: ['name', 'address'] },
      })
      await laid.remove()
      await confirmToDeclare(page, '1.004873')
      await page.act({ type: 'declare' })
      await page.screen('done', ({ delivery }) => delivery.state === 'accepted')
      expect(filings).toMatchObject([
        {
          applicant: {
            name: holder.name,
            number: holder.number,
            address: holder.residence,
            identifiedBy: { by: 'chip', verdict: 'verified' },
          },
        },
      ])
      expect(JSON.stringify(filings)).not.toMatch(/byHand|face/)
    })

    test('begins a visit with a card that nobody scanned, and the number printed on it', async () => {
      const contents = makeContents(holder, authority, randomBytes, {
        pace: { curve: 'brainpoolP256r1', cipher: 'aes-128' },
      })
      const numbered = createChip({ ...contents, can: CAN }, randomBytes)
      await page.act({ type: 'finish' })
      await page.screen('attract')
      await page.see(({ devices }) => devices.cardReader.state === 'ready')
      await page.act({ type: 'start' })
      await agree(page)
      const laid = await layCard(numbered, pcscd.reader)
      await page.see(({ devices }) => devices.cardReader.state === 'card')
      await page.act({ type: 'open-chip' })
      await page.act({ type: 'give-access-number', digits: '000001' })
      const refused = await page.screen('access-number', ({ state }) => state === 'wrong')
      expect(refused.triesLeft).toBe(2)
      await page.act({ type: 'give-access-number', digits: CAN })
      expect(await page.screen('confirm')).toMatchObject({
        card: { name: holder.name, address: holder.residence, byHand: [] },
        chip: { state: 'read', verdict: 'verified', alone: true },
      })
      await laid.remove()
      await confirmToDeclare(page, '1.004873')
      await page.act({ type: 'declare' })
      await page.screen('done', ({ delivery }) => delivery.state === 'accepted')
      expect(filings.at(-1)).toMatchObject({
        applicant: {
          name: holder.name,
          identifiedBy: { by: 'chip', verdict: 'verified', alone: true },
        },
      })
    })

    describe('the face on a card', () => {
      const ask = async () => {
        const line = await openControlLine(join(dir, 'data'))
        if (!line.ok) throw new Error(line.error.code)
        const answer = await line.value.staff.card.face({ digits: null })
        line.value.close()
        return answer
      }
      const faceOf = async (picture: Buffer) => {
        await page.see(({ devices }) => devices.cardReader.state === 'ready')
        const contents = makeContents(holder, authority, randomBytes, { face: picture })
        const laid = await layCard(createChip(contents, randomBytes), pcscd.reader)
        await page.see(({ devices }) => devices.cardReader.state === 'card')
        const answer = await ask()
        await laid.remove()
        return answer
      }

      test('is for an officer alone', async () => {
        await page.act({ type: 'finish' })
        await page.screen('attract')
        await expect(page.client.staff.card.face({ digits: null })).rejects.toMatchObject({
          code: 'FORBIDDEN',
        })
      })

      test('is asked for in vain where nothing opens the chip', async () => {
        expect(await ask()).toEqual({ ok: false, why: 'no-key' })
      })

      test('is read for this answer, with what its signature is worth and whose card it is', async () => {
        await scan()
        await agree(page)
        await page.screen('card-part')
        await page.act({ type: 'write-card-part', part: 'name', text: holder.name })
        await page.act({ type: 'write-card-part', part: 'address', text: holder.residence })
        await page.act({ type: 'confirm-card' })
        const picture = drawnFace()
        expect(await faceOf(picture)).toEqual({
          ok: true,
          image: { type: 'image/jpeg', base64: picture.toString('base64') },
          verdict: 'verified',
          ofVisit: true,
        })
      })

      test('that no browser shows is said to be one', async () => {
        const jp2 = Buffer.concat([
          Buffer.from('0000000c6a5020200d0a870a', 'hex'),
          randomBytes(999),
        ])
        expect(await faceOf(jp2)).toEqual({ ok: false, why: 'jp2' })
      })

      test('lies nowhere on the disk afterwards', async () => {
        const picture = drawnFace()
        const needles = [
          picture.subarray(200, 264),
          Buffer.from(picture.toString('base64', 300, 360)),
        ]
        const entries = await readdir(join(dir, 'data'), { recursive: true, withFileTypes: true })
        const files = entries.filter((entry) => entry.isFile())
        expect(files).not.toHaveLength(0)
        const found: string[] = []
        for (const { parentPath, name } of files) {
          const bytes = await readFile(join(parentPath, name))
          if (needles.some((needle) => bytes.includes(needle))) found.push(name)
        }
        expect(found).toEqual([])
      })
    })

    test('said nothing of a person', () => {
      const said = kiosk.said.join('\n')
      expect(said).toContain('card reader')
      expect(said).not.toMatch(/0830|Nguy|Ví Dụ|Mẫu|900305|482913/)
    })
  },
)
