import { err, ok, type Result } from '../../shared/domain/result.ts'

/**
 * Why there is no picture. `missing`: no camera is plugged in. `busy`: another program holds it.
 * `denied`: the shell does not let the page look through it.
 */
export type CameraProblem = 'missing' | 'busy' | 'denied'

/** Opens the document camera, without sound. The caller stops its tracks. */
export async function openCamera(
  devices: Pick<MediaDevices, 'getUserMedia'>,
): Promise<Result<MediaStream, CameraProblem>> {
  try {
    const video = { width: { ideal: 1280 }, height: { ideal: 720 } }
    return ok(await devices.getUserMedia({ video, audio: false }))
  } catch (error) {
    return err(problemOf(error instanceof DOMException ? error.name : ''))
  }
}

function problemOf(name: string): CameraProblem {
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'missing'
  }
}
