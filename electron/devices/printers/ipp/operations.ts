import type { IppAttribute, IppMessage, IppValue } from './codec.ts'

/** The operations that this kiosk asks for (RFC 8011, 4). */
export const IPP_OPERATIONS = {
  PRINT_JOB: 0x0002,
  CANCEL_JOB: 0x0008,
  GET_JOB_ATTRIBUTES: 0x0009,
  GET_PRINTER_ATTRIBUTES: 0x000b,
} as const

/** What a printer is asked all day long: a few hundred bytes. */
const STATE_ATTRIBUTES = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  // Said by a queue of CUPS alone.
  'cups-version',
]
/** What it is asked before it gets a document. */
const PRINTER_ATTRIBUTES = [
  ...STATE_ATTRIBUTES,
  'document-format-supported',
  'pwg-raster-document-resolution-supported',
  'pwg-raster-document-type-supported',
  'media-supported',
  'media-ready',
]
const JOB_ATTRIBUTES = ['job-state', 'job-state-reasons', 'job-impressions-completed']

/** Sheets by their names in PWG 5101.1. */
export const MEDIA = { A4: 'iso_a4_210x297mm', A5: 'iso_a5_148x210mm' } as const
export type Media = keyof typeof MEDIA

/** Kinds of dots in which this kiosk can draw for PWG raster, the smallest first. */
export const RASTER_COLOURS = ['sgray_8', 'srgb_8'] as const

/** How a page is to be drawn for a printer. A picture has one page alone. */
export type PageForm =
  | { readonly format: 'application/pdf' }
  | { readonly format: 'image/jpeg' }
  | {
      readonly format: 'image/pwg-raster'
      readonly dpi: number
      readonly colour: (typeof RASTER_COLOURS)[number]
      /** The sheet that is to be filled with dots. */
      readonly media: Media
    }
export type PageFormat = PageForm['format']

const one = (name: string, value: IppValue): IppAttribute => ({ name, values: [value] })
const keywords = (name: string, values: readonly string[]): IppAttribute => ({
  name,
  values: values.map((value) => ({ kind: 'keyword', value })),
})

/** `uri` is the printer's; the account is the kiosk's, never a person's. */
function request(
  code: number,
  requestId: number,
  uri: string,
  operation: readonly IppAttribute[],
  job: readonly IppAttribute[] = [],
): IppMessage {
  const attributes = [
    one('attributes-charset', { kind: 'charset', value: 'utf-8' }),
    one('attributes-natural-language', { kind: 'language', value: 'vi' }),
    one('printer-uri', { kind: 'uri', value: uri }),
    ...operation,
  ]
  return {
    code,
    requestId,
    groups: [
      { tag: 'operation', attributes },
      ...(job.length > 0 ? [{ tag: 'job', attributes: job } as const] : []),
    ],
  }
}
const user = one('requesting-user-name', { kind: 'name', value: 'kiosk' })
const jobId = (id: number) => one('job-id', { kind: 'integer', value: id })

/** `state`: how it is. `all`: that, and what it takes. */
export const getPrinterAttributes = (
  requestId: number,
  uri: string,
  what: 'state' | 'all',
): IppMessage =>
  request(IPP_OPERATIONS.GET_PRINTER_ATTRIBUTES, requestId, uri, [
    user,
    keywords('requested-attributes', what === 'state' ? STATE_ATTRIBUTES : PRINTER_ATTRIBUTES),
  ])

export const getJobAttributes = (requestId: number, uri: string, id: number): IppMessage =>
  request(IPP_OPERATIONS.GET_JOB_ATTRIBUTES, requestId, uri, [
    jobId(id),
    user,
    keywords('requested-attributes', JOB_ATTRIBUTES),
  ])

export const cancelJob = (requestId: number, uri: string, id: number): IppMessage =>
  request(IPP_OPERATIONS.CANCEL_JOB, requestId, uri, [jobId(id), user])

/** The document follows the message. `name` says what kind of paper it is, and of nobody. */
export const printJob = (
  requestId: number,
  uri: string,
  job: { readonly name: string; readonly format: PageFormat; readonly media: Media },
): IppMessage =>
  request(
    IPP_OPERATIONS.PRINT_JOB,
    requestId,
    uri,
    [
      user,
      one('job-name', { kind: 'name', value: job.name }),
      one('ipp-attribute-fidelity', { kind: 'boolean', value: false }),
      one('document-format', { kind: 'mime', value: job.format }),
    ],
    [
      one('copies', { kind: 'integer', value: 1 }),
      one('sides', { kind: 'keyword', value: 'one-sided' }),
      one('media', { kind: 'keyword', value: MEDIA[job.media] }),
    ],
  )
