import type { Suspicion } from "../../core/finding.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { equalFeatures } from "../columns/equal-features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, namedColumns, percent } from "../findings/phrase.ts";
import { columnsOfKey, profileKeys } from "../split/profile-key.ts";

/** Rows of one thing, by its measurements, that have opposite labels far oftener than strangers. */
export interface TurnedLabels {
  readonly columns: readonly string[];
  /** Things with two rows that differ in a feature, one pair of rows each, and those of them with two labels. */
  readonly pairs: number;
  readonly opposite: number;
  /** Share that would be opposite by chance. */
  readonly byChance: number;
  readonly p: number;
  /** Frame rows of the pairs with two labels. */
  readonly rows: ReadonlySet<number>;
}

const [LEAST_PAIRS, OPPOSITE, CHANCE] = [20, 0.7, 1e-6];

/** Only of two classes. One pair counts for each thing: the first row, and the first that differs from it in a feature (binomial). null where the labels are not opposite so often. */
export function turnedLabels(context: AuditContext): TurnedLabels | null {
  const { task, target } = context;
  const [key] = profileKeys(context);
  if (task.kind !== "binary" || key === undefined) return null;
  const { group } = equalFeatures(context);
  const first = new Int32Array(key.groups).fill(-1);
  const second = new Int32Array(key.groups).fill(-1);
  key.codes.forEach((code, row) => {
    if (code < 0 || Number.isNaN(target[row])) return;
    const before = first[code] ?? -1;
    if (before < 0) first[code] = row;
    else if ((second[code] ?? -1) < 0 && group[before] !== group[row]) second[code] = row;
  });
  const pairs = [...second.keys()].flatMap((code) => ((second[code] ?? -1) < 0 ? [] : [[first[code] ?? 0, second[code] ?? 0] as const]));
  if (pairs.length < LEAST_PAIRS) return null;
  const opposite = pairs.filter(([a, b]) => target[a] !== target[b]);
  const share = pairs.reduce((sum, [a, b]) => sum + (target[a] ?? 0) + (target[b] ?? 0), 0) / (2 * pairs.length);
  const byChance = 2 * share * (1 - share);
  const p = binomialUpperTail(opposite.length, pairs.length, byChance);
  if (opposite.length < OPPOSITE * pairs.length || p > CHANCE) return null;
  return { columns: columnsOfKey(key), pairs: pairs.length, opposite: opposite.length, byChance, p, rows: new Set(opposite.flat()) };
}

/** A sample of matched pairs has one row of each class by design, so it asks. */
export function turnedAround(context: AuditContext): Suspicion[] {
  const found = turnedLabels(context);
  if (found === null) return [];
  const { columns, pairs, opposite, byChance, p, rows } = found;
  const { target } = context.roles;
  return [
    {
      trap: "conflicting-label",
      columns: [target, ...columns],
      rows: affectedRows(context, (row) => rows.has(row)),
      severity: "harmful",
      confidence: 0.45,
      evidence: { kind: "turned labels", pairs, opposite, byChance, p },
      fix: {
        action: "advice",
        text: `Find out where the rows of one thing come from: if two sources are in the file, turn the classes of \`${target}\` around in one of them, or leave one out.`,
      },
      counterfactual: null,
      unmeasured: "Which of the two labels is right the file does not say, so no score compares them.",
      question: `Does \`${target}\` mean the opposite in some of the rows?`,
      why: `Of ${amount(pairs)} pairs of rows that agree in ${namedColumns(columns)} and differ elsewhere, ${amount(opposite)} (${percent(opposite / pairs)}) have opposite labels, where strangers have in ${percent(byChance)}: the same things may stand in the file twice, with the classes turned around, unless each was matched with one of the other class.`,
    },
  ];
}
