import type { Suspicion } from "../../core/finding.ts";
import { float64From, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { labelPersistence } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { rowSortingOf } from "../columns/row-sorting.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, percent, quoted } from "../findings/phrase.ts";

/** An end of the file in which nearly all rows have one class, that others have seldom. */
export interface EndOfOneClass {
  readonly classIndex: number;
  readonly atEnd: boolean;
  /** Labelled rows of the end, and share of them that have the class; share of all others that have it. */
  readonly rows: number;
  readonly share: number;
  readonly elsewhere: number;
  /** Chance of so many rows of the class in a row, times the places and classes. */
  readonly p: number;
}

/** Rows of the end, share of them of the class, and of the others at most; the end is no half of the file. */
const [LEAST_ROWS, PURE, MOST_ELSEWHERE, MOST_OF_FILE] = [20, 0.98, 0.5, 0.5];
const CHANCE = 1e-9;
/** The others stand in no order: a chance of 1 in 10,000. Of a file in blocks one is the last. */
const IN_ORDER_Z = 3.9;

/** In the order of the file. The longer of the two ends, of whatever class. @param labels classes; without NaN. */
export function endOfOneClass(labels: Float64Array, classes: number): EndOfOneClass | null {
  const found = [false, true].flatMap((atEnd) => {
    const inward = atEnd ? labels.toReversed() : labels;
    return Array.from({ length: classes }, (_, classIndex) => endIn(inward, classIndex, classes)).flatMap((one) =>
      one === null ? [] : [{ ...one, atEnd }],
    );
  });
  return found.sort((a, b) => b.rows - a.rows)[0] ?? null;
}

/** @param labels from the end inwards */
function endIn(labels: Float64Array, classIndex: number, classes: number): Omit<EndOfOneClass, "atEnd"> | null {
  const all = labels.reduce((sum, label) => sum + Number(label === classIndex), 0);
  let [own, rows, held] = [0, 0, 0];
  for (let place = 0; place < MOST_OF_FILE * labels.length; place++) {
    const isOwn = labels[place] === classIndex;
    held += Number(isOwn);
    if (isOwn && held >= PURE * (place + 1)) [own, rows] = [held, place + 1];
  }
  if (rows < LEAST_ROWS) return null;
  const elsewhere = (all - own) / (labels.length - rows);
  // Of the others one row with the class may stand for a share that is not known to be 0.
  const p = labels.length * classes * Math.max(elsewhere, 1 / (labels.length - rows)) ** own;
  if (elsewhere > MOST_ELSEWHERE || p > CHANCE) return null;
  const others = labels.subarray(rows).map((label) => Number(label === classIndex));
  return labelPersistence(others).z >= IN_ORDER_Z ? null : { classIndex, rows, share: own / rows, elsewhere, p };
}

/** Whether the rows were added, or sorted so on the way, the file does not say: it asks. None where the file stands sorted by a column. */
export function endsInOneClass(context: AuditContext): Suspicion[] {
  const { task, target, roles, frame } = context;
  if (task.kind === "regression" || rowSortingOf(context) !== null) return [];
  const labelled = int32Where(placesUpTo(frame.rows), (row) => !Number.isNaN(target[row]));
  const found = endOfOneClass(
    float64From(labelled, (row) => target[row] ?? 0),
    task.classes.length,
  );
  if (found === null) return [];
  const { classIndex, atEnd, rows, share, elsewhere, p } = found;
  const border = labelled[atEnd ? labelled.length - rows : rows - 1] ?? 0;
  const label = quoted(task.classes[classIndex] ?? "");
  const which = `${atEnd ? "last" : "first"} ${amount(rows)} rows${frame.rowNumbers === null ? "" : " of the sample"}`;
  return [
    {
      trap: "order-leak",
      columns: [],
      rows: affectedRows(context, (row) => (atEnd ? row >= border : row <= border)),
      severity: "harmful",
      confidence: 0.45,
      evidence: { kind: "end of one class", class: task.classes[classIndex] ?? "", rows, share, elsewhere, p },
      fix: {
        action: "advice",
        text: `Find out how these rows came there. If they were added from another source, they say how that source writes rather than what makes a row ${label}, and how often ${label} comes is known from the others only; never cut this file by position.`,
      },
      counterfactual: null,
      unmeasured: "No column carries the place of a row, so no score has it.",
      question: `Were the ${which} put there from another source?`,
      choices: ["yes", "no"],
      why: `Of the ${which} ${share === 1 ? "all" : percent(share)} have \`${roles.target}\` = ${label}, of all others ${percent(elsewhere)}, in no order: they were added to the file, or it was put together by what the outcome is.`,
    },
  ];
}
