import { digits } from "../core/digits.ts";
import type { Experiment } from "../core/experiment.ts";
import { percentBy } from "../core/percent.ts";

interface Entry {
  readonly id: string;
  readonly experiment: Experiment;
  readonly scores: Readonly<Record<string, number>>;
}

/** Experiment id -> one line for people. The last entry of an id wins. */
export function ledgerLines(entries: Iterable<unknown>): Record<string, string> {
  return Object.fromEntries([...entries].filter(isEntry).map((entry) => [entry.id, ledgerLine(entry)]));
}

/** What an experiment was and what came of it, in one line. */
export function ledgerLine({ experiment, scores }: Pick<Entry, "experiment" | "scores">): string {
  const { estimator, split, features, metrics, trainRows, trainShare = 1 } = experiment;
  const metric = metrics[0] ?? "";
  const folds = "folds" in split ? `, ${split.folds} folds${"repeats" in split && split.repeats > 1 ? ` x ${split.repeats}` : ""}` : "";
  const share = trainShare === 1 ? "" : `, ${percentBy(digits, trainShare)} of the training rows`;
  const rows = trainRows === null ? share : `, ${trainRows} training rows`;
  return `${estimator.name} on ${features.length} columns, ${split.policy} split${folds}${rows}: ${metric} ${digits(scores[metric] ?? Number.NaN)}`;
}

function isEntry(value: unknown): value is Entry {
  return value !== null && typeof value === "object" && "id" in value && "experiment" in value && "scores" in value;
}
