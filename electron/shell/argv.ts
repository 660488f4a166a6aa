import { err, ok, type Result } from '../../shared/domain/result.ts'

/** How the Electron shell was asked to run. */
export interface ShellArguments {
  readonly training: boolean
  /** This run was started by the recovery policy. */
  readonly relaunched: boolean
  /** The GPU process died too often. */
  readonly withoutGpu: boolean
  /** Chromium's own switches that are allowed; they have taken effect already. */
  readonly chromium: readonly string[]
  /** What stood before the switches: the app's folder where Electron is not packaged with it. */
  readonly program: readonly string[]
}

/** Switches of our own. */
export const SWITCHES = {
  TRAINING: '--training',
  RELAUNCHED: '--kiosk-relaunched',
  WITHOUT_GPU: '--kiosk-without-gpu',
} as const

/** Chromium's switches that an installation may need: which display server, and at what scale. */
const CHROMIUM_SWITCH =
  /^--(?:ozone-platform=(?:x11|wayland)|force-device-scale-factor=[1-4](?:\.\d{1,2})?)$/

/**
 * Reads Electron's command line, its own path first. Everything not on the list is refused with
 * the switch's name as error, and the shell exits: that covers `--remote-debugging-port`,
 * `--inspect`, `--no-sandbox`, `--user-data-dir` and whatever else would open the kiosk up. A
 * value is not repeated in the error.
 */
export function readArguments(
  argv: readonly string[],
  isPackaged: boolean,
): Result<ShellArguments, string> {
  const program = isPackaged ? [] : argv.slice(1, 2)
  const switches = argv.slice(1 + program.length)
  const own: ReadonlySet<string> = new Set(Object.values(SWITCHES))
  const unknown = switches.find((arg) => !own.has(arg) && !CHROMIUM_SWITCH.test(arg))
  if (unknown !== undefined) return err(unknown.replace(/=.*$/s, ''))
  return ok({
    training: switches.includes(SWITCHES.TRAINING),
    relaunched: switches.includes(SWITCHES.RELAUNCHED),
    withoutGpu: switches.includes(SWITCHES.WITHOUT_GPU),
    chromium: switches.filter((arg) => CHROMIUM_SWITCH.test(arg)),
    program,
  })
}
