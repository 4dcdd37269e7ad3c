import { float64From, int32From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { WORTHWHILE_LOSS } from "../../metrics/index.ts";
import { type OneWayIcc, oneWayIcc, ranks } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { GroupKey } from "./group-keys.ts";

/** How much rows of one group resemble each other in the target: intraclass correlation, and where 90 % of such intervals hold the true one. Below 0: they differ more than rows by chance. */
export type Likeness = OneWayIcc;

/** Share of the variance that is told when the error falls by what a model must save to count. */
export const COUNTS = 1 - (1 - WORTHWHILE_LOSS) ** 2;

const COVERAGE = 0.9;

/** Of the labelled rows whose group has two of them and more: of ranks, or of the indicators of all classes together. null without two such groups. */
export function likenessOf({ task, target }: Pick<AuditContext, "task" | "target">, { codes }: Pick<GroupKey, "codes">): Likeness | null {
  const counts = new Map<number, number>();
  const labelled = int32Where(placesUpTo(codes.length), (row) => (codes[row] ?? -1) >= 0 && !Number.isNaN(target[row]));
  for (const row of labelled) counts.set(codes[row] ?? -1, (counts.get(codes[row] ?? -1) ?? 0) + 1);
  const rows = int32Where(labelled, (row) => (counts.get(codes[row] ?? -1) ?? 0) > 1);
  const labels = float64From(rows, (row) => target[row] ?? 0);
  const isNumber = task.kind === "regression";
  const sides = isNumber ? [ranks(labels)] : [...new Set(labels)].map((one) => float64From(labels, (label) => Number(label === one)));
  return oneWayIcc(
    sides,
    int32From(rows, (row) => codes[row] ?? -1),
    !isNumber,
    COVERAGE,
  );
}
