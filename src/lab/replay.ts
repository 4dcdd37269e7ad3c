import type { Outcome } from "../core/experiment.ts";
import type { Lab } from "./contracts.ts";
import type { LedgerEntry } from "./ledger.ts";
import { predictionsDigest } from "./outcome.ts";

export interface Difference {
  /** e.g. "fold 2, auc". */
  readonly what: string;
  readonly kept: number | string;
  readonly now: number | string;
}

export interface Replay {
  readonly same: boolean;
  readonly differences: readonly Difference[];
  readonly outcome: Outcome;
}

/** Runs the experiment of a ledger entry again, past the store, and compares scores, sizes and predictions to the bit. Times may differ. */
export async function replay(lab: Lab, entry: LedgerEntry): Promise<Replay> {
  const outcome = await lab.run(entry.experiment, { fresh: true });
  const differences = [
    differing("id", entry.id, outcome.id),
    differing("folds", entry.folds.length, outcome.folds.length),
    ...differingScores("", entry.scores, outcome.scores),
    ...entry.folds.flatMap((fold, i) => {
      const now = outcome.folds[i];
      return now === undefined
        ? []
        : [
            differing(`fold ${fold.fold}, training rows`, fold.trainRows, now.trainRows),
            differing(`fold ${fold.fold}, judged rows`, fold.testRows, now.testRows),
            ...differingScores(`fold ${fold.fold}, `, fold.scores, now.scores),
          ];
    }),
    differing("predictions", entry.predictions, predictionsDigest(outcome.outOfFold)),
  ].flat();
  return { same: differences.length === 0, differences, outcome };
}

function differingScores(where: string, kept: Readonly<Record<string, number>>, now: Readonly<Record<string, number>>): Difference[] {
  const names = [...new Set([...Object.keys(kept), ...Object.keys(now)])];
  return names.flatMap((name) => differing(`${where}${name}`, kept[name] ?? "absent", now[name] ?? "absent"));
}

function differing(what: string, kept: number | string, now: number | string): Difference[] {
  return kept === now || (Number.isNaN(kept) && Number.isNaN(now)) ? [] : [{ what, kept, now }];
}
