import { z } from 'zod'

/** Limits of one frame from the page; both transports obey them. */
export const FRAME_LIMITS = {
  /** UTF-16 units of one frame; the WebSocket's `maxPayload` is the same number of bytes. */
  MAX_FRAME_LENGTH: 1_048_576,
  /** Nesting of objects and arrays; a filing needs 5. */
  MAX_DEPTH: 24,
} as const

/**
 * The frames that a page of ours sends: a call, or the end of a subscription. oRPC would accept
 * more (uploads, client streams, foreign URLs); none of it is needed, so none of it passes.
 */
const frameSchema = z.union([
  z.strictObject({
    i: z.string().min(1).max(64),
    p: z.strictObject({
      u: z.string().max(256).startsWith('/'),
      h: z.record(z.literal('last-event-id'), z.string().max(64)).optional(),
      m: z.enum(['GET', 'POST']).optional(),
      b: z.unknown(),
    }),
  }),
  z.strictObject({ i: z.string().min(1).max(64), t: z.literal(4) }),
])

export type FrameRefusal = 'not-text' | 'too-long' | 'not-json' | 'too-deep' | 'not-a-call'

/** Says whether a frame may reach the dispatcher. Never throws and never quotes the frame. */
export function checkFrame(data: unknown): FrameRefusal | null {
  if (typeof data !== 'string') return 'not-text'
  if (data.length > FRAME_LIMITS.MAX_FRAME_LENGTH) return 'too-long'
  if (nesting(data) > FRAME_LIMITS.MAX_DEPTH) return 'too-deep'
  let json: unknown
  try {
    json = JSON.parse(data)
  } catch {
    return 'not-json'
  }
  return frameSchema.safeParse(json).success ? null : 'not-a-call'
}

/** Deepest nesting of brackets outside strings; measured before parsing, in one pass. */
function nesting(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at)
    if (inString) {
      if (char === 0x5c) at += 1
      else if (char === 0x22) inString = false
    } else if (char === 0x22) inString = true
    else if (char === 0x7b || char === 0x5b) deepest = Math.max(deepest, (depth += 1))
    else if (char === 0x7d || char === 0x5d) depth -= 1
  }
  return deepest
}

/** What a transport offers: text frames in, text frames out, and an end. */
export interface FrameChannel {
  onFrame(listener: (data: unknown) => void): void
  onClose(listener: () => void): void
  send(frame: string): void
  close(): void
}

/** The shape that oRPC's message-port handler works on. */
export interface GuardedPort {
  on(event: string, listener: (event?: { data: string }) => void): void
  postMessage(data: unknown): void
}

/**
 * Puts the guard in front of oRPC's handler, which has no try/catch of its own: a frame that is
 * refused closes the channel, and the page takes a new one.
 */
export function guardPort(
  channel: FrameChannel,
  refused: (reason: FrameRefusal) => void,
): GuardedPort {
  return {
    on(event, listener) {
      if (event === 'close') channel.onClose(() => listener())
      if (event !== 'message') return
      channel.onFrame((data) => {
        const refusal = checkFrame(data)
        if (refusal === null && typeof data === 'string') return listener({ data })
        refused(refusal ?? 'not-text')
        channel.close()
      })
    },
    postMessage(data) {
      if (typeof data === 'string') channel.send(data)
    },
  }
}
