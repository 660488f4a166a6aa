/**
 * A binary heap: the item that `before` puts first is on top. A class, because a long outage makes
 * one for every citizen who waits, and closures would cost each of them a kilobyte.
 */
export class Heap<T> {
  readonly #before: (left: T, right: T) => boolean
  #items: T[] = []

  constructor(before: (left: T, right: T) => boolean) {
    this.#before = before
  }

  get size(): number {
    return this.#items.length
  }

  top(): T | undefined {
    return this.#items[0]
  }

  push(item: T): void {
    let at = this.#items.push(item) - 1
    for (let up = (at - 1) >> 1; at > 0 && this.#less(at, up); up = (at - 1) >> 1) {
      this.#swap(at, up)
      at = up
    }
  }

  pop(): T | undefined {
    const top = this.#items[0]
    const last = this.#items.pop()
    if (last === undefined || this.#items.length === 0) return top
    this.#items[0] = last
    for (let at = 0; ;) {
      const child = 2 * at + (this.#less(2 * at + 2, 2 * at + 1) ? 2 : 1)
      if (!this.#less(child, at)) return top
      this.#swap(at, child)
      at = child
    }
  }

  /** Takes everything out, in no order. */
  clear(): T[] {
    return this.#items.splice(0)
  }

  #less(left: number, right: number): boolean {
    const [a, b] = [this.#items[left], this.#items[right]]
    return a !== undefined && b !== undefined && this.#before(a, b)
  }

  #swap(left: number, right: number): void {
    const [a, b] = [this.#items[left], this.#items[right]]
    if (a === undefined || b === undefined) return
    this.#items[left] = b
    this.#items[right] = a
  }
}
