import { createHash, randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Agent, request } from 'undici'
import { newClientRef } from '../../electron/outbox/index.ts'
import { must } from '../../electron/outbox/testing.ts'
import { createPortalClient, type PaperUpload } from '../../electron/portal/index.ts'
import { createSealedFiles, openKeyFile, type PaperReader } from '../../electron/store/index.ts'
import { createFaultProxy } from '../faults/proxy.ts'
import { seeded } from '../faults/random.ts'
import { figure, ratioFigure, timed, type Figure } from './figure.ts'
import { openPeers } from './peers.ts'

const KIB = 1024
const MIB = 1024 * KIB
const LOOPBACK = { BYTES: 16 * MIB, ROUNDS: 9 } as const
/** 2 Mbit/s with a round trip of 200 ms: a commune behind one copper line. */
const SHAPED = { BYTES: 4 * MIB, ROUNDS: 4, BYTES_PER_SECOND: 250_000, LATENCY_MS: 100 } as const
const CUTS = { BYTES: 16 * MIB, COUNT: 50, SEED: 6 } as const

type Peers = Awaited<ReturnType<typeof openPeers>>

/**
 * A sealed paper, opened and sent as the kiosk does, against one plain PUT of the same bytes to a
 * server that writes them to a file; both servers in a process of their own.
 */
export async function uploadBench(): Promise<readonly Figure[]> {
  const dir = await mkdtemp(join(tmpdir(), 'kiosk-bench-'))
  const peers = await openPeers()
  try {
    const papers = await sealPapers(dir, [LOOPBACK.BYTES, SHAPED.BYTES, CUTS.BYTES])
    const [loopback, shaped, cut] = papers
    if (!loopback || !shaped || !cut) throw new Error('no papers')
    const figures = [
      await loopbackFigure(peers, loopback),
      await shapedFigure(peers, shaped),
      await cutFigure(peers, cut),
    ]
    for (const { reader } of papers) await reader.close()
    return figures
  } finally {
    await peers.close()
    await rm(dir, { recursive: true })
  }
}

type SealedPaper = {
  readonly content: Buffer
  /** Made when it was scanned. */
  readonly sha256: string
  readonly reader: PaperReader
}

async function sealPapers(dir: string, sizes: readonly number[]): Promise<SealedPaper[]> {
  const keys = must(await openKeyFile(dir))
  const files = createSealedFiles(dir, keys)
  const clientRef = newClientRef(Date.now(), randomBytes)
  const key = must(await files.begin(clientRef))
  const papers: SealedPaper[] = []
  for (const [at, size] of sizes.entries()) {
    const content = randomBytes(size)
    must(await files.writePaper(clientRef, key, `scan-${at}`, [content]))
    const reader = must(await files.openPaper(clientRef, key, `scan-${at}`))
    papers.push({ content, sha256: createHash('sha256').update(content).digest('hex'), reader })
  }
  return papers
}

/** One paper by a client of its own, turn after turn, until the portal has it. */
async function upload(
  { url, publicKeys }: Peers['sandbox'],
  { content, sha256, reader }: SealedPaper,
  betweenTurns: () => Promise<void> = async () => {},
): Promise<void> {
  const client = must(createPortalClient({ url, kioskId: 'BENCH', receiptKeys: publicKeys }))
  const clientRef = newClientRef(Date.now(), randomBytes)
  let place: string | null = null
  const job = (): PaperUpload => ({
    clientRef,
    paper: { id: 'scan', sha256, size: content.length },
    url: place,
    read: reader.read,
    located: (at) => void (place = at),
    goOn: () => true,
  })
  for (;;) {
    await betweenTurns()
    const outcome = await client.upload(job())
    if (outcome.kind === 'complete') break
    if (outcome.kind !== 'interrupted') throw new Error(JSON.stringify(outcome))
  }
  await client.close()
}

async function putPlainly(url: string, body: Buffer): Promise<void> {
  const dispatcher = new Agent()
  const answer = await request(url, { method: 'PUT', body, dispatcher })
  await answer.body.dump()
  if (answer.statusCode !== 204) throw new Error(`answered ${answer.statusCode}`)
  await dispatcher.close()
}

async function loopbackFigure(peers: Peers, paper: SealedPaper): Promise<Figure> {
  const ratios: number[] = []
  for (let round = 0; round < LOOPBACK.ROUNDS; round += 1) {
    const plain = await timed(() => putPlainly(peers.plain, paper.content))
    const tus = await timed(() => upload(peers.sandbox, paper))
    if (round > 0) ratios.push(plain / tus)
  }
  const baseline = `one PUT of ${LOOPBACK.BYTES / MIB} MiB on loopback`
  return ratioFigure('upload', 'B5 loopback to raw PUT (median)', ratios, 0.5, baseline)
}

/** Each on a line of its own, at the same time: what is waited for is the line. */
async function shapedFigure(peers: Peers, paper: SealedPaper): Promise<Figure> {
  const ratios: number[] = []
  const line = { bytesPerSecond: SHAPED.BYTES_PER_SECOND, latencyMs: SHAPED.LATENCY_MS }
  const shape = async (url: string) => {
    const proxy = await createFaultProxy(Number(new URL(url).port))
    await proxy.setWeather({ up: line, down: { latencyMs: SHAPED.LATENCY_MS } })
    return proxy
  }
  for (let round = 0; round < SHAPED.ROUNDS; round += 1) {
    const [one, other] = [await shape(peers.plain), await shape(peers.sandbox.url)]
    const [plain, tus] = await Promise.all([
      timed(() => putPlainly(one.url, paper.content)),
      timed(() => upload({ ...peers.sandbox, url: other.url }, paper)),
    ])
    ratios.push(plain / tus)
    await one.close()
    await other.close()
  }
  const baseline = `one PUT of ${SHAPED.BYTES / MIB} MiB at 2 Mbit/s, 200 ms`
  return ratioFigure('upload', 'B5 shaped line to raw PUT (median)', ratios, 0.9, baseline)
}

/** Bytes of the paper on the wire, less one smallest piece for each cut, to the paper's own. */
async function cutFigure(peers: Peers, paper: SealedPaper): Promise<Figure> {
  const random = seeded(CUTS.SEED)
  const proxy = await createFaultProxy(Number(new URL(peers.sandbox.url).port))
  let cuts = -1
  await upload({ ...peers.sandbox, url: proxy.url }, paper, async () => {
    cuts += 1
    const cutAfterBytes = random.between(10 * KIB, 600 * KIB)
    await proxy.setWeather(cuts < CUTS.COUNT ? { up: { cutAfterBytes } } : {})
  })
  const { up } = proxy.stats()
  await proxy.close()
  const whole = up / CUTS.BYTES
  const metric = 'B6 bytes on the wire, less a piece a cut'
  const baseline = `a paper of ${CUTS.BYTES / MIB} MiB, ${cuts} cuts; with those pieces ${whole.toFixed(3)}`
  return figure('upload', metric, (up - cuts * 64 * KIB) / CUTS.BYTES, 'x', '<=', 1.1, baseline)
}
