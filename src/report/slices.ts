import type { Estimate } from "../core/estimate.ts";
import type { Json } from "../core/json.ts";
import type { GateResult } from "../core/proof.ts";

/** Score on a part of the rows. */
export interface Slice {
  readonly name: string;
  readonly rows: number;
  readonly score: Estimate;
}

/** Slices that a gate wrote into its evidence as `slices: [{name, rows, value, low, high}]`; empty when it wrote none. */
export function slicesOf(gates: readonly GateResult[]): readonly Slice[] {
  return gates.flatMap(({ evidence, measured }) => {
    const slices = evidence.slices;
    return Array.isArray(slices) ? (slices as readonly Json[]).flatMap((slice) => sliceFrom(slice, measured)) : [];
  });
}

function sliceFrom(slice: Json, measured: Estimate | null): Slice[] {
  if (slice === null || typeof slice !== "object" || !("name" in slice)) return [];
  const { name, rows, value, low, high } = slice;
  if (typeof name !== "string" || typeof value !== "number") return [];
  const bound = (limit: Json | undefined) => (typeof limit === "number" ? limit : Number.NaN);
  const score = {
    value,
    low: bound(low),
    high: bound(high),
    level: measured?.level ?? 0.95,
    method: measured?.method ?? "",
    experiments: measured?.experiments ?? [],
  };
  return [{ name, rows: typeof rows === "number" ? rows : 0, score }];
}
