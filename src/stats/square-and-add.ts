interface Bounds {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/**
 * b - a of two independent estimates from their intervals of one level, which need not be symmetric: square and add (Newcombe 1998 for proportions; MOVER, Zou and
 * Donner 2008, doi:10.1002/sim.3095). What is not known of one is not known of the difference.
 */
export function squareAndAdd(a: Bounds, b: Bounds): { value: number; low: number; high: number } {
  const value = b.value - a.value;
  return {
    value,
    low: value - Math.hypot(b.value - b.low, a.high - a.value),
    high: value + Math.hypot(b.high - b.value, a.value - a.low),
  };
}
