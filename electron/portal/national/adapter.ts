import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { unreachable } from '../../../shared/domain/result.ts'
import type { FilingIdentity, PortalAdapter, SendOutcome, StatusOutcome } from '../adapter.ts'
import { filingSchema, type Receipt, type ReceiptContent } from '../contract.ts'
import { fromStatus, later, noWord, nothingMade, refused, submitOutcome } from './outcomes.ts'
import { buildDossier, nationalTime, type NationalProcedure, type SentPaper } from './payload.ts'
import { createPlatform, type NationalPlatformOptions } from './platform.ts'
import type { RemoteJournal, RemoteState } from './remote-state.ts'
import { NATIONAL_STATUS } from './status-codes.ts'

/** One paper of a filing, as the kiosk keeps it. */
export type Paper = {
  readonly component: string
  readonly title: string
  readonly content: () => Readable
}

type NationalOptions = NationalPlatformOptions & {
  readonly journal: RemoteJournal
  readonly clock: { now(): number }
  /** Null where this platform does not offer the procedure. */
  readonly procedure: (code: string) => NationalProcedure | null
  /** Null where the kiosk has no such paper. */
  readonly paper: (clientRef: string, id: string) => Paper | null
  /**
   * The platform signs nothing. The kiosk writes the receipt and signs with a key of its own, which
   * says: the platform confirmed this over its authenticated connection.
   */
  readonly vouch: (content: Omit<ReceiptContent, 'keyId'>) => Receipt
}

type RemotePaper = State<'numbered'>['papers'][number]
type State<Step extends RemoteState['step']> = Extract<RemoteState, { step: Step }>

/**
 * The adapter to the national flow: token, GetNextValue, files, NoiHoSo, CapNhatTienTrinh,
 * CapNhatTrangThai. The platform knows dossier codes and no references of the kiosk, so the code is
 * in the journal before NoiHoSo goes out; a doubt is settled by looking that code up, and whatever
 * is sent again goes under the same code.
 */
