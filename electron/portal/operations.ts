import type { z } from 'zod'
import {
  filingSchema,
  healthSchema,
  problemSchema,
  processingAnswerSchema,
  receiptSchema,
  statusListSchema,
  statusQuestionSchema,
  statusSchema,
  withdrawalSchema,
} from './contract.ts'

/** The schemas by the names that the OpenAPI document gives them. */
export const schemas = {
  Filing: filingSchema,
  Receipt: receiptSchema,
  Processing: processingAnswerSchema,
  Status: statusSchema,
  StatusQuestion: statusQuestionSchema,
  StatusList: statusListSchema,
  Withdrawal: withdrawalSchema,
  Health: healthSchema,
  Problem: problemSchema,
} as const satisfies Record<string, z.ZodType>

/** Name of a schema. */
export type BodyName = keyof typeof schemas

type Parameter = {
  readonly in: 'path' | 'query' | 'header'
  readonly name: string
  readonly description: string
  /** Default true. */
  readonly required?: false
}

type AnswerForm = {
  readonly description: string
  readonly body: BodyName | null
  /** Headers beyond the marker: name and meaning. */
  readonly headers?: Readonly<Record<string, string>>
}

/** One request of the contract. */
export type Operation = {
  readonly id: string
  readonly method: 'put' | 'get' | 'post' | 'head' | 'patch' | 'delete'
  readonly path: string
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly request?: BodyName | 'bytes'
  readonly answers: Readonly<Record<number, AnswerForm>>
}

const clientRef: Parameter = {
  in: 'path',
  name: 'clientRef',
  description: 'UUIDv7 made at the kiosk; unique together with the kiosk, for ever.',
}
const kioskId: Parameter = {
  in: 'header',
  name: 'X-Kiosk-Id',
  description:
    'The kiosk that took the filing in. Where it broke down, another kiosk of the same authority ' +
    'may send in its name; a portal that does not allow that answers 403.',
}
const authorization: Parameter = {
  in: 'header',
  name: 'Authorization',
  description: 'Bearer token, where the portal hands out tokens.',
  required: false,
}
const tusVersion: Parameter = { in: 'header', name: 'Tus-Resumable', description: '1.0.0' }
const uploadId: Parameter = {
  in: 'path',
  name: 'uploadId',
  description: 'Part of the Location that createUpload gave.',
}

const retryAfter = { 'Retry-After': 'Seconds or an HTTP date (RFC 9110); at most an hour counts.' }
const uploadState = {
  'Tus-Resumable': '1.0.0',
  'Upload-Offset': 'Bytes that are stored.',
  'Upload-Expires': 'HTTP date after which an unfinished upload is gone.',
}

/** Answers that any request may get. */
const always: Readonly<Record<number, AnswerForm>> = {
  400: { description: 'content-digest or malformed; no retry helps', body: 'Problem' },
  401: {
    description: 'unauthorized: nothing was taken; the kiosk renews its token once',
    body: 'Problem',
  },
  403: { description: 'kiosk-disabled: nothing was taken', body: 'Problem' },
  429: { description: 'unavailable: nothing was taken', body: 'Problem', headers: retryAfter },
  500: { description: 'unavailable: never the stored answer to a reference', body: 'Problem' },
  503: { description: 'unavailable: nothing was taken', body: 'Problem', headers: retryAfter },
}

