import { randomUUID } from 'node:crypto'
import {
  deviceRoleSchema,
  type AnyDeviceState,
  type Candidate,
  type DeviceEvent,
  type DeviceList,
  type DeviceReport,
  type DeviceTest,
} from '../../shared/contract/index.ts'
import { unreachable } from '../../shared/domain/result.ts'
import { controlRemedy } from '../control-socket.ts'
import { discover, match } from '../devices/discovery.ts'
import { profileLines } from '../devices/profile-lines.ts'
import { toReport } from '../devices/registry.ts'
import { rolesOf } from '../devices/roles.ts'
import { usbText } from '../devices/usb-id.ts'
import { kioskFiles, loadProfile, profileRemedy } from '../settings/index.ts'
import type { CommandContext, ExitCode, Run } from './command.ts'
import { openControlLine, overLine, untilStopped, withRunningKiosk } from './control-line.ts'

/** Device lists, and whether a running kiosk gave them. */
interface Seen extends DeviceList {
  readonly running: boolean
}

/** `devices list`: each device of the kiosk. Exit 0, whatever their states are. */
export const listDevices: Run = (context) =>
  withDevices(context, async ({ running, devices }) => {
    const { json, print } = context
    if (json) print(JSON.stringify({ running, devices }))
    else for (const device of devices) print(deviceLine(device))
    return 0
  })

/**
 * `devices identify`: what is plugged in and bound to no role, and what to put into the profile to
 * bind it. Exit 1 where there is nothing of the kind.
 */
export const identifyDevices: Run = (context) =>
  withDevices(context, async ({ unbound }) => {
    const { json, print, complain } = context
    const found = unbound.map((one) => ({ ...one, profile: profileLines(one) }))
    if (json) print(JSON.stringify(found))
    else {
      for (const { profile, ...one } of found) {
        print(candidateText(one))
        for (const { role, line } of profile) print(`  as ${role}: ${line}`)
      }
    }
    if (found.length > 0) return 0
    if (!json) complain('nothing is plugged in that no role is bound to')
    return 1
  })

/** `devices watch`: a line for each device as it stands, then a line a change, until Ctrl-C. */
export const watchDevices: Run = (context) =>
  withRunningKiosk(context, ({ devices }) =>
    untilStopped(
      (signal) => devices.watch(undefined, { signal }),
      (event) => {
        const at = new Date().toISOString()
        context.print(
          context.json ? JSON.stringify({ at, ...event }) : `${at}  ${eventText(event)}`,
        )
      },
    ),
  )

/**
 * `devices test ROLE`: has a printer print its test page; waits for one scan of a scanner, and says
 * what it was but never what stood in it; asks any other. Exit 0 where the device did its work, as
 * far as it says.
 */
export const testDevice: Run = async (context) => {
  const { json, print, complain, words } = context
  const role = deviceRoleSchema.safeParse(words[0]).data
  if (role === undefined) {
    complain(`no such role: there are ${deviceRoleSchema.options.join(', ')}`)
    return 2
  }
  return withRunningKiosk(context, async ({ devices }) => {
    if (role === 'card-scanner' && !json) complain('hold a code under the scanner')
    const answer = await devices.test({ commandId: randomUUID(), role })
    const { good, text } = testText(answer)
    if (json) print(JSON.stringify(answer))
    else if (good) print(`${role}  ${text}`)
    if (!good) complain(`${role}: ${text}`)
    return good ? 0 : 1
  })
}

/** By the running kiosk; where none runs, by the profile and by looking at the buses. */
async function withDevices(
  context: CommandContext,
  run: (seen: Seen) => Promise<ExitCode>,
): Promise<ExitCode> {
  const line = await openControlLine(context.dataDir)
  if (line.ok) {
    return overLine(line.value, context, async ({ devices }) =>
      run({ running: true, ...(await devices.list()) }),
    )
  }
  if (line.error.code === 'refused') {
    context.complain(controlRemedy(line.error))
    return 2
  }
  if (!context.json) context.complain('no kiosk runs on these data: this is what is plugged in')
  return run({ running: false, ...(await lookWithoutKiosk(context)) })
}

async function lookWithoutKiosk({ dataDir, complain }: CommandContext): Promise<DeviceList> {
  const path = kioskFiles(dataDir).profile
  const profile = await loadProfile(path)
  if (!profile.ok) complain(profileRemedy(profile.error, path))
  const roles = profile.ok ? Object.values(rolesOf(profile.value)) : []
  const { present, unbound } = await match(roles, await discover())
  return {
    devices: roles.map((role) =>
      toReport(role, present.get(role.role) ?? null, { state: null, remedy: null }),
    ),
    unbound: [...unbound],
  }
}

function deviceLine({ role, kind, boundTo, present, state, remedy }: DeviceReport): string {
  const bound = kind === null ? 'not in the profile' : `${kind} ${boundTo}`
  const seen = present === null ? 'not known' : present ? 'plugged in' : 'not there'
  const now = state === null ? seen : stateText(state)
  return `${role.padEnd(16)}  ${bound}  ${now}${remedy === null ? '' : `: ${remedy}`}`
}

/** `ready, paper near-end`: the state and what belongs to it. */
function stateText({ state, ...more }: AnyDeviceState): string {
  return [state, ...Object.entries(more).map(([name, value]) => `${name} ${String(value)}`)].join(
    ', ',
  )
}

function candidateText({ bus, path, usb, name }: Candidate): string {
  return [bus, path, usb === null ? null : usbText(usb), name]
    .filter((part) => part !== null)
    .join('  ')
}

function eventText(event: DeviceEvent): string {
  switch (event.kind) {
    case 'state': {
      const remedy = event.remedy === null ? '' : `: ${event.remedy}`
      return `${event.role}  ${stateText(event.state)}${remedy}`
    }
    case 'plugged':
    case 'unplugged':
      return `${event.kind}  ${candidateText(event.candidate)}`
    default:
      return unreachable(event)
  }
}

/** Why no test page came, and what to do. */
const NOT_PRINTED: Readonly<
  Record<Extract<DeviceTest, { outcome: 'not-printed' }>['why'], string>
> = {
  drawing: 'this machine cannot draw it: install the kiosk again',
  format: 'it takes neither PDF nor JPEG: print through a queue of CUPS',
  refused: 'it refused the job: look at its panel',
  aborted: 'it gave the job up: look at its panel',
  cancelled: 'somebody at it cancelled the job: try again',
}

function testText(answer: DeviceTest): { good: boolean; text: string } {
  switch (answer.outcome) {
    case 'state': {
      const good = answer.remedy === null
      return { good, text: `${stateText(answer.state)}${good ? '' : `: ${answer.remedy}`}` }
    }
    case 'printed':
      return {
        good: true,
        text: answer.confirmed
          ? 'the test page came out, it says'
          : 'the test page was sent, and it does not say what became of it: look',
      }
    case 'not-printed':
      return { good: false, text: `no test page: ${NOT_PRINTED[answer.why]}` }
    case 'scan':
      return { good: true, text: `read a code of ${answer.bytes} bytes: ${answer.code}` }
    case 'refused':
      return { good: false, text: `read what can be no code (${answer.why}): try another one` }
    case 'nothing':
      return { good: false, text: 'nothing was held under it: do so while the command waits' }
    case 'no-device':
      return { good: false, text: 'this kiosk has none: name it in the profile' }
    default:
      return unreachable(answer)
  }
}
