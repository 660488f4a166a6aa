import type { Examples } from '../../shared/contract/device-states.test-data.ts'
import type { CameraState } from './camera.ts'

/** Each state of the document camera but the one in which it works. */
export const captureCameraStates: Examples<CameraState> = {
  starting: [{ state: 'starting' }],
  live: [],
  missing: [{ state: 'missing' }],
  'pulled-out': [{ state: 'pulled-out' }],
  denied: [{ state: 'denied' }],
  busy: [{ state: 'busy' }],
}
