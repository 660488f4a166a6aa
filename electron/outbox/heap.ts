/** A binary heap: the item that `before` puts first is on top. */
export function createHeap<T>(before: (left: T, right: T) => boolean) {
  const items: T[] = []

  function less(left: number, right: number): boolean {
    const [a, b] = [items[left], items[right]]
    return a !== undefined && b !== undefined && before(a, b)
  }
  function swap(left: number, right: number): void {
    const [a, b] = [items[left], items[right]]
    if (a === undefined || b === undefined) return
    items[left] = b
    items[right] = a
  }

  return {
    size: () => items.length,
    top: (): T | undefined => items[0],
    push(item: T): void {
      let at = items.push(item) - 1
      for (let up = (at - 1) >> 1; at > 0 && less(at, up); up = (at - 1) >> 1) {
        swap(at, up)
        at = up
      }
    },
    pop(): T | undefined {
      const top = items[0]
      const last = items.pop()
      if (last === undefined || items.length === 0) return top
      items[0] = last
      for (let at = 0; ;) {
        const child = 2 * at + (less(2 * at + 2, 2 * at + 1) ? 2 : 1)
        if (!less(child, at)) return top
        swap(at, child)
        at = child
      }
    },
    /** Takes everything out, in no order. */
    clear: (): T[] => items.splice(0),
  }
}

/** A heap. */
export type Heap<T> = ReturnType<typeof createHeap<T>>
