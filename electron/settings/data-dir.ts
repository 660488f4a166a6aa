import { mkdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Files of one kiosk, all below its data directory. */
export function kioskFiles(dataDir: string) {
  return {
    profile: join(dataDir, 'profile.json'),
    /** The commune's own words for the official forms, where it has any. */
    officialTexts: join(dataDir, 'official-texts.json'),
    /** The commune's own tables of working days, one a year, where it has any. */
    calendar: join(dataDir, 'calendar'),
    catalogue: join(dataDir, 'catalogue.sqlite'),
    /** The commune's own procedures, signed. */
    procedures: join(dataDir, 'procedures'),
    /** Language packs that were brought to this kiosk. */
    languages: join(dataDir, 'languages'),
    keys: join(dataDir, 'keys'),
    store: join(dataDir, 'store'),
    training: join(dataDir, 'training'),
    /** Where a running core takes the technician's commands. */
    control: join(dataDir, 'control.sock'),
  }
}

/**
 * Where a kiosk keeps its data when nobody says otherwise: the user's data folder by the XDG base
 * directory specification. Training has its own, so that a rehearsal never meets real filings.
 */
export function defaultDataDir(training: boolean, env: NodeJS.ProcessEnv = process.env): string {
  const base = env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share')
  return join(base, training ? 'mot-cua-kiosk-training' : 'mot-cua-kiosk')
}

/** Makes the data directory, readable by its owner alone. */
export function ensureDataDir(dataDir: string): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
}
