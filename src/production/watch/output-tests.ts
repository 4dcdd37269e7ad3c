import type { Column } from "../../core/column.ts";
import { outputsOf, type Task } from "../../core/task.ts";
import { standardDeviation } from "../../stats/index.ts";
import { type ColumnTest, type TestedGroups, type TestRules, testColumn } from "./column-tests.ts";

/** What the model answered; each array is rows x outputsOf(task), row-major. */
export interface WatchedAnswers {
  readonly task: Task;
  /** Answers of the served model to the rows it was trained on. */
  readonly fitted: Float64Array;
  /** Answers to rows that the model which gave them had not seen: out of fold. */
  readonly honest: Float64Array;
  /** Group of each row of `honest`, negative = it stands alone; read where rows come in groups. */
  readonly honestGroups: Int32Array;
  readonly current: Float64Array;
  /** Standard deviation of the truth, per output: of the target, or of "is this class". Distances are measured in it. */
  readonly spread: readonly number[];
}

/**
 * Tests of each output against two references, of which neither is right for every window. A model answers more boldly to its own training rows than to new
 * ones, so new rows differ from `fitted`; the models of the folds are others than the one that is served, so its answers may differ from `honest` on any
 * rows. A drift differs from both, so the larger p counts (intersection-union test, Berger 1982) and the smaller effect.
 * groups: of the rows of `fitted` and `current`; each test knows those of its own reference, since the larger p keeps its level only if either does.
 */
export function outputTests(
  { task, fitted, honest, honestGroups, current, spread }: WatchedAnswers,
  groups: TestedGroups | null,
  rules: TestRules,
): ColumnTest[] {
  const width = outputsOf(task);
  const ofHonest = groups === null ? null : { reference: honestGroups, current: groups.current };
  return Array.from({ length: width }, (_, k) => k).flatMap((k) => {
    const column = (of: Float64Array): Column => ({
      name: outputName(task, k),
      type: "number",
      values: of.filter((_value, i) => i % width === k),
    });
    const against = (reference: Float64Array, of: TestedGroups | null) =>
      testColumn(column(reference), column(current), of, { ...rules, unit: spread[k] ?? Number.NaN }).filter(
        ({ statistic }) => statistic !== "missing share",
      );
    const [own, unseen] = [against(fitted, groups)[0], against(honest, ofHonest)[0]];
    return own === undefined || unseen === undefined ? [] : [leastOf(own, unseen)];
  });
}

/** Standard deviation of the truth per output: of the target, or sqrt(p (1 - p)) of a class with share p. @param truth class index or value. */
export function spreadOfTruth(task: Task, truth: Float64Array): Float64Array {
  if (task.kind === "regression") return Float64Array.of(standardDeviation(truth));
  return Float64Array.from({ length: outputsOf(task) }, (_, k) => {
    const cls = task.kind === "binary" ? 1 : k;
    const share = truth.reduce((sum, one) => sum + Number(one === cls), 0) / truth.length;
    return Math.sqrt(share * (1 - share));
  });
}

function leastOf(own: ColumnTest, unseen: ColumnTest): ColumnTest {
  const nearer = own.effect <= unseen.effect ? own : unseen;
  return {
    ...nearer,
    p: Math.max(own.p, unseen.p),
    rows: Math.min(own.rows, unseen.rows),
    effectiveRows: Math.min(own.effectiveRows, unseen.effectiveRows),
    minimumRows: Math.max(own.minimumRows, unseen.minimumRows),
  };
}

function outputName(task: Task, k: number): string {
  if (task.kind === "multiclass") return `probability of ${task.classes[k] ?? ""}`;
  return task.kind === "binary" ? `probability of ${task.classes[1]}` : "prediction";
}
