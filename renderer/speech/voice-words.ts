/** What each place in `SPEEDS` is called. */
export const speedKeys = [
  'voice.speed.0',
  'voice.speed.1',
  'voice.speed.2',
  'voice.speed.3',
  'voice.speed.4',
  'voice.speed.5',
  'voice.speed.6',
] as const

/** What each place in `VOLUMES` is called. */
export const volumeKeys = [
  'voice.volume.0',
  'voice.volume.1',
  'voice.volume.2',
  'voice.volume.3',
  'voice.volume.4',
] as const
