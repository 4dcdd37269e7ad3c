import type { Frame } from "../core/column.ts";
import type { ToDecide } from "../core/comparison.ts";
import type { Outcome } from "../core/experiment.ts";
import { countGroups, groupKeysOf } from "../lab/index.ts";
import { type Evidence, estimateOf, type Measured } from "./evidence.ts";
import type { Judged } from "./judge.ts";
import type { Selection } from "./select.ts";

/**
 * How much data would bring an undecided comparison nearer to an answer. Two intervals decide: of the gain that is open, and of the blind choice, corrected
 * for choosing, by which alone a gain is claimed. Both must become shorter than what counts: then neither can hold both 0 and a gain that counts. That is
 * not all (they may disagree, and other candidates may be open), so it may still be open then; a gain that is large is shown sooner. Lengths fall as one over
 * the root of the rows; of the groups where the split goes by group, since rows of a group are no new
 * evidence. Where the best baseline makes no mistake, the gain that is open stands for what counts: it must be shown at all. The spread is that of this data, so the number is rough. null when nothing is open. `needed` is null when both are already that
 * short: then something else than their length keeps it open, and more rows are no known cure.
 */
export function toDecide(
  selection: Selection,
  judged: readonly Judged[],
  evidence: Evidence,
  frame: Frame,
  sampleOf: number | null = null,
): ToDecide | null {
  const { open, worthwhile } = selection;
  const [candidate, against] = [judged[open?.candidate ?? -1], judged[open?.against ?? -1]];
  if (open === null || candidate === undefined || against === undefined) return null;
  const { units, have } = unitsOf(candidate.outcome, frame);
  const lengths = [open.gain, open.blind].flatMap((interval) => (interval === null ? [] : [interval.high - interval.low]));
  const length = Math.max(...lengths);
  const counts = worthwhile > 0 ? worthwhile : Math.abs(open.gain.value);
  const needed = length <= counts ? Number.NaN : have * (length / counts) ** 2;
  return {
    units,
    have,
    needed: Number.isFinite(needed) ? roundUp(needed) : null,
    likely: likelyRows(open.blind, have, needed),
    sampleOf,
    open: {
      label: candidate.plan.label,
      against: against.plan.label,
      gain: estimateOf(open.gain, evidence, [candidate.outcome.id, against.outcome.id]),
    },
  };
}

/** The normal quantile of a power of 80 %. */
const POWER = 0.8416;

/**
 * The blind choice's gain is not flattered by choosing, so it is what the next rows may be expected to see. It is shown when it is as large as half of its interval,
 * which shrinks as one over the root of the rows, and, to be so four times in five, as POWER standard errors more (normal approximation).
 */
function likelyRows(blind: Measured | null, have: number, needed: number): NonNullable<ToDecide["likely"]> | null {
  if (blind === null || !(blind.value > 0) || Number.isNaN(blind.se)) return null;
  const rows = have * (((blind.high - blind.low) / 2 + POWER * blind.se) / blind.value) ** 2;
  return rows > have && roundUp(rows) < roundUp(needed) ? { needed: roundUp(rows), gain: blind.value } : null;
}

function unitsOf({ experiment, outOfFold }: Outcome, frame: Frame): { units: string; have: number } {
  const { split } = experiment;
  const rows = outOfFold.rows.length / outOfFold.repeats;
  if (split.policy === "time") return { units: "rows of the later periods (those before them only train)", have: rows };
  if (split.policy !== "group") return { units: "rows", have: rows };
  const keys = groupKeysOf(frame, split.by, split.cut);
  return { units: `groups of ${split.by.join(", ")}`, have: countGroups(keys, outOfFold.rows.subarray(0, rows)) };
}

/** Two digits: more would say more than is known. */
function roundUp(value: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(value)) - 1);
  return Math.ceil(value / unit) * unit;
}
