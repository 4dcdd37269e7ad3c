import type { Frame } from "../core/column.ts";
import type { Experiment } from "../core/experiment.ts";
import { contentHash } from "../core/json.ts";
import type { Fold } from "../core/split.ts";
import type { Job, Runner } from "./contracts.ts";

/** The name of the job that computes a fold of an experiment. */
const FOLD = "fold";

interface FoldInput {
  readonly experiment: Experiment;
  readonly fold: Fold;
  readonly validation: Int32Array;
}

export function foldJob(experiment: Experiment, fold: Fold, validation: Int32Array): Job {
  return {
    name: FOLD,
    dataset: experiment.dataset,
    input: { experiment, fold, validation } satisfies FoldInput,
    where: `experiment ${contentHash(experiment)} (${experiment.estimator.name}), fold ${fold.index}`,
    size: `${fold.train.length} training rows, ${experiment.features.length} columns`,
  };
}

/** Does a job with the kind's runner. @throws RangeError when the runner has no such job. */
export async function doJob({ runFold, jobs = {} }: Runner, frame: Frame, { name, input }: Pick<Job, "name" | "input">): Promise<unknown> {
  if (name === FOLD) {
    const { experiment, fold, validation } = input as FoldInput;
    const { outputs, ...rest } = await runFold(frame, experiment, fold, validation);
    // Of a view, the whole buffer would be sent.
    return { ...rest, outputs: Float64Array.from(outputs) };
  }
  const run = Object.hasOwn(jobs, name) ? jobs[name] : undefined;
  if (run === undefined) throw new RangeError(`the runner has no job "${name}"`);
  return run(frame, input as never);
}
