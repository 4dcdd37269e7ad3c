import type { ColumnInfo, Dataset } from "../core/dataset.ts";
import { digits } from "../core/digits.ts";
import type { Request } from "../core/request.ts";
import { classesTake } from "../core/task.ts";

/** Rows beyond which experiments run on a uniform sample: the differences that matter show at this size. */
export const MOST_ROWS = 100_000;

/** Below this many rows a sample would cost more certainty than it saves time. */
const LEAST_ROWS = 5_000;

/** With many classes less is better than no answer: a sixth of the training rows is still enough to choose a penalty by, and each class has some. */
const LEAST_ROWS_OF_CLASSES = 1_500;
const LEAST_ROWS_PER_CLASS = 50;

/**
 * Cells (rows x columns) that a run can afford: some 20 experiments of 5 folds at about 3 s per million cells and fold on two threads, measured with
 * the engine as it is. Without a budget: as for ten minutes.
 */
const CELLS_PER_MS = 1e6 / 300_000;
const UNLIMITED_MS = 600_000;

/**
 * Rows of a dataset that experiments use: all, or as many as budget and a quarter of the memory (8 bytes a cell) allow. Models of many classes take
 * longer. A budget of 0 pays for no experiments: it limits no rows, and nothing is trained that many classes would make longer. question: null = not known. Its
 * classes: once the labels are read, absent or null before.
 */
export function experimentRows(
  dataset: Pick<Dataset, "rows" | "columns">,
  memoryBytes: number,
  budgetMs: number | null,
  question: (Pick<Request, "target" | "task"> & { readonly classes?: number | null }) | null = null,
): number {
  const columns = Math.max(1, dataset.columns.length);
  const target = dataset.columns.find(({ name }) => name === question?.target);
  const classes = budgetMs === 0 ? 1 : (question?.classes ?? classesOf(target, question?.task ?? null));
  const times = classesTake(classes);
  const least = Math.max(LEAST_ROWS_OF_CLASSES, LEAST_ROWS_PER_CLASS * classes, Math.round(LEAST_ROWS / times));
  const affordable = withoutSliver(
    dataset.rows,
    Math.max(least, Math.floor((CELLS_PER_MS * (budgetMs || UNLIMITED_MS)) / (columns * times))),
    budgetMs,
  );
  return Math.min(dataset.rows, MOST_ROWS, affordable, fittingRows(columns, memoryBytes));
}

/** Cells that all checks take a millisecond for, on one thread of a machine that does other things too: they train nothing. */
const CELLS_CHECKED_PER_MS = 1e6 / 6000;
/** Of the budget, for checks: experiments are what it is for. */
const CHECKS_SHARE = 0.25;

/**
 * Rows that checks look at, `used` at least, the rows of experiments: what is found does not go by the time there is for experiments. As many as are looked at where no
 * experiments are asked for, if a share of the budget is enough to look at them, or at nearly all: in a sample no step from row to row can be seen.
 */
export function lookedRows(dataset: Pick<Dataset, "rows" | "columns">, memoryBytes: number, budgetMs: number | null, used: number): number {
  const whole = experimentRows(dataset, memoryBytes, 0);
  const inTime = budgetMs === null || budgetMs === 0 ? whole : (CELLS_CHECKED_PER_MS * CHECKS_SHARE * budgetMs) / dataset.columns.length;
  return Math.max(used, inTime >= NEARLY_ALL * whole ? whole : Math.floor(inTime));
}

/** A sample of nearly all rows saves too little time to be worth its uncertainty; a budget that was given is kept. */
const NEARLY_ALL = 0.8;

function withoutSliver(rows: number, affordable: number, budgetMs: number | null): number {
  return budgetMs === null && affordable >= NEARLY_ALL * rows ? Math.max(rows, affordable) : affordable;
}

/** Before the labels are read: as many as there are names, or numbers where they are few or said to be classes, if more than two; else 1. */
function classesOf(target: Pick<ColumnInfo, "type" | "distinct"> | undefined, task: Request["task"]): number {
  if (target === undefined || target.distinct <= 2 || task === "regression" || task === "binary") return 1;
  const areClasses = target.type === "category" || task === "multiclass" || (target.type === "number" && target.distinct <= MOST_CODES);
  return areClasses ? Math.min(MOST_CLASSES, target.distinct) : 1;
}

/** More different numbers are hardly codes of classes. */
const MOST_CODES = 10;

/** More different names are hardly classes. */
export const MOST_CLASSES = 50;

/** What kept the rows of a sample so few. */
export type SampleLimit = "most" | "memory" | "time";

export function sampleLimit({ columns }: Pick<Dataset, "columns">, rows: number, memoryBytes: number): SampleLimit {
  if (rows >= MOST_ROWS) return "most";
  return rows >= fittingRows(columns.length, memoryBytes) ? "memory" : "time";
}

/** One plain phrase. */
export function sampleWhy(
  limit: SampleLimit,
  { budgetMs, memoryBytes }: { readonly budgetMs: number | null; readonly memoryBytes: number },
): string {
  if (limit === "most") return "the differences that matter show at this size";
  if (limit === "memory") return `no more fit into a quarter of ${digits(memoryBytes / 1e6)} MB of --memory`;
  return budgetMs === null || budgetMs === 0
    ? `a whole run on more was estimated, by rows and columns alone, to take longer than about ${digits(UNLIMITED_MS / 60_000)} minutes (a larger --budget allows more)`
    : `more were not expected to fit a budget of ${digits(budgetMs / 1000)} s`;
}

/** As many as a quarter of the memory holds. */
export function fittingRows(columns: number, memoryBytes: number): number {
  return Math.max(1000, Math.floor(memoryBytes / 4 / 8 / Math.max(1, columns)));
}

/** Names the rows that experiments see: the dataset version, and how many rows of it when they are a sample. Goes into every experiment's id. */
export function sampleVersion(dataset: Pick<Dataset, "rows" | "version">, frameRows: number): string {
  return frameRows < dataset.rows ? `${dataset.version}.${frameRows}` : dataset.version;
}

/** Rows that a name of `sampleVersion` stands for; null when it is not one of this dataset. */
export function rowsOfSample({ rows, version }: Pick<Dataset, "rows" | "version">, name: string): number | null {
  if (name === version) return rows;
  const [base, count] = name.split(".");
  return base === version && /^\d+$/.test(count ?? "") ? Number(count) : null;
}
