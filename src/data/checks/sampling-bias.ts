import type { Column } from "../../core/column.ts";
import { int32From, int32Where } from "../../core/typed-from.ts";
import type { Check } from "../check.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { amount, percent } from "../findings/phrase.ts";
import { givenGroups } from "../shifts/given-group.ts";
import { givenTest } from "../shifts/given-test.ts";
import { columnShift } from "../shifts/two-samples.ts";

/** One look at one table. */
const FALSE_ALARM = 1e-3;
const NOTABLE = 0.05;
const LARGE = 0.2;

/** The target is distributed otherwise in the given test set: it was not drawn like the training rows. */
export const samplingBias: Check = {
  trap: "sampling-bias",
  title: "The target differs between training and test rows",
  subject: "given-split",
  inspect(context) {
    const given = givenTest(context);
    if (given === null) return [];
    const { target, task, roles } = context;
    const column: Column =
      task.kind === "regression"
        ? { name: roles.target, type: "number", values: target }
        : {
            name: roles.target,
            type: "category",
            levels: task.classes,
            codes: int32From(target, (value) => (Number.isNaN(value) ? -1 : value)),
          };
    const labelled = (rows: Int32Array) => int32Where(rows, (row) => !Number.isNaN(target[row]));
    const [train, test] = [labelled(given.train), labelled(given.test)];
    // Labels that only the test set has are spelt otherwise or of another class: told by label-variant.
    const known = new Set(train.map((row) => target[row] ?? 0));
    if (task.kind !== "regression" && test.some((row) => !known.has(target[row] ?? 0))) return [];
    if (train.length === 0 || test.length === 0) return [];
    const shift = columnShift(column, train, test, givenGroups(context));
    if (shift.p > FALSE_ALARM || shift.effect < NOTABLE) return [];
    const mean = (rows: Int32Array, of: (value: number) => number) =>
      rows.reduce((sum, row) => sum + of(target[row] ?? 0), 0) / rows.length;
    const shareOf = (index: number) => (value: number) => (value === index ? 1 : 0);
    const moved = (index: number) => Math.abs(mean(train, shareOf(index)) - mean(test, shareOf(index)));
    const classes = task.kind === "regression" ? [] : task.classes;
    const positive = classes.length === 2 ? 1 : classes.reduce((top, _, index) => (moved(index) > moved(top) ? index : top), 0);
    const of = task.kind === "regression" ? (value: number) => value : shareOf(positive);
    const [inTrain, inTest] = [mean(train, of), mean(test, of)];
    const why =
      task.kind === "regression"
        ? `The target is ${amount(inTest)} on average in the test set and ${amount(inTrain)} in the training rows`
        : `"${classes[positive] ?? ""}" makes ${percent(inTest)} of the test set and ${percent(inTrain)} of the training rows`;
    return [
      {
        trap: "sampling-bias",
        columns: [roles.target],
        rows: { ...NO_ROWS, count: given.test.length },
        severity: shift.effect >= LARGE ? "harmful" : "costly",
        confidence: 0.9,
        evidence: { effect: shift.effect, p: shift.p, inTrain, inTest },
        fix: {
          action: "advice",
          text: "Draw the test set as the model will meet the rows, or correct probabilities for the other share of classes.",
        },
        counterfactual: null,
        question: null,
        why: `${why}: the two were not drawn alike, and scores and probabilities of one do not hold for the other.`,
      },
    ];
  },
};
