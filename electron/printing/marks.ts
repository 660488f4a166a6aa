import type { Mark } from './layout.ts'

/** Boxes that are the same on a roll and on a page; lengths in the layout's own unit. */

export function frame(x: number, y: number, width: number, height: number, border: number): Mark[] {
  return [
    { kind: 'box', x, y, width, height: border },
    { kind: 'box', x, y: y + height - border, width, height: border },
    { kind: 'box', x, y, width: border, height },
    { kind: 'box', x: x + width - border, y, width: border, height },
  ]
}

/** One box for each run of dark modules in a row. */
export function qrMarks(
  rows: readonly boolean[][],
  left: number,
  top: number,
  module: number,
): Mark[] {
  return rows.flatMap((row, line) => {
    const boxes: Mark[] = []
    let start = -1
    for (let column = 0; column <= row.length; column += 1) {
      if (row[column] === true) {
        if (start < 0) start = column
      } else if (start >= 0) {
        boxes.push({
          kind: 'box',
          x: left + start * module,
          y: top + line * module,
          width: (column - start) * module,
          height: module,
        })
        start = -1
      }
    }
    return boxes
  })
}

/** A ruler: a tick for each millimetre, longer at five and ten, 5 mm tall. */
export function rulerMarks(x: number, y: number, lengthMm: number, perMm: number): Mark[] {
  const stroke = perMm / 4
  return Array.from({ length: lengthMm + 1 }, (_, at) => {
    const tall = at % 10 === 0 ? 5 : at % 5 === 0 ? 3.5 : 2
    return { kind: 'box', x: x + at * perMm, y, width: stroke, height: tall * perMm }
  })
}
