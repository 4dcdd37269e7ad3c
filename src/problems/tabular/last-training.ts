import type { Frame } from "../../core/column.ts";
import type { Experiment, Outcome } from "../../core/experiment.ts";
import { encodingOf } from "../../core/reading-note.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import type { Training } from "../../core/verdict.ts";
import { BudgetEnded } from "../../lab/index.ts";
import { type Choice, finalParams } from "../../model/index.ts";
import type { ModelStage, Workspace } from "../kind.ts";
import { perform, type Trained, type TrainInput } from "./jobs.ts";
import type { TabularQuestion } from "./question.ts";
import type { NativeModel } from "./scorer.ts";
import { type TrainingRows, trainingRows } from "./training-rows.ts";

/** A model for all rows, and what it was trained on. */
export interface LastTraining {
  readonly model: NonNullable<Trained["model"]>;
  readonly training: Training;
  readonly fitMs: number;
}

/** Rows that are offered to the last training. */
interface Ground {
  /** What the lab knows the frame by. */
  readonly version: string;
  readonly train: Int32Array;
  readonly why: string;
}

/** Share of the time left that a training on more rows than the sample may take; the learning curve, the measurements and the gates have the rest. */
const SHARE = 0.4;

/** Rows of the sample on which the size of the matrix is measured. */
const MEASURED_ROWS = 5000;

/** Longest training that is repeated in full to show that it can be, where no budget says less. */
const MOST_REPEAT_MS = 120_000;

/**
 * Trains the chosen candidate on all rows that memory and time allow, with what fitting found out in the folds. Under a budget the sample comes first, so
 * that there is a model when a training on more rows does not end in its time after all. @throws BudgetEnded, Cancelled.
 */
export async function trainForRelease(space: Workspace, question: TabularQuestion, stage: ModelStage<Choice>): Promise<LastTraining> {
  const sample = sampleGround(space);
  if (space.frame.rows === space.dataset.rows) return trainOn(space, question, stage, sample);
  const hasBudget = space.request.budgetMs !== null;
  const safe = hasBudget ? await trainOn(space, question, stage, sample) : null;
  const withinMs = SHARE * space.lab.left();
  const { rows, why } = await affordableRows(space, stage, withinMs);
  if (rows <= space.frame.rows) return because(why, safe ?? (await trainOn(space, question, stage, sample)));
  try {
    space.progress(`training the chosen model on ${rows} rows`);
    return await trainOn(space, question, stage, await largeGround(space, stage, rows, why), withinMs);
  } catch (error) {
    if (!(error instanceof BudgetEnded) || safe === null) throw error;
    return because(`a training on ${rows} rows did not end in its share of the budget`, safe);
  }
}

function because(why: string, trained: LastTraining): LastTraining {
  return { ...trained, training: { ...trained.training, why } };
}

/** Two trainings that must give the same model. */
export interface Repeated {
  readonly first: string;
  readonly again: string;
  /** For people: what both were trained on. */
  readonly on: string;
}

/** Trains once more as for the release, or where that takes too long, twice on the sample of the experiments. @throws BudgetEnded, Cancelled. */
export async function repeatTraining(
  space: Workspace,
  question: TabularQuestion,
  stage: ModelStage<Choice>,
  released: { readonly native: NativeModel; readonly hash: string; readonly training: Training; readonly fitMs: number },
): Promise<Repeated> {
  const hashOn = async (ground: Ground) =>
    (await perform(space.lab, "train", ground.version, { ...trainInput(space, question, stage, ground), want: "hash" })).hash;
  const { loadedRows, rows } = released.training;
  const isSample = loadedRows === space.frame.rows;
  if (isSample || 1.5 * released.fitMs < Math.min(MOST_REPEAT_MS, 0.5 * space.lab.left())) {
    const ground = isSample ? sampleGround(space) : await largeGround(space, stage, loadedRows, "");
    return { first: released.hash, again: await hashOn(ground), on: `the same ${rows} rows` };
  }
  const sample = sampleGround(space);
  const [first, again] = await Promise.all([hashOn(sample), hashOn(sample)]);
  const on = `a sample of ${sample.train.length} rows, both times: once more on all ${rows} would take too long`;
  return { first, again, on };
}

