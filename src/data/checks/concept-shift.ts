import type { Suspicion } from "../../core/finding.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import { falseDiscoveryQ, ranks } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { featuresOf } from "../columns/features.ts";
import { rowOrderOf } from "../columns/row-order.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { namedColumns, percent } from "../findings/phrase.ts";
import { givenGroups } from "../shifts/given-group.ts";
import { givenTest } from "../shifts/given-test.ts";
import { type RelationInput, type RelationShift, relationShift } from "../shifts/relation-shift.ts";
import { columnShift } from "../shifts/two-samples.ts";
import { judgedGroup } from "../split/group-or-time.ts";

/** Expected share of false alarms among the columns told. */
const FALSE_SHARE = 1e-4;
/** One row in twenty would have to change its class, or the mean rank to move by as much. */
const NOTABLE = 0.05;
const LARGE = 0.1;
/** A column that is itself distributed otherwise can bend a relation within its bins. */
const MOVED = 0.1;

/** So many rows of each side see any notable shift; fewer when there are many columns, for the sake of time. */
const ENOUGH_ROWS = 20_000;
const LEAST_ROWS = 4_000;
const MOST_CELLS = 1e7;
const MOST_CLASSES = 10;

/** At equal values of a column the target is another one than before: of the given test set than of the training rows; without one, of the later half than of the earlier, where the rows have a time. */
export const conceptShift: Check = {
  trap: "concept-shift",
  title: "The same values mean something else in later rows",
  subject: "given-split",
  async inspect(context) {
    const given = givenTest(context);
    const sides = given ?? halvesOf(context);
    if (sides === null) return [];
    const [train, test] = [labelled(context, sides.train), labelled(context, sides.test)];
    if (train.length === 0 || test.length === 0) return [];
    const questions = questionsOf(context, train, test);
    const groups = given === null ? (judgedGroup(context)?.key.codes ?? null) : givenGroups(context);
    const shifts: Shifted[] = [];
    const isClass = context.task.kind !== "regression";
    for (const column of featuresOf(context)) {
      shifts.push(...bestOf(questions.map((value) => ({ column, a: train, b: test, value, isClass, groups }))));
      await context.pause();
    }
    const q = falseDiscoveryQ(shifts.map(({ p }) => p));
    const found = shifts
      .map((shift, i) => ({ ...shift, q: q[i] ?? 1 }))
      .filter((shift) => shift.q < FALSE_SHARE && shift.effect >= NOTABLE && (given !== null || outgrowsNoise(shift)))
      .sort((a, b) => b.effect - a.effect);
    const [worst] = found;
    if (worst === undefined) return [];
    const columns = found.map(({ name }) => name);
    const still = featuresOf(context).filter(
      (column) => columns.includes(column.name) && columnShift(column, train, test, groups).effect < MOVED,
    );
    // Over time columns drift, and what drifts bends what it tells.
    if (given === null && still.length === 0) return [];
    const about = { context, found, tested: shifts.length, alike: still.length, rows: sides.test.length };
    return [suspicion(about, worst, given === null ? rowOrderOf(context).by : null)];
  },
};

interface About {
  readonly context: AuditContext;
  /** The largest first. */
  readonly found: readonly (RelationShift & { readonly q: number })[];
  readonly tested: number;
  /** Columns of it that are distributed as before. */
  readonly alike: number;
  /** Of the later part. */
  readonly rows: number;
}

