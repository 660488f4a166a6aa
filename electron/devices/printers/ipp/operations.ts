import type { IppAttribute, IppMessage, IppValue } from './codec.ts'

/** The operations that this kiosk asks for (RFC 8011, 4). */
export const IPP_OPERATIONS = {
  PRINT_JOB: 0x0002,
  CANCEL_JOB: 0x0008,
  GET_JOB_ATTRIBUTES: 0x0009,
  GET_PRINTER_ATTRIBUTES: 0x000b,
} as const

/** What is asked of a printer about itself. */
const PRINTER_ATTRIBUTES = [
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'document-format-supported',
  'media-supported',
  'media-ready',
]
const JOB_ATTRIBUTES = ['job-state', 'job-state-reasons']

/** Sheets by their names in PWG 5101.1. */
export const MEDIA = { A4: 'iso_a4_210x297mm', A5: 'iso_a5_148x210mm' } as const
export type Media = keyof typeof MEDIA

/** Formats in which this kiosk can send a page, the best first. */
export const PAGE_FORMATS = ['application/pdf', 'image/jpeg'] as const
export type PageFormat = (typeof PAGE_FORMATS)[number]

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

export const getPrinterAttributes = (requestId: number, uri: string): IppMessage =>
  request(IPP_OPERATIONS.GET_PRINTER_ATTRIBUTES, requestId, uri, [
    user,
    keywords('requested-attributes', PRINTER_ATTRIBUTES),
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
