import { VOICE_PATH, clipPath, SOURCE } from '../../shared/speech/index.ts'
import { STUDIO, studioStateSchema, type StudioState } from '../../shared/speech/studio.ts'

/** The studio's server, which this page came from. */
export interface StudioApi {
  /** Throws where the token is not the server's, or the server is away. */
  state(): Promise<StudioState>
  /** A clip of the pack, or one that says a text in Vietnamese. */
  clip(id: string): Promise<ArrayBuffer>
  vietnamese(id: string): Promise<ArrayBuffer>
  keep(id: string, clip: KeptClip): Promise<void>
}

export interface KeptClip {
  readonly file: Uint8Array<ArrayBuffer>
  /** dBFS */
  readonly level: number
  /** dBFS */
  readonly peak: number
}

/** `token`: from the fragment of the page's address. */
export function openApi(token: string): StudioApi {
  const headers = { Authorization: `Bearer ${token}` }
  const ask = async (path: string, init: RequestInit = { headers }) => {
    const answer = await fetch(path, init)
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return answer
  }
  return {
    state: async () => studioStateSchema.parse(await (await ask(STUDIO.STATE)).json()),
    clip: async (id) => (await ask(`${STUDIO.CLIPS}${id}`)).arrayBuffer(),
    vietnamese: async (id) =>
      (await ask(`${VOICE_PATH}${SOURCE}/${clipPath(id)}`, {})).arrayBuffer(),
    async keep(id, { file, level, peak }) {
      const query = new URLSearchParams({ level: level.toFixed(1), peak: peak.toFixed(1) })
      const how = { method: 'PUT', headers, body: file }
      await ask(`${STUDIO.CLIPS}${id}?${query.toString()}`, how)
    },
  }
}
