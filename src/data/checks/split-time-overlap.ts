import { type Column, columnOf } from "../../core/column.ts";
import { float64From, int32Where } from "../../core/typed-from.ts";
import { quantile } from "../../stats/index.ts";
import type { AuditContext, Check } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import { allRows } from "../columns/counts.ts";
import { equalFeatures } from "../columns/equal-features.ts";
import { DAY_MS, featuresOf, infoOf, numberFeatures } from "../columns/features.ts";
import { affectedTestRows } from "../findings/affected-rows.ts";
import { amount, counted, percent, zText } from "../findings/phrase.ts";
import { TIME_WORDS } from "../meaning/lexicon.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { nameWords } from "../meaning/name-words.ts";
import { semanticType } from "../meaning/semantic-type.ts";
import { givenTest } from "../shifts/given-test.ts";
import { timeEvidence } from "../split/time-evidence.ts";

/** Below this share of the test rows it is the edge of two periods that touch. */
const NOTABLE = 0.01;

/** Test rows but for those that are training rows once more, at the same time: that is told as such (split-overlap), and they are left out for it. */
function withoutCopies(context: AuditContext, { train, test }: NonNullable<ReturnType<typeof givenTest>>, time: Column): Int32Array {
  const { group } = equalFeatures(context);
  const key = (row: number) => `${group[row]} ${valueAt(time, row)}`;
  const tested = new Set(Array.from(test, (row) => group[row]));
  const known = new Set(
    Array.from(
      int32Where(train, (row) => tested.has(group[row])),
      key,
    ),
  );
  return int32Where(test, (row) => !known.has(key(row)));
}

/** Rows of the given test set that happened before the training data ended: the model has seen their future. */
export const splitTimeOverlap: Check = {
  trap: "split-time-overlap",
  title: "Test rows are not later than training rows",
  subject: "given-split",
  inspect(context) {
    const given = givenTest(context);
    if (given === null) return [];
    const time = context.roles.time ?? yearOf(context) ?? dateOf(context, given);
    if (time === null) return [];
    const column = columnOf(context.frame, time);
    const end = given.train.reduce(
      (latest, row) => Math.max(latest, Number.isNaN(valueAt(column, row)) ? latest : valueAt(column, row)),
      -Infinity,
    );
    const inTest = new Uint8Array(context.frame.rows);
    const test = withoutCopies(context, given, column);
    for (const row of test) inTest[row] = 1;
    const early = (row: number) => inTest[row] === 1 && valueAt(column, row) < end;
    const count = test.reduce((sum, row) => sum + Number(early(row)), 0);
    const dated = test.reduce((sum, row) => sum + Number(!Number.isNaN(valueAt(column, row))), 0);
    const share = count / Math.max(1, dated);
    if (share < NOTABLE) return [];
    const z = persistenceOf(context);
    const ending = column.type === "date" ? new Date(end).toISOString().slice(0, 10) : String(end);
    const cost =
      z === null
        ? "Whether that flatters the score, the training rows do not tell."
        : `Labels persist along it (${zText(z)}), so the model knows what came before and after these rows.`;
    return [
      {
        trap: "split-time-overlap",
        columns: [time],
        rows: affectedTestRows(context, early),
        severity: z === null ? "costly" : "blocker",
        confidence: context.roles.time === null ? BY_YEAR : z === null ? 0.5 : 0.9,
        evidence: { earlyTestRows: count, testRows: dated, share, persistenceZ: z, trainingEnds: ending },
        fix: {
          action: "advice",
          text: `Take the latest rows by \`${time}\` as the test set, or leave out --test and let the split go by time.`,
        },
        counterfactual: null,
        question: `Will the model be used on rows that are later by "${time}" than all rows it was trained on?`,
        why: `${amount(count)} of ${counted(dated, "test row")} (${percent(share)}) are earlier by \`${time}\` than the end of the training rows (${ending}). ${cost}`,
      },
    ];
  },
};

/** Below LIKELY: a year or a date of a row need not be when it is predicted. */
const BY_YEAR = 0.4;
const LEAST_YEARS = 3;

/** The one column of whole numbers that is a year by its values and by a name that says nothing else (no "year built"); null where there is none, or several. */
function yearOf(context: AuditContext): string | null {
  const years = numberFeatures(context).filter((column) => {
    const { name } = column;
    const { unit } = context.roles.meanings[name] ?? semanticType(column);
    const saysNothingElse = nameWords(name).every((word) => TIME_WORDS.includes(word));
    return unit === "year" && saysNothingElse && infoOf(context, name).distinct >= LEAST_YEARS;
  });
  return years.length === 1 ? (years[0]?.name ?? null) : null;
}

/** Fewer different days are periods; years between the outer twentieths of dates beyond which they are of births and beginnings; share of the rows that have one. */
const [LEAST_DAYS, MOST_YEARS, LEAST_PRESENT] = [20, 15, 0.9];
const YEAR_MS = 365.25 * DAY_MS;

/** A date that no name calls the time of the rows: the only one of them, or the only one in whose order most training and test rows lie. */
function dateOf(context: AuditContext, given: { readonly train: Int32Array; readonly test: Int32Array }): string | null {
  const dates = featuresOf(context).filter((column) => column.type === "date" && mayBeOfRows(context, column));
  if (dates.length === 1) return dates[0]?.name ?? null;
  const inOrder = dates.filter((column) => {
    const at = (rows: Int32Array, share: number) => daysAt(column, rows, share);
    return at(given.test, 0.25) >= at(given.train, 0.75);
  });
  return inOrder.length === 1 ? (inOrder[0]?.name ?? null) : null;
}

function mayBeOfRows(context: AuditContext, column: Column): boolean {
  const { after, birth } = meaningOf(column.name);
  const { distinct, missing } = infoOf(context, column.name);
  if (birth || after > 0.5 || distinct < LEAST_DAYS || missing > (1 - LEAST_PRESENT) * context.dataset.rows) return false;
  const rows = allRows(context);
  return daysAt(column, rows, 0.95) - daysAt(column, rows, 0.05) < MOST_YEARS * YEAR_MS;
}

/** Of the dates that are known; NaN where none is. */
function daysAt(column: Column, rows: Int32Array, share: number): number {
  const known = float64From(rows, (row) => valueAt(column, row)).filter((value) => !Number.isNaN(value));
  return known.length === 0 ? Number.NaN : quantile(known, share);
}

/** z of labels that persist along the time in the training rows; null when they are not seen to. */
function persistenceOf({ training }: AuditContext): number | null {
  const found = training === null ? null : timeEvidence(training);
  return found === null || found.order.by === null ? null : found.order.persistenceZ;
}
