/** A heap of open leaves: largest priority first, of equal ones the first pushed. */
export interface Frontier<T> {
  push(item: T): void;
  /** @throws RangeError when empty. */
  pop(): T;
  size(): number;
}

export function createFrontier<T>(priority: (item: T) => number): Frontier<T> {
  const heap: { item: T; rank: number; order: number }[] = [];
  let pushed = 0;
  const isBefore = (a: number, b: number) =>
    heap[a]!.rank > heap[b]!.rank || (heap[a]!.rank === heap[b]!.rank && heap[a]!.order < heap[b]!.order);
  const swap = (a: number, b: number) => {
    const held = heap[a]!;
    heap[a] = heap[b]!;
    heap[b] = held;
  };
  return {
    push: (item) => {
      heap.push({ item, rank: priority(item), order: pushed++ });
      for (let at = heap.length - 1; at > 0; ) {
        const parent = (at - 1) >> 1;
        if (!isBefore(at, parent)) break;
        swap(at, parent);
        at = parent;
      }
    },
    pop: () => {
      if (heap.length === 0) throw new RangeError("the frontier is empty");
      swap(0, heap.length - 1);
      const top = heap.pop()!;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        if (left >= heap.length) break;
        const child = left + 1 < heap.length && isBefore(left + 1, left) ? left + 1 : left;
        if (!isBefore(child, at)) break;
        swap(at, child);
        at = child;
      }
      return top.item;
    },
    size: () => heap.length,
  };
}
