import type { Dataset } from "../core/dataset.ts";
import type { Request } from "../core/request.ts";
import { inferTask, readTrainingLabels } from "../data/index.ts";
import { type Dossier, loadFrame } from "../store/index.ts";

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
