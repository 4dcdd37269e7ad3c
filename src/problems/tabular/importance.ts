import type { Importance } from "../../core/comparison.ts";
import type { Outcome } from "../../core/experiment.ts";
import { BudgetEnded } from "../../lab/index.ts";
import { type DropsOfFold, foldParams, importanceFrom } from "../../model/index.ts";
import type { Workspace } from "../kind.ts";
import { perform } from "./jobs.ts";
import type { TabularQuestion } from "./question.ts";

const FOLDS = 5;
const REPEATS = 2;
/** Held-out rows that are permuted in a fold, and columns shown: enough for the order, cheap for wide and long tables. */
const HELD_OUT_ROWS = 2000;
const SHOWN_COLUMNS = 30;

/**
 * Permutation importance of the chosen model's columns on held-out rows, by models with the rounds or penalty of their own fold. Of more columns than are
 * shown the first fold picks those that the other folds measure; then its own drops, for which they were picked, are not counted. Folds for
 * which the budget has no time are left out; empty when none is left that counts. @throws Cancelled.
 */
export async function measureImportance({ lab }: Workspace, question: TabularQuestion, outcome: Outcome): Promise<Importance[]> {
  const [first, ...rest] = lab
    .folds(outcome.experiment)
    .slice(0, FOLDS)
    .map((fold) => (columns: readonly string[]) => {
      const estimator = { name: outcome.experiment.estimator.name, params: foldParams(outcome, fold.index) };
      const experiment = { ...outcome.experiment, estimator };
      const input = { experiment, fold, columns, mostRows: HELD_OUT_ROWS, repeats: REPEATS, shown: SHOWN_COLUMNS };
      return withinBudget(perform(lab, "importance", experiment.dataset, input));
    });
  const leading = first === undefined ? null : await first(question.features);
  if (leading === null) return [];
  const used = question.features.filter((column) => Object.hasOwn(leading.drops, column));
  const columns = strongest(leading.drops, used);
  const others = (await Promise.all(rest.map((measured) => measured(columns)))).filter((fold) => fold !== null);
  return importanceFrom(columns.length < used.length ? others : [leading, ...others], [outcome.id]);
}

async function withinBudget(work: Promise<DropsOfFold>): Promise<DropsOfFold | null> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof BudgetEnded) return null;
    throw error;
  }
}

function strongest(drops: DropsOfFold["drops"], columns: readonly string[]): readonly string[] {
  return [...columns].sort((a, b) => (drops[b]?.drop ?? 0) - (drops[a]?.drop ?? 0)).slice(0, SHOWN_COLUMNS);
}
