/** The user and the group that own nothing. */
const NOBODY = 65_534

/** Runs something as a user who may open no device. */
export async function asNobody(run: () => Promise<void>): Promise<void> {
  process.setegid?.(NOBODY)
  process.seteuid?.(NOBODY)
  try {
    await run()
  } finally {
    process.seteuid?.(0)
    process.setegid?.(0)
  }
}
