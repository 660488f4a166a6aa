/** So much of the text stays in sight on both sides of the caret, as a share of the box. */
const MARGIN = 0.1

let pen: CanvasRenderingContext2D | null = null

/**
 * Puts the caret of a box, and moves the text so that it can be seen: a browser does that for its
 * own keys only.
 */
export function putCaret(input: HTMLInputElement, from: number, to: number): void {
  if (input.selectionStart !== from || input.selectionEnd !== to) input.setSelectionRange(from, to)
  pen ??= document.createElement('canvas').getContext('2d')
  if (pen === null) return
  // Not `font`: it is empty where figures are tabular.
  const { fontWeight, fontSize, fontFamily } = getComputedStyle(input)
  pen.font = `${fontWeight} ${fontSize} ${fontFamily}`
  const caret = pen.measureText(input.value.slice(0, to)).width
  const margin = MARGIN * input.clientWidth
  if (caret < input.scrollLeft + margin) input.scrollLeft = caret - margin
  const right = input.scrollLeft + input.clientWidth
  if (caret > right - margin) input.scrollLeft = caret + margin - input.clientWidth
}
