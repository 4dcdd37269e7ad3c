import type { Column } from "../../core/column.ts";
import { int32From, int32Where } from "../../core/typed-from.ts";
import { differenceOfProportions } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, percent } from "../findings/phrase.ts";
import { givenGroups } from "../shifts/given-group.ts";
import { givenTest } from "../shifts/given-test.ts";
import { columnShift, effectiveRows } from "../shifts/two-samples.ts";

/** One look at one table. */
const FALSE_ALARM = 1e-3;
const NOTABLE = 0.05;
/** Of two shares by the arcsine of their roots (Cohen 1988, h): 50 % and 55 %, 12 % and 8.8 %, 2 % and 3.6 %. */
const NOTABLE_H = 0.1;
const LARGE = 0.2;
const LEVEL = 0.95;

/** The target is distributed otherwise in the given test set: it was not drawn like the training rows. */
export const samplingBias: Check = {
  trap: "sampling-bias",
  title: "The target differs between training and test rows",
  subject: "given-split",
  inspect(context) {
    const given = givenTest(context);
    if (given === null) return [];
    const { target, task, roles } = context;
    const labelled = (rows: Int32Array) => int32Where(rows, (row) => !Number.isNaN(target[row]));
    const [train, test] = [labelled(given.train), labelled(given.test)];
    // Labels that only the test set has are spelt otherwise or of another class: told by label-variant.
    const known = new Set(train.map((row) => target[row] ?? 0));
    if (task.kind !== "regression" && test.some((row) => !known.has(target[row] ?? 0))) return [];
    if (train.length === 0 || test.length === 0) return [];
    const shift = columnShift(targetColumn(context), train, test, givenGroups(context));
    if (shift.p > FALSE_ALARM) return [];
    const told = task.kind === "regression" ? meansTold(context, train, test) : sharesTold(context, task.classes, train, test);
    if (shift.effect < NOTABLE && told.effectSize < NOTABLE_H) return [];
    return [
      {
        trap: "sampling-bias",
        columns: [roles.target],
        rows: { ...NO_ROWS, count: given.test.length },
        severity: shift.effect >= LARGE ? "harmful" : "costly",
        confidence: 0.9,
        evidence: { effect: shift.effect, p: shift.p, ...told.evidence },
        fix: {
          action: "advice",
          text: "Draw the test set as the model will meet the rows, or correct probabilities for the other share of classes.",
        },
        counterfactual: null,
        question: null,
        why: `${told.why}: the two were not drawn alike, and scores and probabilities of one do not hold for the other.`,
      },
    ];
  },
};

function targetColumn({ task, roles, target }: AuditContext): Column {
  if (task.kind === "regression") return { name: roles.target, type: "number", values: target };
  return {
    name: roles.target,
    type: "category",
    levels: task.classes,
    codes: int32From(target, (value) => (Number.isNaN(value) ? -1 : value)),
  };
}

interface Told {
  /** Cohen's h of two shares; 0 where there are none. */
  readonly effectSize: number;
  readonly evidence: Readonly<Record<string, number>>;
  readonly why: string;
}

function meanOf(rows: Int32Array, of: (row: number) => number): number {
  return rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
}

function meansTold({ target }: AuditContext, train: Int32Array, test: Int32Array): Told {
  const [inTrain, inTest] = [train, test].map((rows) => meanOf(rows, (row) => target[row] ?? 0)) as [number, number];
  return {
    effectSize: 0,
    evidence: { inTrain, inTest },
    why: `The target is ${amount(inTest)} on average in the test set and ${amount(inTrain)} in the training rows`,
  };
}

/** Of the positive class, or of several the one whose share differs most. */
function sharesTold(context: AuditContext, classes: readonly string[], train: Int32Array, test: Int32Array): Told {
  const { target } = context;
  const shares = classes.map((_, index) => {
    const of = (row: number) => Number(target[row] === index);
    return { index, inTrain: meanOf(train, of), inTest: meanOf(test, of) };
  });
  const apart = ({ inTrain, inTest }: { inTrain: number; inTest: number }) => Math.abs(inTest - inTrain);
  const most = shares.reduce((top, one) => (apart(one) > apart(top) ? one : top));
  const { index, inTrain, inTest } = classes.length === 2 ? (shares[1] ?? most) : most;
  const codes = int32From(target, (value) => Number(value === index));
  const [n, m] = effectiveRows(codes, train, test, givenGroups(context));
  const { low, high } = differenceOfProportions({ successes: inTrain * n, trials: n }, { successes: inTest * m, trials: m }, LEVEL);
  const points = (value: number) => (100 * value).toFixed(1);
  const difference = `${points(inTest - inTrain)} points, 95 % interval ${points(low)} to ${points(high)}`;
  return {
    effectSize: Math.abs(angle(inTest) - angle(inTrain)),
    evidence: { inTrain, inTest, low, high },
    why: `"${classes[index] ?? ""}" makes ${percent(inTest)} of the test set and ${percent(inTrain)} of the training rows (${difference})`,
  };
}

function angle(share: number): number {
  return 2 * Math.asin(Math.sqrt(share));
}
