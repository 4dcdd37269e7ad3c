import { availableParallelism } from "node:os";
import { camelCase, type OptionRules, readOptions, requireOptions, type ShapeRule } from "../../options.ts";
import { wrongValue } from "../../wrong-use.ts";
import type { TreeEnsemble } from "../ensemble.ts";
import type { Spelled } from "../option-names.ts";
import { firstRounds } from "./rounds.ts";

interface Own {
  /** Threads for many rows, at most 17; 1 without; 0, null and -1: one per core. The scores are the same for any number. */
  readonly threads?: number | null;
  /** Raw scores, without the link. */
  readonly raw?: boolean;
  /** Only the first so many rounds of boosting, or trees of a forest, at least 1; null, -1 or left out: all. */
  readonly numIterations?: number | null;
  /** The same as XGBoost says it, [0, numIterations]. */
  readonly iterationRange?: readonly [number, number] | null;
}

interface Names {
  readonly threads: "numThreads" | "num_threads" | "nJobs" | "n_jobs" | "nthread";
  readonly raw: "rawScore" | "raw_score" | "outputMargin" | "output_margin";
  readonly numIterations:
    | "num_iterations"
    | "numIteration"
    | "num_iteration"
    | "ntreeLimit"
    | "ntree_limit"
    | "rounds"
    | "numTrees"
    | "num_trees";
  readonly iterationRange: "iteration_range";
}

/** Options of predictions, under their own names and those of LightGBM and XGBoost. */
export type PredictOptions = Spelled<Own, Names>;

const RANGE: ShapeRule<readonly [number, number]> = {
  type: "shape",
  value: null,
  expected: "two numbers, [0, rounds]: predictions begin with the first round",
  typescript: "readonly [number, number]",
  isFit: (value): value is readonly [number, number] => Array.isArray(value) && value.length === 2 && value[0] === 0,
};

const ROUNDS = {
  raw: { type: "flag", value: false, aliases: ["rawScore", "outputMargin"] },
  numIterations: { type: "integer", value: 0, low: 0, noLimit: true, aliases: ["numIteration", "ntreeLimit", "rounds", "numTrees"] },
  iterationRange: RANGE,
} as const satisfies OptionRules;

/** Names under which 0 may be meant as none or as all; XGBoost's ntreeLimit always means all. */
const NUMBERS: readonly string[] = ["numIterations", "numIteration", "rounds", "numTrees"];

const ALL = {
  threads: { type: "integer", value: 1, low: 0, noLimit: true, aliases: ["numThreads", "nJobs", "nthread"] },
  ...ROUNDS,
} as const;

/** Options of other libraries: what to do instead, and the value that says what is so anyway. */
const FOREIGN: Readonly<Record<string, { readonly so?: unknown; readonly why: string }>> = {
  predContrib: { so: false, why: "shapValues gives what each feature adds" },
  predContribs: { so: false, why: "shapValues gives what each feature adds" },
  predInteractions: { so: false, why: "shapInteractions gives what pairs of features add" },
  approxContribs: { so: false, why: "shapValues is exact" },
  predLeaf: { so: false, why: "predictLeaves gives the leaf of each row in each tree" },
  startIteration: { so: 0, why: "predictions begin with the first round" },
  predEarlyStop: { so: false, why: "all trees are added up" },
  validateFeatures: { so: true, why: "features are found by name" },
  predictDisableShapeCheck: { so: false, why: "features are found by name" },
  predictionType: { why: "predict gives probabilities or values, with raw: true raw scores" },
  predictProba: { so: true, why: "predict gives probabilities where the loss has some" },
  type: { why: "predict gives probabilities or values, with raw: true raw scores" },
  staged: { so: false, why: "stagedPredict gives the predictions after each round" },
  bestIteration: { why: "with early stopping the trees end at the best round; numIterations says how many rounds" },
  dataHasHeader: { so: false, why: "no file is read" },
  iteration: { why: "numIterations says how many rounds" },
};

/** What is to be done, with the trees of the rounds that were asked for. what: the function that was called. @throws RangeError, TypeError for options that do not fit. */
export function predictOptions(what: string, ensemble: TreeEnsemble, given: PredictOptions) {
  const { threads, ...rest } = readOptions(what, ALL, known(what, given));
  return { threads: threads === 0 ? availableParallelism() : threads, ...roundsAsked(what, ensemble, rest) };
}

/** As predictOptions, for one row at a time: without threads. */
export function rowOptions(what: string, ensemble: TreeEnsemble, given: Omit<PredictOptions, "threads" | Names["threads"]>) {
  return roundsAsked(what, ensemble, readOptions(what, ROUNDS, known(what, given)));
}

interface Asked {
  readonly raw: boolean;
  readonly numIterations: number;
  readonly iterationRange: readonly [number, number] | null;
}

function roundsAsked(what: string, ensemble: TreeEnsemble, { raw, numIterations, iterationRange }: Asked) {
  const end = iterationRange?.[1] ?? numIterations;
  if (numIterations > 0 && end !== numIterations)
    throw wrongValue(
      "bad-option",
      `${what} options numIterations and iterationRange are one and have different values, ${numIterations} and ${end}`,
    );
  return { raw, ensemble: end === 0 ? ensemble : firstRounds(ensemble, end) };
}

function known(what: string, given: object): object {
  requireOptions(what, given);
  return Object.fromEntries(
    Object.entries(given).filter(([name, value]) => {
      if (value === 0 && NUMBERS.includes(camelCase(name)))
        throw wrongValue("bad-option", `${what} option ${name} is 0: leave it out for all rounds; firstRounds(trees, 0) is the constant`);
      const foreign = FOREIGN[camelCase(name)];
      if (foreign === undefined || value === undefined) return true;
      if ("so" in foreign && Object.is(foreign.so, value)) return false;
      throw wrongValue("bad-option", `${what} has no option "${name}": ${foreign.why}`);
    }),
  );
}
