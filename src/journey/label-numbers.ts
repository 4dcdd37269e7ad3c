import type { Dataset } from "../core/dataset.ts";
import type { Request } from "../core/request.ts";
import { readLabels } from "../core/target.ts";
import { inferTask, readTrainingLabels } from "../data/index.ts";
import { type Dossier, loadFrame } from "../store/index.ts";
import { MOST_CLASSES, MOST_ROWS } from "./sample-size.ts";

/**
 * The numbers that are classes of the target as it was delivered; null when any number may be its value, or when it is no number. A correction must not turn
 * a question about classes into one about amounts. @throws OldhandError as inferTask.
 */
export async function labelNumbers(
  { dataFolder }: Pick<Dossier, "dataFolder">,
  { target, task, answers, seed, memoryBytes, threads }: Request,
  delivered: Dataset,
): Promise<readonly number[] | null> {
  if (delivered.columns.find(({ name }) => name === target)?.type !== "number") return null;
  const frame = await loadFrame(delivered, { dataFolder, columns: [target], seed, memoryBytes, threads });
  const { reading } = readTrainingLabels({ dataset: delivered, frame }, target, answers, task);
  const inferred = inferTask(delivered, frame, target, { task, labels: reading });
  return inferred.task.kind === "regression" ? null : inferred.task.classes.map(Number);
}

/** With more different names some are hardly spellings of others. */
const MOST_NAMES = 200;

/**
 * How many classes there are once spellings of one class are one and words for "not known" are none, as models see them; 1 of two, and of amounts; null where the
 * table's own count of names says it.
 */
export async function classesRead(
  { dataFolder }: Pick<Dossier, "dataFolder">,
  { target, task, answers, seed, memoryBytes, threads }: Request,
  dataset: Dataset,
): Promise<number | null> {
  const column = dataset.columns.find(({ name }) => name === target);
  if (column?.type !== "category" || column.distinct <= 2 || column.distinct > MOST_NAMES || task === "regression") return null;
  const frame = await loadFrame(dataset, { dataFolder, columns: [target], maxRows: MOST_ROWS, seed, memoryBytes, threads });
  const { reading } = readTrainingLabels({ dataset, frame }, target, answers, task);
  const [labels] = frame.columns.map((one) => readLabels(one, reading));
  if (labels === undefined || !("codes" in labels)) return 1;
  const classes = new Set(labels.codes.filter((code) => code >= 0)).size;
  return classes <= 2 ? 1 : Math.min(MOST_CLASSES, classes);
}