/** The requests that this kiosk makes. */
export const operations: readonly Operation[] = [
  {
    id: 'putFiling',
    method: 'put',
    path: '/v1/filings/{clientRef}',
    summary: 'File. Repeating the same bytes is safe and gives the same receipt.',
    parameters: [
      clientRef,
      { in: 'header', name: 'Idempotency-Key', description: 'The client reference again.' },
      {
        in: 'header',
        name: 'Content-Digest',
        description: 'RFC 9530, sha-256, over the bytes of the body.',
      },
      { ...kioskId, description: 'The kiosk; the same as in the body.' },
      authorization,
    ],
    request: 'Filing',
    answers: {
      ...always,
      200: {
        description: 'Replay: the first receipt',
        body: 'Receipt',
        headers: { 'Idempotent-Replayed': 'true' },
      },
      201: { description: 'Accepted; the papers are frozen', body: 'Receipt' },
      202: {
        description: 'Taken for processing; a repetition gives 202 until it is decided',
        body: 'Processing',
        headers: { ...retryAfter, Location: 'Where to ask: this path again.' },
      },
      409: {
        description: 'in-progress (with Retry-After) or digest-conflict',
        body: 'Problem',
        headers: retryAfter,
      },
      410: { description: 'withdrawn', body: 'Problem' },
      413: { description: 'too-large', body: 'Problem' },
      422: {
        description: 'validation, idempotency-mismatch or attachment-mismatch',
        body: 'Problem',
      },
    },
  },
  {
    id: 'getFiling',
    method: 'get',
    path: '/v1/filings/{clientRef}',
    summary:
      'Ask what became of a filing. Strongly consistent with putFiling. Also asked once when ' +
      'somebody holds the slip of an accepted filing under the scanner.',
    parameters: [clientRef, kioskId, authorization],
    answers: {
      ...always,
      200: { description: 'Known', body: 'Status', headers: retryAfter },
      404: { description: 'unknown-client-ref; only this type means absent', body: 'Problem' },
      410: { description: 'withdrawn', body: 'Problem' },
    },
  },
  {
    id: 'statusOfFilings',
    method: 'post',
    path: '/v1/filings:status',
    summary: 'Ask for up to 100 filings. What the answer leaves out is to be asked again.',
    parameters: [kioskId, authorization],
    request: 'StatusQuestion',
    answers: {
      ...always,
      200: { description: 'What is known', body: 'StatusList', headers: retryAfter },
    },
  },
  {
    id: 'withdrawFiling',
    method: 'post',
    path: '/v1/filings/{clientRef}/withdraw',
    summary:
      'Take a filing back. Also of a reference that never came: a late copy of it then gets 410. ' +
      'Repeating is safe. A POST and not DELETE: the record of the reference stays for ever.',
    parameters: [clientRef, kioskId, authorization],
    answers: {
      ...always,
      200: { description: 'Withdrawn', body: 'Withdrawal' },
      409: { description: 'not-withdrawable: the authority works on it', body: 'Problem' },
    },
  },
  {
    id: 'health',
    method: 'get',
    path: '/v1/health',
    summary: 'Cheap sign of life that a captive network cannot imitate.',
    parameters: [{ in: 'query', name: 'nonce', description: 'Any text; comes back.' }],
    answers: {
      200: {
        description: 'Alive',
        body: 'Health',
        headers: { Date: 'The portal’s clock; the kiosk measures its own against it.' },
      },
    },
  },
  {
    id: 'createUpload',
    method: 'post',
    path: '/v1/uploads',
    summary:
      'tus 1.0 creation. A second request for the same filing and paper gives the same upload.',
    parameters: [
      kioskId,
      authorization,
      tusVersion,
      { in: 'header', name: 'Upload-Length', description: 'Bytes of the whole file.' },
      {
        in: 'header',
        name: 'Upload-Metadata',
        description: 'client_ref, attachment_id, sha256 (hex), each value in base64.',
      },
    ],
    answers: {
      ...always,
      200: {
        description: 'The upload is there already',
        body: null,
        headers: { ...uploadState, Location: 'Same origin.' },
      },
      201: {
        description: 'Made',
        body: null,
        headers: { ...uploadState, Location: 'Same origin.' },
      },
      409: { description: 'attachments-frozen', body: 'Problem' },
      413: { description: 'too-large', body: 'Problem' },
    },
  },
  {
    id: 'headUpload',
    method: 'head',
    path: '/v1/uploads/{uploadId}',
    summary: 'Ask how much of an upload is stored.',
    parameters: [uploadId, kioskId, authorization, tusVersion],
    answers: {
      200: {
        description: 'Known',
        body: null,
        headers: { ...uploadState, 'Upload-Length': 'Bytes.' },
      },
      404: { description: 'No such upload: begin again', body: null },
      410: { description: 'Expired: begin again', body: null },
      423: { description: 'An earlier PATCH still runs', body: null },
    },
  },
  {
    id: 'patchUpload',
    method: 'patch',
    path: '/v1/uploads/{uploadId}',
    summary: 'Send bytes from Upload-Offset on. What arrives before a cut stays.',
    parameters: [
      uploadId,
      kioskId,
      authorization,
      tusVersion,
      { in: 'header', name: 'Upload-Offset', description: 'Where these bytes begin.' },
    ],
    request: 'bytes',
    answers: {
      ...always,
      204: { description: 'Stored', body: null, headers: uploadState },
      404: { description: 'No such upload: begin again', body: 'Problem' },
      409: { description: 'Another offset is due, or attachments-frozen', body: 'Problem' },
      410: { description: 'Expired: begin again', body: 'Problem' },
      413: { description: 'too-large: send smaller pieces', body: 'Problem' },
      423: { description: 'An earlier PATCH still runs', body: 'Problem' },
      460: {
        description: 'The piece came damaged and was dropped: send it again',
        body: 'Problem',
      },
    },
  },
  {
    id: 'deleteUpload',
    method: 'delete',
    path: '/v1/uploads/{uploadId}',
    summary: 'tus 1.0 termination.',
    parameters: [uploadId, kioskId, authorization, tusVersion],
    answers: {
      ...always,
      204: { description: 'Gone', body: null },
      404: { description: 'No such upload', body: 'Problem' },
      409: { description: 'attachments-frozen', body: 'Problem' },
      410: { description: 'Expired', body: 'Problem' },
    },
  },
]
