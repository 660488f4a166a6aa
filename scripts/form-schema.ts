import { mkdirSync, writeFileSync } from 'node:fs'
import { formSchemas } from '../electron/catalogue/form-schema.ts'

/** Writes the format of procedures and libraries as JSON Schema: `node scripts/form-schema.ts`. */
const dir = new URL('../resources/procedures/schema/', import.meta.url)
mkdirSync(dir, { recursive: true })
for (const [name, text] of Object.entries(formSchemas)) {
  writeFileSync(new URL(`${name}.schema.json`, dir), text())
}
