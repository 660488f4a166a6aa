/**
 * Says whether the page may have a permission: none, whatever its name, so that a name that a
 * later Chromium invents is denied too. Devices are the core's; the page needs no clipboard,
 * camera, notification or full-screen request (the window is full screen already).
 */
export function mayUse(_permission: string): boolean {
  return false
}
