import type { Check } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { copiesOf } from "../copies/copies.ts";
import { copyConfidence, copySeverity } from "../copies/copy-severity.ts";
import { counted, namedColumns, percent } from "../findings/phrase.ts";
import { LIKELY } from "../harm/ground.ts";
import { keyLikeness } from "../roles/key-likeness.ts";

/** Equal after a time column is left out may be a state that lasts. */
const WITHOUT_TIME = 0.6;
/** Fewer copies do not show in three digits of a score. */
const LEAST_SHARE = 0.001;

/** Rows that are equal once keys of the rows and the time are left out. */
export const hiddenDuplicate: Check = {
  trap: "hidden-duplicate",
  title: "Rows are copies but for a key or a time",
  async inspect(context) {
    const { dataset, frame, roles } = context;
    const keys = featuresOf(context).filter((column) => (keyLikeness(context, column)?.confidence ?? 0) >= LIKELY);
    const ignoring = [...roles.ids, ...(roles.time === null ? [] : [roles.time]), ...keys.map(({ name }) => name)];
    const rest = frame.columns.filter(({ name }) => !ignoring.includes(name));
    if (ignoring.length === 0 || !rest.some(({ name }) => name !== roles.target)) return [];
    const [all, hidden] = [await context.duplicates([]), await context.duplicates(ignoring)];
    const surplus = hidden.rows - all.rows;
    if (surplus < LEAST_SHARE * dataset.rows || surplus <= 0) return [];
    const copies = copiesOf(context, rest);
    const share = surplus / dataset.rows;
    const confidence = copyConfidence(copies) * (roles.time === null ? 1 : WITHOUT_TIME);
    const steps = [{ op: "drop-duplicate-rows" as const, ignoring }];
    return [
      {
        trap: "hidden-duplicate",
        columns: ignoring,
        rows: { count: surplus, sample: hidden.sample },
        severity: copySeverity(share, confidence),
        confidence,
        evidence: { surplusRows: surplus, exactSurplusRows: all.rows, groups: hidden.groups, share, copiedPairsShare: copies.share },
        fix: { action: "steps", steps },
        counterfactual: { change: "steps", steps, flatters: true },
        question:
          roles.time !== null && share >= 0.01 ? `Are rows that differ only in \`${roles.time}\` entries of their own, or copies?` : null,
        choices: ["copies", "entries"],
        why: `${counted(surplus, "row")} (${percent(share)}) repeat an earlier row in every column but ${namedColumns(ignoring)}: copies that a comparison of whole rows does not see.`,
      },
    ];
  },
};
