/** Between two tries to load a part of the page. */
const RETRY_MS = 500

/**
 * Loads a part of the page that is not there at first, and tries again for as long as the core that
 * serves it is away. Returns how to give up; then `use` is not called any more.
 */
export function loadPart<T>(load: () => Promise<T>, use: (part: T) => void): () => void {
  let wanted = true
  let timer: ReturnType<typeof setTimeout> | undefined
  const attempt = () => {
    load().then(
      (part) => {
        if (wanted) use(part)
      },
      () => {
        if (wanted) timer = setTimeout(attempt, RETRY_MS)
      },
    )
  }
  attempt()
  return () => {
    wanted = false
    clearTimeout(timer)
  }
}
