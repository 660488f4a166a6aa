import { z } from 'zod'
import type { JsonValue } from '../../shared/domain/canonical-json.ts'
import { MARKER } from './contract.ts'
import { operations, schemas, type Operation } from './operations.ts'

/** The contract as an OpenAPI 3.1 document, for those who build portals. */
export function openApiDocument() {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const operation of operations) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: describe(operation),
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Kiosk portal',
      version: '1.3.0',
      description: `What a filing kiosk asks of a portal. Every answer carries ${MARKER.header}: ${MARKER.value}.`,
    },
    paths,
    components: {
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => {
          const { $schema: _, ...body } = z.toJSONSchema(schema, { io: 'input' })
          return [name, body]
        }),
      ),
      headers: {
        [MARKER.header]: { required: true, schema: { const: MARKER.value } },
      },
    },
  }
}

/** The document's file text, byte for byte. */
export function openApiText(): string {
  return `${JSON.stringify(openApiDocument(), null, 2)}\n`
}

function describe(operation: Operation) {
  return {
    operationId: operation.id,
    summary: operation.summary,
    parameters: operation.parameters.map((parameter) => ({
      ...parameter,
      required: parameter.required ?? true,
      schema: { type: 'string' },
    })),
    ...(operation.request && {
      requestBody: {
        required: true,
        content:
          operation.request === 'bytes'
            ? { 'application/offset+octet-stream': {} }
            : content('application/json', operation.request),
      },
    }),
    responses: Object.fromEntries(
      Object.entries(operation.answers).map(([status, { description, body, headers }]) => [
        status,
        {
          description,
          headers: {
            [MARKER.header]: { $ref: `#/components/headers/${MARKER.header}` },
            ...Object.fromEntries(
              Object.entries(headers ?? {}).map(([name, meaning]) => [
                name,
                { description: meaning, schema: { type: 'string' } },
              ]),
            ),
          },
          ...(body && {
            content: content(
              body === 'Problem' ? 'application/problem+json' : 'application/json',
              body,
            ),
          }),
        },
      ]),
    ),
  }
}

function content(type: string, schema: string): JsonValue {
  return { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } }
}