/** by: the time of the rows, where no test set is given. */
function suspicion({ context, found, tested, alike, rows }: About, worst: RelationShift, by: string | null): Suspicion {
  const columns = found.map(({ name }) => name);
  const said = by === null ? "the test rows" : `the later half of the rows (by \`${by}\`)`;
  const what = context.task.kind === "regression" ? "the mean rank of the target moves by" : "the share of a class moves by";
  return {
    trap: "concept-shift",
    columns,
    rows: { ...NO_ROWS, count: rows },
    severity: by === null && worst.effect >= LARGE ? "harmful" : "costly",
    // A column that stays as it is distributed, while what it says changes, leaves little to explain it away.
    confidence: alike > 0 ? 0.9 : 0.65,
    evidence: {
      columnsShifted: columns.length,
      columnsTested: tested,
      alikeOtherwise: alike,
      effects: Object.fromEntries(found.slice(0, 20).map(({ name, effect }) => [name, effect])),
      largestQ: Math.max(...found.map((one) => one.q)),
    },
    fix: {
      action: "advice",
      text: "Find out what changed between the two: train on rows from after the change, or leave out columns whose meaning did not last.",
    },
    counterfactual: null,
    unmeasured:
      by === null
        ? "What it costs is the score by folds minus that on the test rows, which the choice of the model gives: prices do not see test labels."
        : "What it costs is the score of a split by time beside that of a random one, which time-leak gives.",
    question: null,
    why: `At equal values of ${namedColumns(columns)} ${said} have another target than ${by === null ? "the training rows" : "the earlier ones"}: with \`${worst.name}\` ${what} ${percent(worst.effect)} beyond what all rows share. What a model learns from ${columns.length === 1 ? "it" : "them"} no longer holds there.`,
  };
}

interface Shifted extends RelationShift {
  readonly input: RelationInput;
}

/** The surest of several classes. */
function bestOf(inputs: readonly RelationInput[]): readonly Shifted[] {
  const own = inputs.flatMap((input): Shifted[] => {
    const shift = relationShift(input);
    return shift === null ? [] : [{ ...shift, p: Math.min(1, shift.p * inputs.length), input }];
  });
  return own.sort((a, b) => a.p - b.p).slice(0, 1);
}

const LEAST_HALF = 100;
/** Times the difference between the two quarters of either half: rows that come in batches (the models of a maker) differ as much from one quarter to the next. A steady drift makes twice as much. */
const OVER_QUARTERS = 1.5;

function outgrowsNoise({ effect, input }: Shifted): boolean {
  if (effect < LARGE) return false;
  return [input.a, input.b].every((half) => {
    const middle = half.length >> 1;
    const within = relationShift({ ...input, a: half.subarray(0, middle), b: half.subarray(middle) });
    return within === null || effect >= OVER_QUARTERS * within.effect;
  });
}

/** Rows before and after the middle of the time, where each has its own; the target of a file in another order changes with that. */
function halvesOf(context: AuditContext): { readonly train: Int32Array; readonly test: Int32Array } | null {
  const { by, rows } = rowOrderOf(context);
  const half = rows.length >> 1;
  return by === null || half < LEAST_HALF ? null : { train: rows.slice(0, half), test: rows.slice(half) };
}

/** One number per row: membership in each class asked about, or the rank of the value. */
function questionsOf(context: AuditContext, train: Int32Array, test: Int32Array): readonly Float64Array[] {
  const { task, target } = context;
  if (task.kind === "regression") {
    const rows = Int32Array.from([...train, ...test]);
    const ranked = ranks(float64From(rows, (row) => target[row] ?? 0));
    const value = new Float64Array(target.length);
    rows.forEach((row, i) => {
      value[row] = (ranked[i] ?? 0) / rows.length;
    });
    return [value];
  }
  const wanted = task.classes.length === 2 ? [1] : Array.from(task.classes.keys()).slice(0, MOST_CLASSES);
  return wanted.map((one) => target.map((label) => Number(label === one)));
}

/** Labelled rows, thinned evenly. */
function labelled({ target, roles }: AuditContext, rows: Int32Array): Int32Array {
  const known = int32Where(rows, (row) => !Number.isNaN(target[row]));
  const most = Math.max(LEAST_ROWS, Math.min(ENOUGH_ROWS, Math.floor(MOST_CELLS / roles.features.length)));
  const step = known.length / most;
  return step <= 1 ? known : Int32Array.from({ length: most }, (_, i) => known[Math.floor(i * step)] ?? 0);
}
