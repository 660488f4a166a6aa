/** How fast one may hear it, as shares of the voice's own speed. */
export const SPEEDS = [0.6, 0.75, 0.9, 1, 1.25, 1.5, 1.8] as const

/** How loud, as shares of full scale; which sound pressure that is depends on the machine. */
export const VOLUMES = [0.15, 0.3, 0.5, 0.75, 1] as const

/** Silent until it is asked for; a loudness of at most 65 dBA (EN 301 549, 5.1.3.13). */
export const defaultVoice = { on: false, speed: 3, volume: 2 } as const
