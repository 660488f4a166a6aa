import { randomBytes } from 'node:crypto'
import { PAPERS_PATH } from '../shared/contract/index.ts'
import type { DocumentScanner } from './devices/capture/index.ts'
import type { Log } from './log.ts'
import type { AnswerPaper } from './paper-http.ts'
import { createCaptured, createDesk, createDoors } from './papers/index.ts'
import type { PaperDoors, Session, SessionPorts } from './session/index.ts'
import type { SealedFiles } from './store/index.ts'

type CaptureDeps = {
  readonly files: SealedFiles
  readonly source: PaperDoors['source']
  /** Null where the page captures. */
  readonly scanner: DocumentScanner | null
  /** True where a filing of this reference was made. */
  readonly isFiled: (clientRef: string) => boolean
  readonly session: () => Pick<Session, 'pageTaken' | 'state'>
  readonly changed: () => void
  readonly log: Log
}

/** How the papers of a visit come in: the addresses for the page, the scanner, the sealed files. */
export function createPaperCapture(deps: CaptureDeps): {
  readonly ports: SessionPorts['papers']
  readonly doors: PaperDoors
  readonly answer: AnswerPaper
  /** Removes what visits have left that a crash or a power cut ended. */
  readonly discardLeftovers: (visiting: string | null) => Promise<void>
} {
  const { files, source, scanner, isFiled, session, changed, log } = deps
  const doors = createDoors(() => randomBytes(24).toString('base64url'))
  const captured = createCaptured(files)
  const tell = (event: string, gone: Promise<{ readonly ok: boolean }>) =>
    void gone.then(({ ok }) => (ok ? undefined : log(event)))
  const discard = (clientRef: string, page: string) => {
    const goesOn = session().state().visit.clientRef === clientRef
    // A visit that has ended had its folder removed, and this page has made it anew.
    const gone = goesOn ? captured.drop(clientRef, page) : files.eraseOpened(clientRef)
    tell('paper-not-erased', gone)
  }
  const desk = createDesk({
    doors,
    captured,
    newPageId: () => `page-${randomBytes(8).toString('hex')}`,
    taken: (clientRef, component, page) => session().pageTaken(clientRef, component, page),
    discard,
    changed,
    log,
  })

  return {
    ports: {
      scan(clientRef, component, room) {
        void scanner?.scan(room, async (jpeg) => {
          const problem = await desk.keep(clientRef, component, jpeg)
          if (problem !== null) log('paper-refused', { code: problem })
          if (problem === null) return 'taken'
          return problem === 'spent' ? 'unwanted' : 'refused'
        })
      },
      drop: (clientRef, page) => tell('paper-not-erased', captured.drop(clientRef, page)),
      async gather(clientRef, papers) {
        // A core that was killed after the filing was made: its files stand as they are.
        if (isFiled(clientRef)) return 'none'
        const gathered = await captured.gather(clientRef, papers)
        if (gathered.ok) return gathered.value
        log('filing-not-kept', { code: `papers-${gathered.error}` })
        return null
      },
      end(clientRef) {
        doors.closeAll(clientRef)
        scanner?.cancel()
        // A jam of this visit is no word about the next one.
        scanner?.look()
        tell('paper-not-erased', files.eraseOpened(clientRef))
      },
    },
    doors: {
      source,
      upload: (clientRef, component) =>
        scanner === null
          ? `${PAPERS_PATH}${doors.open({ kind: 'upload', clientRef, component })}`
          : null,
      picture: (clientRef, page) =>
        `${PAPERS_PATH}${doors.open({ kind: 'picture', clientRef, page })}`,
    },
    answer: desk.handle,
    async discardLeftovers(visiting) {
      const erased = await files.eraseOtherOpened(visiting)
      if (!erased.ok) log('paper-not-erased')
    },
  }
}