export function createNationalPortal(options: NationalOptions): PortalAdapter {
  const { clock, journal } = options
  const platform = createPlatform(options)

  async function send(
    clientRef: string,
    bytes: Uint8Array,
    signal?: AbortSignal,
  ): Promise<SendOutcome> {
    const filing = filingSchema.safeParse(parseJson(bytes)).data
    const procedure = filing && options.procedure(filing.procedureCode)
    if (!filing || filing.clientRef !== clientRef) return refused('validation', ['schema'])
    if (!procedure) return refused('validation', ['procedureCode'])
    const bodySha256 = createHash('sha256').update(bytes).digest('hex')
    const known = journal.load(clientRef)
    if (known !== null && known.bodySha256 !== bodySha256) return refused('digest-conflict')
    const save = <T extends RemoteState>(state: T): T => {
      journal.save(clientRef, state)
      return state
    }

    let state: RemoteState =
      known ?? save({ step: 'begun', bodySha256, attachments: filing.attachments })
    if (state.step === 'submitting') {
      const found = await settleDoubt(clientRef, state, signal)
      if (found.kind === 'unknown') {
        return { kind: 'in-doubt', cause: found.cause, answered: false }
      }
      if (found.kind !== 'absent') return fromStatus(found)
      state = save({ ...state, step: 'numbered' })
    }
    if (state.step === 'submitted' || state.step === 'reported') {
      return fromStatus(await finish(clientRef, state, signal))
    }
    if (state.step === 'begun') {
      const said = await platform.nextValue(filing.procedureCode, signal)
      if (said.kind !== 'value') return nothingMade('next-value', said)
      const { MaHoSo: dossierCode } = said.value
      state = save({ ...state, step: 'numbered', dossierCode, papers: [] })
    }

    const sent: SentPaper[] = []
    for (const { id, sha256, size } of filing.attachments) {
      const paper = options.paper(clientRef, id)
      if (paper === null) return { ...refused('attachment-mismatch'), attachments: [id] }
      const { component, title, content } = paper
      let there: RemotePaper | undefined = state.papers.find((one) => one.id === id)
      if (there === undefined) {
        const said = await platform.upload({ id, size, content }, signal)
        if (said.kind !== 'value') return nothingMade('upload', said)
        const { IdTepTin: fileId, HashTepTin: fileHash } = said.value
        // Only a hash that can be compared is; the platform does not say how it makes it.
        if (/^[0-9a-f]{64}$/i.test(fileHash) && fileHash.toLowerCase() !== sha256) {
          return { kind: 'not-sent', cause: 'upload-damaged' }
        }
        there = { id, fileId, fileHash }
        state = save({ ...state, papers: [...state.papers, there] })
      }
      sent.push({ fileId: there.fileId, fileHash: there.fileHash, component, title })
    }

    const dossier = buildDossier(filing, state.dossierCode, procedure, sent)
    const submitting = save({ ...state, step: 'submitting' })
    const said = await platform.submit(dossier, signal)
    const outcome = submitOutcome(said, state.dossierCode)
    if (outcome === 'taken') {
      const taken = save({ ...submitting, step: 'submitted', receivedAtMs: clock.now() })
      return fromStatus(await finish(clientRef, taken, signal))
    }
    // Every other end than a doubt says that there is no dossier.
    if (outcome.kind !== 'in-doubt') save({ ...state, step: 'numbered' })
    return outcome
  }

  /** Looks for the dossier that NoiHoSo may have made. */
  async function settleDoubt(
    clientRef: string,
    state: State<'submitting'>,
    signal?: AbortSignal,
  ): Promise<StatusOutcome> {
    const said = await platform.lookUp(state.dossierCode, signal)
    if (said.kind !== 'value') return noWord('look-up', said)
    const { HoSo: dossier } = said.value
    if (dossier === null) return { kind: 'absent' }
    if (dossier.MaHoSo !== state.dossierCode) return { kind: 'unknown', cause: 'other-dossier' }
    switch (dossier.TrangThai) {
      case NATIONAL_STATUS.WITHDRAWN:
        return { kind: 'withdrawn' }
      case NATIONAL_STATUS.NOT_RECEIVED:
      case NATIONAL_STATUS.STOPPED:
        return refused(`national-${dossier.TrangThai}`)
      default: {
        const taken = { ...state, step: 'submitted', receivedAtMs: clock.now() } as const
        journal.save(clientRef, taken)
        return finish(clientRef, taken, signal)
      }
    }
  }

  /** Reports progress and status, which can be repeated, and then gives the receipt. */
  async function finish(
    clientRef: string,
    state: State<'submitted' | 'reported'>,
    signal?: AbortSignal,
  ): Promise<StatusOutcome> {
    const { dossierCode: MaHoSo, receivedAtMs } = state
    if (state.step === 'submitted') {
      const progress = await platform.progress(
        { MaHoSo, ThoiDiemXuLy: nationalTime(receivedAtMs), NoiDungXuLy: 'Nộp tại ki-ốt' },
        signal,
      )
      if (progress.kind !== 'value') return later(progress)
      const TrangThai = NATIONAL_STATUS.REGISTERED
      const status = await platform.status({ MaHoSo, TrangThai }, signal)
      if (status.kind !== 'value') return later(status)
      journal.save(clientRef, { ...state, step: 'reported' })
    }
    const receipt = options.vouch({
      clientRef,
      dossierCode: MaHoSo,
      receivedAt: new Date(receivedAtMs).toISOString(),
      bodySha256: state.bodySha256,
      attachments: state.attachments,
    })
    return { kind: 'accepted', receipt }
  }

  async function status(
    { clientRef, bodySha256 }: FilingIdentity,
    signal?: AbortSignal,
  ): Promise<StatusOutcome> {
    const state = journal.load(clientRef)
    // A journal that was lost proves nothing about the platform.
    if (state === null) return { kind: 'unknown', cause: 'no-dossier-code' }
    if (state.bodySha256 !== bodySha256) return { kind: 'unknown', cause: 'status-other-bytes' }
    switch (state.step) {
      case 'begun':
      case 'numbered':
        return { kind: 'absent' }
      case 'submitting':
        return settleDoubt(clientRef, state, signal)
      case 'submitted':
      case 'reported':
        return finish(clientRef, state, signal)
      default:
        return unreachable(state)
    }
  }

  return {
    capabilities: {
      replaySafe: false,
      statusByRef: true,
      statusBatch: false,
      withdraw: false,
      resumableUpload: false,
      signedReceipt: false,
      // TraCuuHoSo gives code 5 without the papers that are asked for.
      supplement: false,
    },
    send,
    status: (clientRef, bodySha256, signal) => status({ clientRef, bodySha256 }, signal),
    async statusOf(filings, signal) {
      const outcomes = new Map<string, StatusOutcome>()
      for (const filing of filings) outcomes.set(filing.clientRef, await status(filing, signal))
      return outcomes
    },
    withdraw: async () => ({ kind: 'unsupported' }),
    // It brings the papers itself, between number and dossier.
    upload: async () => refused('unsupported'),
    dropUpload: async () => {},
    async health() {
      try {
        await platform.hasToken()
        return { kind: 'reachable' }
      } catch {
        return { kind: 'away', cause: 'no-token' }
      }
    },
    close: () => platform.close(),
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}
