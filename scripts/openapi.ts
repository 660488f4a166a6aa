import { writeFileSync } from 'node:fs'
import { openApiText } from '../electron/portal/openapi.ts'

/** Writes the portal contract as an OpenAPI document: `node scripts/openapi.ts`. */
writeFileSync(new URL('../resources/portal-openapi.json', import.meta.url), openApiText())
