import { OldhandError } from "../core/error.ts";
import type { Experiment, Outcome } from "../core/experiment.ts";
import type { Metric } from "../core/metric.ts";
import { BudgetEnded, type Lab } from "../lab/index.ts";
import type { CandidatePlan } from "./portfolio.ts";

export interface Judged {
  readonly state: "judged";
  readonly plan: CandidatePlan;
  readonly outcome: Outcome;
}

export interface NotJudged {
  readonly state: "failed" | "not-run";
  readonly plan: CandidatePlan;
  /** Why. */
  readonly note: string;
}

export type Judgement = Judged | NotJudged;

export interface JudgeInput {
  readonly lab: Pick<Lab, "run" | "threads"> & Partial<Pick<Lab, "expect" | "left">>;
  experimentFor(candidate: CandidatePlan): Experiment;
  readonly candidates: readonly CandidatePlan[];
  /** Left out since a rough estimate of their cost, in milliseconds of one thread, did not fit: tried in this order after all while the time left has room. */
  readonly leftOut?: readonly CandidatePlan[];
  readonly metric: Metric;
  readonly onProgress?: (note: string) => void;
}

/** Every candidate on the same folds, in the order given. One that throws is noted as failed; those that the budget does not reach as not run. @throws OldhandError of the user's data; TypeError and ReferenceError, which are defects and no judgement. */
export async function judge(input: JudgeInput): Promise<Judgement[]> {
  const judged: Judgement[] = [];
  input.lab.expect?.(input.candidates.flatMap((plan) => announced(input, plan)));
  const queue = input.candidates.entries();
  const work = async (): Promise<void> => {
    for (const [place, plan] of queue) judged[place] = await judgeOne(input, plan);
  };
  // Two at a time when folds run in threads: the folds of the second fill the gap while the last fold of the first is computed.
  await Promise.all(Array.from({ length: input.lab.threads > 1 ? 2 : 1 }, work));
  return [...judged, ...(await judgeLeftOut(input))];
}

/** Of the time left when a candidate begins, the share that its estimate may take: estimates are rough, and the chosen one is still to be looked at. */
const SHARE_LEFT = 0.5;

/** Time alone decides, never a score. One that the budget ends after all counts as never begun. */
async function judgeLeftOut(input: JudgeInput): Promise<Judgement[]> {
  const { lab, leftOut = [] } = input;
  const late: Judgement[] = [];
  for (const plan of leftOut) {
    if (!((plan.cost ?? 0) / lab.threads <= SHARE_LEFT * (lab.left?.() ?? 0))) continue;
    lab.expect?.(announced(input, plan));
    const judgement = await judgeOne(input, plan);
    if (judgement.state !== "not-run") late.push(judgement);
  }
  return late;
}

function announced({ experimentFor }: JudgeInput, plan: CandidatePlan): { experiment: Experiment; cost: number }[] {
  try {
    return [{ experiment: experimentFor(plan), cost: plan.cost ?? 1 }];
  } catch {
    // It fails in its turn, and the reason is noted there.
    return [];
  }
}

async function judgeOne({ lab, experimentFor, metric, onProgress }: JudgeInput, plan: CandidatePlan): Promise<Judgement> {
  try {
    onProgress?.(`judging ${plan.label}`);
    const outcome = await lab.run(experimentFor(plan));
    const isDefined = outcome.folds.some(({ scores }) => Number.isFinite(scores[metric.name]));
    if (isDefined) return { state: "judged", plan, outcome };
    return { state: "failed", plan, note: `${metric.label} is not defined on any fold` };
  } catch (error) {
    if (error instanceof BudgetEnded) return { state: "not-run", plan, note: "the budget ended before its turn" };
    // A user's error is about the data or the question, not about this candidate.
    if (error instanceof OldhandError || (error instanceof Error && (error.name === "AbortError" || isDefect(error)))) throw error;
    return { state: "failed", plan, note: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
}

/** By name: errors of other threads have lost their class. */
function isDefect({ name }: Error): boolean {
  return name === "TypeError" || name === "ReferenceError";
}
