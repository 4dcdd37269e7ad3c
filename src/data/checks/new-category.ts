import type { Suspicion } from "../../core/finding.ts";
import { int32From } from "../../core/typed-from.ts";
import type { AuditContext, Check } from "../check.ts";
import { countCodes, type LevelColumn } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { affectedTestRows } from "../findings/affected-rows.ts";
import { amount, counted, percent, quoted } from "../findings/phrase.ts";
import { keyLikeness } from "../roles/key-likeness.ts";
import { givenTest } from "../shifts/given-test.ts";

const FALSE_ALARM = 1e-4;

/** Levels of the test set that no training row has, compared with how many new ones are to be expected anyway. */
export const newCategory: Check = {
  trap: "new-category",
  title: "The test set has categories that training has not",
  subject: "given-split",
  inspect(context) {
    const given = givenTest(context);
    if (given === null) return [];
    const columns = levelFeatures(context).filter((column) => keyLikeness(context, column) === null);
    return columns.flatMap((column) => inspectColumn(context, column, given, columns.length));
  },
};

function inspectColumn(
  context: AuditContext,
  column: LevelColumn,
  given: { train: Int32Array; test: Int32Array },
  tests: number,
): Suspicion[] {
  const codesOf = (rows: Int32Array) => int32From(rows, (row) => column.codes[row] ?? -1);
  const trained = countCodes(codesOf(given.train), column.levels.length);
  const tested = countCodes(codesOf(given.test), column.levels.length);
  const fresh = column.levels.map((_, code) => code).filter((code) => (tested[code] ?? 0) > 0 && (trained[code] ?? 0) === 0);
  if (fresh.length === 0) return [];
  const rows = fresh.reduce((sum, code) => sum + (tested[code] ?? 0), 0);
  const present = tested.reduce((sum, count) => sum + count, 0);
  const share = given.test.length / (given.test.length + given.train.length);
  const { expected, p } = surpriseOf(
    trained.map((count, code) => count + (tested[code] ?? 0)),
    share,
    rows,
  );
  const surprising = p * tests < FALSE_ALARM;
  // A sample of the training rows lacks rare levels that the others have.
  const isSample = context.frame.rowNumbers !== null;
  if (isSample && !surprising) return [];
  const isFresh = new Set(fresh);
  const isTest = new Uint8Array(context.frame.rows);
  for (const row of given.test) isTest[row] = 1;
  const shown = fresh
    .slice(0, 3)
    .map((code) => quoted(column.levels[code] ?? ""))
    .join(", ");
  return [
    {
      trap: "new-category",
      columns: [column.name],
      rows: affectedTestRows(context, (row) => isTest[row] === 1 && isFresh.has(column.codes[row] ?? -1)),
      severity: surprising && rows >= 0.01 * present ? "costly" : "cosmetic",
      // That training lacks them is a fact; what it costs, the severity says.
      confidence: 0.95,
      evidence: { newLevels: fresh.length, testRows: rows, share: rows / present, expectedShare: expected / present },
      fix: { action: "advice", text: `Rows with ${shown} are judged as an unknown category; train on rows that have them.` },
      counterfactual: null,
      question: null,
      why: `${counted(rows, "test row")} (${percent(rows / present)}) ${rows === 1 ? "holds" : "hold"} values of \`${column.name}\` that ${isSample ? "none of the training rows looked at" : "no training row"} has (${shown}); ${surprising ? expectedWords(expected) : "about as many as were to be expected"}.`,
    },
  ];
}

/** Below this a number of rows says no more than that there are none. */
const HARDLY_ANY = 1e-6;

/** A random test set has any with a chance of at most the rows expected (Markov). */
function expectedWords(expected: number): string {
  return expected < HARDLY_ANY
    ? "fewer than one random test set in a million would hold any"
    : `only ${amount(expected)} were to be expected`;
}

/**
 * Rows of new levels that a random test set of this share would hold, and a bound on the chance of as many: a level of n rows lies wholly
 * in the test set with probability share^n; the sum is bounded by Chernoff's method.
 */
function surpriseOf(levelRows: Int32Array, share: number, rows: number): { expected: number; p: number } {
  const levels = new Map<number, number>();
  for (const count of levelRows) if (count > 0) levels.set(count, (levels.get(count) ?? 0) + 1);
  let expected = 0;
  for (const [count, many] of levels) expected += many * count * share ** count;
  let best = 0;
  for (let theta = 0.01; theta < 5; theta *= 1.25) {
    let exponent = -theta * rows;
    for (const [count, many] of levels) exponent += many * Math.log1p(share ** count * Math.expm1(theta * Math.min(count, 600 / theta)));
    best = Math.min(best, exponent);
  }
  return { expected, p: Math.exp(best) };
}
