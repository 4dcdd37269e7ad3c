import type { Estimate } from "./estimate.ts";
import type { Json } from "./json.ts";
import type { GateResult } from "./proof.ts";

/** Score on a part of the rows. */
export interface Slice {
  readonly name: string;
  readonly rows: number;
  readonly score: Estimate;
}

export interface JudgedSlices {
  /** Weakest first, as the gate ranked them. */
  readonly slices: readonly Slice[];
  /** Score on all rows, measured in the same way; null when the gate did not say. */
  readonly whole: number | null;
}

/** Slices that a gate wrote into its evidence as `slices: [{name, rows, value, low, high}]` and `whole`; none when no gate wrote any. */
export function slicesOf(gates: readonly GateResult[]): JudgedSlices {
  const gate = gates.find(({ evidence }) => Array.isArray(evidence.slices));
  if (gate === undefined) return { slices: [], whole: null };
  const { slices, whole } = gate.evidence;
  return {
    slices: (slices as readonly Json[]).flatMap((slice) => sliceFrom(slice, gate.measured)),
    whole: typeof whole === "number" ? whole : null,
  };
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
