import type {
  AnyDeviceState,
  DeviceEvent,
  DeviceList,
  DeviceReport,
  DeviceRole,
  DeviceTest,
} from '../../shared/contract/device-desk.ts'
import { changesBetween, match, type Discover } from './discovery.ts'
import { bindingText, type Role } from './roles.ts'
import type { Timers } from '../timers.ts'

/** Delays of the registry. */
export const registryLimits = {
  /** While somebody watches, what is plugged in is listed this often. */
  POLL_MS: 500,
  /** Changes kept for a watcher that does not keep up; the oldest are forgotten. */
  MAX_PENDING: 256,
} as const

/** What every device object offers. */
export interface Device<S extends AnyDeviceState> {
  state(): S
  /** Called after every change of state; returns how to stop. */
  subscribe(listener: (state: S) => void): () => void
}

/** A device in its role. */
export interface Registered<S extends AnyDeviceState> extends Role {
  readonly device: Device<S>
  /** What to do in this state; null where all is well. */
  remedy(state: S): string | null
  /** Asks the device now, or has it do something that a technician sees. */
  test(signal: AbortSignal): Promise<DeviceTest>
}

/** Knows every device of the kiosk by its role, and what else is plugged in. */
export interface Registry {
  add<S extends AnyDeviceState>(device: Registered<S>): void
  list(): Promise<DeviceList>
  /** Each device as it stands, then every change until `signal` aborts. */
  watch(signal: AbortSignal): AsyncGenerator<DeviceEvent, void>
  test(role: DeviceRole, signal: AbortSignal): Promise<DeviceTest>
}

/** A registered device with the type of its state forgotten. */
interface Entry {
  readonly role: Role
  status(): { readonly state: AnyDeviceState; readonly remedy: string | null }
  subscribe(changed: () => void): () => void
  test(signal: AbortSignal): Promise<DeviceTest>
}

export function createRegistry({
  discover,
  timers,
}: {
  readonly discover: Discover
  readonly timers: Timers
}): Registry {
  const entries: Entry[] = []
  const stateEvent = ({ role, status }: Entry): DeviceEvent => ({
    kind: 'state',
    role: role.role,
    ...status(),
  })

  return {
    add({ role, bound, device, remedy, test }) {
      entries.push({
        role: { role, bound },
        status() {
          const state = device.state()
          return { state, remedy: remedy(state) }
        },
        subscribe: (changed) => device.subscribe(changed),
        test,
      })
    },

    async list() {
      const roles = entries.map(({ role }) => role)
      const { present, unbound } = await match(roles, await discover())
      return {
        devices: entries.map(({ role, status }) =>
          toReport(role, present.get(role.role) ?? null, status()),
        ),
        unbound: [...unbound],
      }
    },

    async *watch(signal) {
      const pending: DeviceEvent[] = entries.map(stateEvent)
      let wake = () => {}
      const tell = (event: DeviceEvent) => {
        // A watcher that is slow gets the newest state of a device, not each one.
        const old = pending.findIndex((one) => isSupersededBy(one, event))
        if (old >= 0) pending.splice(old, 1)
        pending.push(event)
        if (pending.length > registryLimits.MAX_PENDING) pending.shift()
        wake()
      }
      const stops = entries.map((entry) => entry.subscribe(() => tell(stateEvent(entry))))
      stops.push(watchBuses({ discover, timers }, tell))
      const onAbort = () => wake()
      signal.addEventListener('abort', onAbort)
      try {
        while (!signal.aborted) {
          const event = pending.shift()
          if (event === undefined) await new Promise<void>((resolve) => (wake = resolve))
          else yield event
        }
      } finally {
        signal.removeEventListener('abort', onAbort)
        for (const stop of stops) stop()
      }
    },

    async test(wanted, signal) {
      const entry = entries.find(({ role }) => role.role === wanted)
      if (entry === undefined || entry.role.bound === null) return { outcome: 'no-device' }
      return entry.test(signal)
    },
  }
}

/** A role as a technician reads it. */
export function toReport(
  { role, bound }: Role,
  present: DeviceReport['present'],
  { state, remedy }: Pick<DeviceReport, 'state' | 'remedy'>,
): DeviceReport {
  return {
    role,
    kind: bound?.kind ?? null,
    boundTo: bound === null ? null : bindingText(bound.binding),
    present,
    state,
    remedy,
  }
}

/** Tells what comes and goes on the buses. What is there at the start is not told. */
function watchBuses(
  { discover, timers }: { readonly discover: Discover; readonly timers: Timers },
  tell: (event: DeviceEvent) => void,
): () => void {
  let known: Awaited<ReturnType<Discover>> | null = null
  let stopped = false
  let cancel = () => {}

  async function look() {
    const found = await discover()
    if (stopped) return
    const { plugged, unplugged } = changesBetween(known ?? found, found)
    known = found
    for (const candidate of unplugged) tell({ kind: 'unplugged', candidate })
    for (const candidate of plugged) tell({ kind: 'plugged', candidate })
    cancel = timers.after(registryLimits.POLL_MS, () => void look())
  }
  void look()

  return () => {
    stopped = true
    cancel()
  }
}

function isSupersededBy(old: DeviceEvent, now: DeviceEvent): boolean {
  return old.kind === 'state' && now.kind === 'state' && old.role === now.role
}
