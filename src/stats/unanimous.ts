import { normalQuantile, normalTwoSidedP } from "./normal.ts";

/** What units that all show the same leave possible. */
export interface Unanimous {
  readonly low: number;
  readonly high: number;
  /** Two-sided, of value 0: where the interval begins to hold 0. */
  readonly p: number;
}

/**
 * Units (rows, groups) that all show the same value have no spread to go by, and that is no knowledge by itself: the share of units like those not seen is at most Wilson's bound of 0 of
 * n, z^2 / (n + z^2), and these may show anything in [least, most]. Of 1 unit, nothing is known.
 * units: of the rarest kind that the value needs. least, most: what one unit could show; least <= value <= most.
 */
export function unanimous(value: number, units: number, least: number, most: number, level: number): Unanimous {
  if (units < 2) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, p: 1 };
  const z = normalQuantile((1 + level) / 2);
  const unseen = z ** 2 / (units + z ** 2);
  const towards = (end: number) => (unseen === 0 || end === value ? value : value + unseen * (end - value));
  const opposite = value > 0 ? -least : most;
  // The interval reaches 0 where unseen = |value| / (|value| + opposite).
  const p = value === 0 ? 1 : opposite > 0 ? normalTwoSidedP(Math.sqrt((units * Math.abs(value)) / opposite)) : 0;
  return { low: towards(least), high: towards(most), p };
}
