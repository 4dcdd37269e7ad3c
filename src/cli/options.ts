import type { Command } from "commander";

/** Values as commander gives them. */
export interface CommonOptions {
  readonly target?: string;
  readonly time?: string;
  readonly group?: readonly string[];
  readonly id?: readonly string[];
  readonly weight?: string;
  readonly ignore?: readonly string[];
  readonly positive?: string;
  readonly task?: string;
  readonly metric?: string;
  readonly test?: string;
  readonly query?: string;
  /** false with --no-second-header. */
  readonly secondHeader?: boolean;
  readonly split?: string;
  readonly knownAt?: string;
  readonly labels?: string;
  readonly seed: string;
  readonly budget?: string;
  readonly threads?: string;
  readonly memory?: string;
  readonly out?: string;
  readonly json?: string;
  readonly quiet?: boolean;
  readonly yes?: boolean;
  readonly load?: string;
  readonly peak?: string;
  readonly retrain?: string;
  readonly latencyBudget?: string;
}

export const SPLITS = ["random", "stratified", "group", "time", "blocks", "given"] as const;
export const TASKS = ["binary", "multiclass", "regression"] as const;

export function addCommonOptions(command: Command): Command {
  return command
    .option("--target <column>", "the column to predict (needed)")
    .option("--time <column>", "when the row happened: past trains, future judges")
    .option("--group <column>", "who the row belongs to: no group on both sides of a split (may be given again)", collect)
    .option("--id <column>", "names a row; never a feature (may be given again)", collect)
    .option("--weight <column>", "weight of the row")
    .option("--ignore <column>", "a column to leave out (may be given again)", collect)
    .option("--positive <class>", "the class that counts as positive")
    .option("--task <task>", TASKS.join(" | "))
    .option("--metric <name>", "what decides, e.g. auc, log-loss, f1, rmse, mae")
    .option("--test <data>", "a given test set, named like the data")
    .option("--query <sql>", "of a database: the rows to read; the same as DATA#SQL")
    .option("--no-second-header", "lines under the header are rows, also those that say types or units")
    .option("--split <policy>", SPLITS.join(" | "))
    .option("--known-at <file>", 'answers: JSON {"column": "before" | "after" the prediction, "finding id": "choice"}')
    .option("--labels <file>", "labels corrected in the dossier's review.csv; none = as delivered")
    .option("--seed <n>", "seed of everything random", "1")
    .option("--budget <time>", "stop with the best honest answer, e.g. 60s, 5m, 1h")
    .option("--threads <n>", "threads; default: all cores")
    .option("--memory <size>", "memory for tables; default: a quarter of the machine's")
    .option("--out <folder>", "dossier; default: oldhand-NAME")
    .option("--json <file>", "write the result as JSON to a file, or - for standard output")
    .option("--quiet", "no progress")
    .option("--yes", "ask nothing");
}

/** An option that may be given again. */
export function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

/** Declared: a tenth of the 100 ms within which an answer feels instant (Nielsen 1993), since a model is one part of an answer. Milliseconds. */
export const LATENCY_BUDGET = "10";

export function addGateOptions(command: Command, otherwise = LATENCY_BUDGET): Command {
  return command.option("--latency-budget <ms>", `milliseconds for 99 of 100 answers to one row; default: ${otherwise}`);
}

export function addLoadOptions(command: Command): Command {
  return command
    .option("--load <n>", "predictions a month that the cost is computed for", "1M")
    .option("--peak <factor>", "peak rate / mean rate", "5")
    .option("--retrain <n>", "trainings a month", "4");
}
