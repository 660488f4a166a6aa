/** Lets work on one name wait for earlier work on the same name. */
export function createFolderLocks() {
  const tails = new Map<string, Promise<unknown>>()
  return {
    /** Runs when all that was begun before on this name has ended, however it ended. */
    run<T>(name: string, work: () => Promise<T>): Promise<T> {
      const before = tails.get(name) ?? Promise.resolve()
      const result = before.then(work, work)
      const tail: Promise<unknown> = result
        .catch(() => undefined)
        .then(() => {
          if (tails.get(name) === tail) tails.delete(name)
        })
      tails.set(name, tail)
      return result
    },
    /** Resolves when all that was begun up to now has ended. */
    async settled(): Promise<void> {
      await Promise.all(tails.values())
    },
  }
}
