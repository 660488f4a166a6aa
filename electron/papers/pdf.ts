import { degrees, PDFDocument } from 'pdf-lib'

/** A page as it is to stand in the file. */
export type PdfPage = {
  /** Baseline JPEG. */
  readonly jpeg: Uint8Array
  /** Quarter turns, clockwise. */
  readonly turns: number
}

/** A4 in points, and the white that printers need around a page. */
const A4 = { width: 595.28, height: 841.89, marginPt: 12 } as const

/**
 * One PDF of A4 pages, each picture as large as it fits, upright or across as the picture is. The
 * same pages give the same bytes: there is no date in it.
 */
export async function pagesToPdf(pages: readonly PdfPage[]): Promise<Uint8Array> {
  const pdf = await PDFDocument.create({ updateMetadata: false })
  for (const { jpeg, turns } of pages) {
    // A copy: pdf-lib reads the whole memory behind the bytes that it is given.
    const image = await pdf.embedJpg(Uint8Array.from(jpeg))
    const across = image.width > image.height
    const width = across ? A4.height : A4.width
    const height = across ? A4.width : A4.height
    const room = { width: width - 2 * A4.marginPt, height: height - 2 * A4.marginPt }
    const scale = Math.min(room.width / image.width, room.height / image.height)
    const drawn = { width: image.width * scale, height: image.height * scale }
    const page = pdf.addPage([width, height])
    page.drawImage(image, {
      ...drawn,
      x: (width - drawn.width) / 2,
      y: (height - drawn.height) / 2,
    })
    page.setRotation(degrees(turns * 90))
  }
  return pdf.save()
}
