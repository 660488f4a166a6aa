import { securityHeaders } from './headers.ts'
import { mayNavigate, PAGE_SCHEME } from './navigation.ts'
import { OUT_OF_SERVICE_URL, outOfServiceResponse } from './out-of-service.ts'
import { servePageFile, type PageFolders } from './static-files.ts'

/** The parts of Electron's `protocol` that are used before `ready`. */
export interface PrivilegePort {
  registerSchemesAsPrivileged(
    schemes: {
      scheme: string
      privileges: {
        standard: boolean
        secure: boolean
        supportFetchAPI: boolean
        stream: boolean
        codeCache: boolean
      }
    }[],
  ): void
}

/** The parts of a session's `protocol` that are used. */
export interface ProtocolPort {
  handle(scheme: string, handler: (request: Request) => Promise<Response>): void
}

/** Makes `kiosk://` a scheme with an origin, as `https:` is. Neither CSP bypass nor service workers. */
export function declareScheme(protocol: PrivilegePort): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: PAGE_SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        codeCache: true,
      },
    },
  ])
}

/**
 * Serves the built page under `kiosk://app/`, and nothing under other hosts.
 * `papers` answers for what is no file; `microphone`: the page may ask for one.
 */
export function servePage(
  protocol: ProtocolPort,
  folders: PageFolders,
  papers: (request: Request) => Promise<Response> | null,
  microphone: boolean,
): void {
  protocol.handle(PAGE_SCHEME, async (request) => {
    if (request.url === OUT_OF_SERVICE_URL) return outOfServiceResponse()
    // An unknown host gets what an unknown file gets.
    const ours = mayNavigate(request.url)
    const paper = ours ? papers(request) : null
    if (paper !== null) return paper
    const pathname = ours ? new URL(request.url).pathname : ''
    const answer = await servePageFile(folders, request.method, pathname)
    const headers = { ...answer.headers, ...securityHeaders(microphone) }
    return new Response(answer.body, { status: answer.status, headers })
  })
}