async function trainOn(
  space: Workspace,
  question: TabularQuestion,
  stage: ModelStage<Choice>,
  ground: Ground,
  withinMs?: number,
): Promise<LastTraining> {
  const { lab, dataset } = space;
  const input = { ...trainInput(space, question, stage, ground), want: "model" as const };
  const { model, rows, fitMs } = await perform(lab, "train", ground.version, input, withinMs);
  if (model === null) throw new RangeError("the training gave no model");
  const loadedRows = lab.frame(ground.version).rows;
  const training = { rows, loadedRows, of: dataset.rows, why: ground.why === "" ? null : ground.why };
  return { model, fitMs, training };
}

function trainInput(
  { dataset, request }: Workspace,
  question: TabularQuestion,
  { comparison, choice }: ModelStage<Choice>,
  { version, train }: Ground,
): Omit<TrainInput, "want"> {
  const experiment = finalExperiment(choice);
  const encoding = encodingOf(dataset.noticed);
  const isUsed = ({ name }: { readonly name: string }) => experiment.features.includes(name);
  return {
    experiment,
    train,
    shell: {
      schema: "oldhand/model/1",
      kind: "tabular",
      name: comparison.chosen,
      label: comparison.candidates.find(({ name }) => name === comparison.chosen)?.label ?? comparison.chosen,
      target: question.target,
      task: question.task,
      dataset: version,
      columns: dataset.columns.filter(isUsed),
      ...(dataset.source.dialect?.decimal === "," ? { decimal: "," as const } : {}),
      ...(request.secondHeader === undefined ? {} : { secondHeader: request.secondHeader }),
      ...(dataset.shifted === undefined ? {} : { shifted: dataset.shifted }),
      ...(encoding === undefined ? {} : { encoding }),
      others: dataset.columns.filter((column) => !isUsed(column)).map(({ name }) => name),
      calibrator: choice.calibrator,
      threshold: comparison.threshold?.value ?? null,
      thresholdWhy: comparison.threshold?.why ?? null,
    },
  };
}

function finalExperiment({ outcome }: Choice): Experiment {
  const { experiment } = chosenOutcome(outcome);
  return { ...experiment, estimator: { name: experiment.estimator.name, params: finalParams(chosenOutcome(outcome)) } };
}

function chosenOutcome(outcome: Outcome | null): Outcome {
  if (outcome === null) throw new RangeError("nothing was chosen");
  return outcome;
}

/** Every row but those of a given test set. */
function sampleGround({ dataset, frame, testRows }: Workspace): Ground {
  return { version: dataset.version, train: rowsBefore(frame.rows - testRows), why: "" };
}

async function largeGround(space: Workspace, { choice }: ModelStage<Choice>, rows: number, why: string): Promise<Ground> {
  const { version, frame, testRows } = await space.loadRows(rows, usedColumns(finalExperiment(choice)));
  space.lab.addFrame(version, frame);
  return { version, train: rowsBefore(frame.rows - testRows), why };
}

function usedColumns({ features, target, weight }: Experiment): string[] {
  return [...new Set([...features, target, ...(weight === null ? [] : [weight])])];
}

async function affordableRows(space: Workspace, { choice }: ModelStage<Choice>, withinMs: number): Promise<TrainingRows> {
  const { lab, dataset, frame, request } = space;
  const experiment = finalExperiment(choice);
  const sample = sampleGround(space);
  const train = sample.train.subarray(0, MEASURED_ROWS).slice();
  const matrixBytes = await perform(lab, "measure", sample.version, { experiment, train });
  const { folds } = chosenOutcome(choice.outcome);
  const sum = (pick: (fold: (typeof folds)[number]) => number) => folds.reduce((total, fold) => total + pick(fold), 0);
  return trainingRows({
    rows: dataset.rows,
    sampled: frame.rows,
    frameBytes: bytesPerRow(frame, new Set([...experiment.features, experiment.target, experiment.weight ?? experiment.target])),
    matrixBytes,
    memoryBytes: request.memoryBytes,
    msPerRow:
      sum(({ fitMs }) => fitMs) /
      Math.max(
        1,
        sum(({ trainRows }) => trainRows),
      ),
    withinMs,
  });
}

function bytesPerRow({ columns, rows }: Frame, used: ReadonlySet<string>): number {
  const bytes = columns.map((column) => (used.has(column.name) ? ("values" in column ? column.values : column.codes).byteLength : 0));
  return bytes.reduce((total, some) => total + some, 0) / Math.max(1, rows);
}

function rowsBefore(end: number): Int32Array {
  return placesUpTo(end);
}
