/**
 * Holm's step-down correction (1979): adjusted p values, in the order given. Rejecting those below alpha keeps the chance of even one false
 * claim below alpha, whatever the dependence between the tests.
 */
export function holm(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).sort((a, b) => (ps[a] ?? 1) - (ps[b] ?? 1));
  const adjusted = new Array<number>(ps.length).fill(1);
  let floor = 0;
  for (const [place, i] of order.entries()) {
    floor = Math.max(floor, Math.min(1, (ps.length - place) * (ps[i] ?? 1)));
    adjusted[i] = floor;
  }
  return adjusted;
}
