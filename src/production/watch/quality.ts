import { rangeText } from "../../core/digits.ts";
import type { Estimate } from "../../core/estimate.ts";
import type { Judged } from "../../core/metric.ts";
import { intervalOfGroups } from "../../lab/index.ts";
import { intervalOf, metricNamed } from "../../metrics/index.ts";
import { squareAndAdd } from "../../stats/index.ts";
import { count } from "../phrase.ts";

/** How good the answers to served rows are whose truth is known by now. */
export interface WatchedQuality {
  readonly metric: string;
  readonly rows: number;
  /** Rows without a label, or with one that the model does not know. */
  readonly unlabelled: number;
  readonly score: Estimate;
  /** What the model was said to be worth. */
  readonly honest: Estimate;
  /** Score minus honest score, in units of the metric. */
  readonly difference: Estimate;
  /** worse, better: the interval of the difference excludes 0. unknown: the metric is not defined on these rows. */
  readonly verdict: "worse" | "no-change-shown" | "better" | "unknown";
  readonly why: string;
}

/** What the run took for groups. */
export interface WatchedGroups {
  /** Columns that name them together. */
  readonly by: readonly string[];
  /** Group of each judged row, negative where it has none; null: the file has not got the columns. */
  readonly of: Int32Array | null;
}

const LEVEL = 0.95;

/**
 * Compares the score on labelled rows with the honest score. Interval of the difference: square-and-add of the two (MOVER, Zou and Donner 2008), which assumes that they
 * are independent and that the rows, or their groups, are a sample of what is served. judged: rows with a label only. groups: null where the run knows none.
 */
export function watchedQuality(
  metricName: string,
  judged: Judged,
  unlabelled: number,
  honest: Estimate,
  seed: number,
  groups: WatchedGroups | null = null,
): WatchedQuality {
  const metric = metricNamed(metricName);
  const rows = judged.truth.length;
  const of = groups?.of ?? null;
  const score = of === null ? intervalOf(metric, judged, { level: LEVEL, seed }) : intervalOfGroups(metric, judged, of, LEVEL, seed);
  const difference: Estimate = {
    ...squareAndAdd(honest, score),
    level: LEVEL,
    method: "square-and-add (MOVER) of two independent intervals",
    experiments: honest.experiments,
  };
  const [bad, good] = metric.better === "higher" ? [difference.high < 0, difference.low > 0] : [difference.low > 0, difference.high < 0];
  const isKnown = [difference.value, difference.low, difference.high].every(Number.isFinite);
  const verdict = !isKnown ? "unknown" : bad ? "worse" : good ? "better" : "no-change-shown";
  const said = { metric: metric.label, rows, unlabelled, score, honest, difference, verdict } as const;
  return { ...said, metric: metricName, why: `${sentence(said)}${groupWords(groups)}` };
}

function groupWords(groups: WatchedGroups | null): string {
  if (groups === null) return "";
  const [first = "", ...more] = groups.by;
  const absent = more.length === 0 ? `the column ${first} is not` : `not all of the columns ${groups.by.join(", ")} are`;
  if (groups.of === null)
    return ` Rows are taken as independent, since ${absent} in the file: the model was judged by whole groups, and the interval may be too narrow.`;
  const alone = groups.of.reduce((sum, key) => sum + (key < 0 ? 1 : 0), 0);
  const found = new Set(groups.of.filter((key) => key >= 0)).size + alone;
  return ` Whole groups of ${groups.by.join(", ")} were resampled: ${found}${found === 1 ? ", which shows no spread" : ""}.`;
}

function sentence({ metric, rows, unlabelled, score, honest, difference, verdict }: Omit<WatchedQuality, "why">): string {
  const known = `${count(rows, "row")} with a label`;
  const others = unlabelled === 0 ? "" : ` ${count(unlabelled, "row")} had none that the model knows.`;
  if (verdict === "unknown") return `${metric} cannot be judged on ${known}.${others}`;
  const numbers = `${metric} ${rangeText(score)} on ${known}; honest ${rangeText(honest)}; difference ${rangeText(difference)}.`;
  const meaning = {
    worse: "The answers are worse than the model was said to be.",
    better: "The answers are better than the model was said to be: rows that it was trained on look so and prove nothing.",
    "no-change-shown": "No change is shown.",
  }[verdict];
  return `${meaning} ${numbers}${others}`;
}
