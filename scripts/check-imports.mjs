/**
 * Runs the import rules and fails if a module was not seen: a checker that cannot parse our
 * TypeScript reports "no violations" over nothing.
 */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import config from '../.dependency-cruiser.mjs'
import { root } from './setup.mjs'

const FOLDERS = ['shared', 'electron', 'renderer']

const existing = FOLDERS.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((name) => /\.tsx?$/.test(name)),
)

process.chdir(root)
const { output } = await cruise(FOLDERS, { ...config.options, ruleSet: config, validate: true })
const seen = new Set(output.modules.map((module) => module.source))
const unseen = existing.filter((name) => !seen.has(name))
for (const violation of output.summary.violations) {
  process.stderr.write(`${violation.rule.name}: ${violation.from} -> ${violation.to}\n`)
}
for (const name of unseen) process.stderr.write(`not seen: ${name}\n`)
const bad = output.summary.violations.length + unseen.length
process.stdout.write(`import rules: ${existing.length} modules, ${bad} problems\n`)
process.exit(bad === 0 ? 0 : 1)
