import type { Raster } from './raster.ts'

/** What a printer is told to do, as far as this kiosk and its simulated printer care. */
export type PrinterCommand =
  /** ESC @ */
  | { readonly kind: 'reset' }
  /** GS v 0: one band of a picture. */
  | { readonly kind: 'band'; readonly raster: Raster }
  /** ESC d, ESC J: paper feed; `dots` counts lines of 1/6 inch as 34 dots. */
  | { readonly kind: 'feed'; readonly dots: number }
  /** GS V */
  | { readonly kind: 'cut'; readonly mode: 'full' | 'partial' }
  /** DLE EOT n: answered on arrival. */
  | { readonly kind: 'status-query'; readonly n: number }
  /** DLE DC4 8: forget what is not printed yet, on arrival. */
  | { readonly kind: 'clear' }
  /** GS a n: automatic status back on or off. */
  | { readonly kind: 'auto-status'; readonly n: number }
  /** GS r n: answered in its turn, after all that came before is printed. */
  | { readonly kind: 'status-in-turn'; readonly n: number }
  /** GS I n */
  | { readonly kind: 'identify'; readonly n: number }

/** What the decoder holds at most, whatever arrives. */
export const DECODER_LIMITS = {
  /** Widest head on the market: 2,048 dots. */
  BAND_ROW_BYTES: 256,
  /** Rows of one band; with the widest row 1 MiB. A larger header is noise. */
  BAND_ROWS: 4096,
} as const

/** A decoder for one connection. Feed it bytes as they come, split anywhere. */
export type EscPosDecoder = { push(chunk: Uint8Array): PrinterCommand[] }

/**
 * Decodes the ESC/POS commands above and passes over others by their length. Bytes that are no
 * command are dropped, as text: a stream of noise never throws and never makes the decoder hold
 * more than one band.
 */
export function createEscPosDecoder(): EscPosDecoder {
  let found: PrinterCommand[] = []
  const reader = commands((command) => found.push(command))
  reader.next()
  return {
    push: (chunk) => {
      found = []
      for (const byte of chunk) reader.next(byte)
      return found
    },
  }
}

type Bytes<T = void> = Generator<undefined, T, number>

/** Each `yield` waits for one byte; the generator keeps the place between chunks. */
function* commands(emit: (command: PrinterCommand) => void): Bytes<never> {
  for (;;) {
    switch (yield) {
      case 0x10:
        yield* realTime(emit)
        break
      case 0x1b:
        yield* escape(emit)
        break
      case 0x1d:
        yield* group(emit)
        break
      case 0x1c:
        yield* skip(1)
        break
      default:
    }
  }
}

function* realTime(emit: (command: PrinterCommand) => void): Bytes {
  switch (yield) {
    case 0x04:
      emit({ kind: 'status-query', n: yield })
      break
    case 0x05:
      yield* skip(1)
      break
    case 0x14: {
      const fn = yield
      if (fn !== 8) {
        yield* skip(2)
        break
      }
      for (const expected of CLEAR_TAIL) if ((yield) !== expected) return
      emit({ kind: 'clear' })
      break
    }
    default:
  }
}

/** d1..d7 of DLE DC4 8: the printer clears only if all seven are right. */
const CLEAR_TAIL = [0x01, 0x03, 0x14, 0x01, 0x06, 0x02, 0x08] as const

/** m of GS V that cuts all the way; the others leave a corner. */
const FULL_CUTS = new Set([0, 48, 65, 97, 103])

function* escape(emit: (command: PrinterCommand) => void): Bytes {
  switch (yield) {
    case 0x40:
      emit({ kind: 'reset' })
      break
    case 0x64:
      emit({ kind: 'feed', dots: (yield) * 34 })
      break
    case 0x4a:
      emit({ kind: 'feed', dots: yield })
      break
    // ESC ! - 3 E G M R S a t { and SP take one byte; it styles text that is not drawn here.
    case 0x21:
    case 0x20:
    case 0x2d:
    case 0x33:
    case 0x45:
    case 0x47:
    case 0x4d:
    case 0x52:
    case 0x61:
    case 0x74:
    case 0x7b:
      yield* skip(1)
      break
    // ESC p m t1 t2: cash drawer.
    case 0x70:
      yield* skip(3)
      break
    // ESC 2, ESC S and all others: no parameter that could be mistaken for a command.
    default:
  }
}

function* group(emit: (command: PrinterCommand) => void): Bytes {
  switch (yield) {
    case 0x76:
      yield* band(emit)
      break
    case 0x56: {
      const mode = yield
      if (mode >= 65) yield* skip(1)
      emit({ kind: 'cut', mode: FULL_CUTS.has(mode) ? 'full' : 'partial' })
      break
    }
    case 0x61:
      emit({ kind: 'auto-status', n: yield })
      break
    case 0x72:
      emit({ kind: 'status-in-turn', n: yield })
      break
    case 0x49:
      emit({ kind: 'identify', n: yield })
      break
    // GS ( X pL pH: two-dimensional codes and settings, passed over by their length.
    case 0x28: {
      yield* skip(1)
      const low = yield
      yield* skip(low | ((yield) << 8))
      break
    }
    // GS ! B H f h w: one byte.
    case 0x21:
    case 0x42:
    case 0x48:
    case 0x66:
    case 0x68:
    case 0x77:
      yield* skip(1)
      break
    // GS L, GS W: left margin and width, two bytes.
    case 0x4c:
    case 0x57:
      yield* skip(2)
      break
    default:
  }
}

function* band(emit: (command: PrinterCommand) => void): Bytes {
  if ((yield) !== 0x30) return
  const mode = yield
  const xLow = yield
  const stride = xLow | ((yield) << 8)
  const yLow = yield
  const rows = yLow | ((yield) << 8)
  const possible =
    stride > 0 &&
    rows > 0 &&
    stride <= DECODER_LIMITS.BAND_ROW_BYTES &&
    rows <= DECODER_LIMITS.BAND_ROWS &&
    (mode <= 3 || (mode >= 48 && mode <= 51))
  if (!possible) return
  const bits = new Uint8Array(stride * rows)
  for (let at = 0; at < bits.length; at += 1) bits[at] = yield
  emit({ kind: 'band', raster: { width: stride * 8, height: rows, bits } })
}

function* skip(count: number): Bytes {
  for (let left = count; left > 0; left -= 1) yield
}
