import { falseDiscoveryQ } from "../../stats/index.ts";
import type { Check } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { namedColumns, percent } from "../findings/phrase.ts";
import { givenGroups } from "../shifts/given-group.ts";
import { givenTest } from "../shifts/given-test.ts";
import { columnShift } from "../shifts/two-samples.ts";

/** Expected share of false alarms among the columns told. */
const FALSE_SHARE = 1e-4;
/** A tenth of the rows would have to change their value to make both sides alike. */
const NOTABLE = 0.1;
const LARGE = 0.3;

/** So many rows of each side see any notable shift; more only cost time. */
const ENOUGH_ROWS = 20_000;

/** Columns that are distributed otherwise in the given test set than in the training rows. */
export const covariateShift: Check = {
  trap: "covariate-shift",
  title: "The test set is drawn from elsewhere",
  subject: "given-split",
  inspect(context) {
    const given = givenTest(context);
    if (given === null) return [];
    const [train, test] = [thinned(given.train), thinned(given.test)];
    const shifts = featuresOf(context).map((column) => columnShift(column, train, test, givenGroups(context)));
    const q = falseDiscoveryQ(shifts.map(({ p }) => p));
    const found = shifts
      .map((shift, index) => ({ ...shift, q: q[index] ?? 1 }))
      .filter((shift) => shift.q < FALSE_SHARE && shift.effect >= NOTABLE)
      .sort((a, b) => b.effect - a.effect);
    const [worst] = found;
    if (worst === undefined) return [];
    const columns = found.map(({ name }) => name);
    const what = worst.what === "missing" ? "is missing in other shares of the rows" : "has other values";
    return [
      {
        trap: "covariate-shift",
        columns,
        rows: { ...NO_ROWS, count: given.test.length },
        severity: worst.effect >= LARGE ? "harmful" : "costly",
        confidence: 0.95,
        evidence: {
          columnsShifted: columns.length,
          columnsTested: shifts.length,
          effects: Object.fromEntries(found.slice(0, 20).map(({ name, effect }) => [name, effect])),
          largestQ: Math.max(...found.map((one) => one.q)),
        },
        fix: {
          action: "advice",
          text: "Find out how the test set was chosen. If it shows the future use, judge by it and prefer columns that do not move.",
        },
        counterfactual: { change: "steps", steps: [{ op: "drop", columns }], flatters: false },
        question: null,
        why: `${namedColumns(columns)} ${columns.length === 1 ? "is" : "are"} distributed otherwise in the test set than in the training rows: \`${worst.name}\` ${what}, ${percent(worst.effect)} of its rows would have to change to make both alike.`,
      },
    ];
  },
};

function thinned(rows: Int32Array): Int32Array {
  const step = rows.length / ENOUGH_ROWS;
  return step <= 1 ? rows : Int32Array.from({ length: ENOUGH_ROWS }, (_, i) => rows[Math.floor(i * step)] ?? 0);
}
