/** A page of grey dots on white paper. */
export type GreyPage = {
  /** Rows top to bottom, one byte a dot; 255 is white. */
  readonly dots: Uint8Array
  readonly width: number
  readonly height: number
}

/** What the pages of one file have in common. */
export type PwgSheet = {
  readonly dpi: number
  readonly colour: 'sgray_8' | 'srgb_8'
  /** Self-describing name (PWG 5101.1), such as `iso_a5_148x210mm`. */
  readonly mediaName: string
  /** Points. */
  readonly width: number
  readonly height: number
}

/** Bytes of a page's header. */
const HEADER_BYTES = 1796
/** Where its fields stand (PWG 5102.4, 4.3). What is not named is reserved or the printer's choice: 0. */
const AT = {
  CLASS: 0,
  RESOLUTION: 276,
  COPIES: 340,
  PAGE_SIZE: 352,
  WIDTH: 372,
  HEIGHT: 376,
  BITS_PER_COLOR: 384,
  BITS_PER_PIXEL: 388,
  BYTES_PER_LINE: 392,
  COLOR_SPACE: 400,
  NUM_COLORS: 420,
  TOTAL_PAGES: 452,
  CROSS_FEED_TRANSFORM: 456,
  FEED_TRANSFORM: 460,
  IMAGE_BOX_RIGHT: 472,
  IMAGE_BOX_BOTTOM: 476,
  ALTERNATE_PRIMARY: 480,
  PRINT_QUALITY: 484,
  PAGE_SIZE_NAME: 1732,
} as const
const COLORS = {
  sgray_8: { space: 18, channels: 1 },
  srgb_8: { space: 19, channels: 3 },
} as const
const NORMAL_QUALITY = 4
const WHITE_SRGB = 0xff_ff_ff

/**
 * A PWG raster file (PWG 5102.4) of `count` pages. They are taken one after the other: no two need
 * be in memory.
 */
export function encodePwgRaster(
  pages: Iterable<GreyPage>,
  count: number,
  sheet: PwgSheet,
): Uint8Array {
  const parts: Uint8Array[] = [Buffer.from('RaS2', 'latin1')]
  for (const page of pages) {
    parts.push(header(page, count, sheet), compress(page, COLORS[sheet.colour].channels))
  }
  return Buffer.concat(parts)
}

function header({ width, height }: GreyPage, count: number, sheet: PwgSheet): Uint8Array {
  const { space, channels } = COLORS[sheet.colour]
  const bytes = Buffer.alloc(HEADER_BYTES)
  bytes.write('PwgRaster', AT.CLASS, 'latin1')
  bytes.write(sheet.mediaName, AT.PAGE_SIZE_NAME, 63, 'latin1')
  const put = (at: number, ...values: readonly number[]) => {
    for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, at + 4 * index)
  }
  put(AT.RESOLUTION, sheet.dpi, sheet.dpi)
  put(AT.COPIES, 1)
  put(AT.PAGE_SIZE, Math.floor(sheet.width), Math.floor(sheet.height))
  put(AT.WIDTH, width)
  put(AT.HEIGHT, height)
  put(AT.BITS_PER_COLOR, 8)
  put(AT.BITS_PER_PIXEL, 8 * channels)
  put(AT.BYTES_PER_LINE, width * channels)
  put(AT.COLOR_SPACE, space)
  put(AT.NUM_COLORS, channels)
  put(AT.TOTAL_PAGES, count)
  put(AT.CROSS_FEED_TRANSFORM, 1)
  put(AT.FEED_TRANSFORM, 1)
  put(AT.IMAGE_BOX_RIGHT, width)
  put(AT.IMAGE_BOX_BOTTOM, height)
  put(AT.ALTERNATE_PRIMARY, WHITE_SRGB)
  put(AT.PRINT_QUALITY, NORMAL_QUALITY)
  return bytes
}

/** Most equal lines, and most dots of one run, that one count byte can say. */
const MAX_LINES = 256
const MAX_RUN = 128

/** All lines: how often each comes again, then its runs (PWG 5102.4, 4.4). */
function compress({ dots, width, height }: GreyPage, channels: number): Uint8Array {
  const rows = Buffer.from(dots.buffer, dots.byteOffset, dots.length)
  const line = (y: number) => rows.subarray(y * width, (y + 1) * width)
  const parts: Uint8Array[] = []
  // A line of single dots needs a count byte for each two at worst.
  const packed = Buffer.alloc(1 + 2 * width * channels)
  for (let y = 0; y < height;) {
    let same = 1
    while (same < MAX_LINES && y + same < height && line(y).equals(line(y + same))) same += 1
    packed[0] = same - 1
    parts.push(Buffer.from(packed.subarray(0, packLine(line(y), channels, packed))))
    y += same
  }
  return Buffer.concat(parts)
}

/** Writes the runs of a line behind the count byte; returns the end. */
function packLine(line: Uint8Array, channels: number, packed: Uint8Array): number {
  let end = 1
  const put = (dot: number) => {
    packed.fill(dot, end, end + channels)
    end += channels
  }
  for (let x = 0; x < line.length;) {
    const first = line[x] ?? 0
    let run = 1
    while (run < MAX_RUN && x + run < line.length && line[x + run] === first) run += 1
    let single = 1
    if (run === 1) {
      // Dots that differ from their neighbour, up to where two equal ones begin.
      while (
        single < MAX_RUN &&
        x + single < line.length &&
        (x + single + 1 === line.length || line[x + single] !== line[x + single + 1])
      ) {
        single += 1
      }
    }
    if (single === 1) {
      packed[end] = run - 1
      end += 1
      put(first)
      x += run
    } else {
      packed[end] = 257 - single
      end += 1
      for (const dot of line.subarray(x, x + single)) put(dot)
      x += single
    }
  }
  return end
}
