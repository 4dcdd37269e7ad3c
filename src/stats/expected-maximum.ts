import { normalQuantile } from "./normal.ts";

/** Mean of the largest of n >= 1 independent standard normals, about (Blom 1958): too large by 0.03 at most. Of correlated ones it is a bound. */
export function expectedMaximum(n: number): number {
  return normalQuantile((n - 0.375) / (n + 0.25));
}
