import type { Suspicion } from "../../core/finding.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import { affectedRows } from "../affected-rows.ts";
import type { AuditContext, Check } from "../check.ts";
import { countCodes, type LevelColumn } from "../counts.ts";
import { levelFeatures } from "../features.ts";
import { givenTest } from "../given-test.ts";
import { keyLikeness } from "../key-likeness.ts";
import { amount, percent, quoted } from "../phrase.ts";

/** Levels of the test set that no training row has, compared with how many new ones are to be expected anyway. */
export const newCategory: Check = {
  trap: "new-category",
  title: "The test set has categories that training has not",
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
  const codesOf = (rows: Int32Array) => Int32Array.from(rows, (row) => column.codes[row] ?? -1);
  const trained = countCodes(codesOf(given.train), column.levels.length);
  const tested = countCodes(codesOf(given.test), column.levels.length);
  const fresh = column.levels.map((_, code) => code).filter((code) => (tested[code] ?? 0) > 0 && (trained[code] ?? 0) === 0);
  if (fresh.length === 0) return [];
  const rows = fresh.reduce((sum, code) => sum + (tested[code] ?? 0), 0);
  const present = tested.reduce((sum, count) => sum + count, 0);
  // Good-Turing: the chance that the next row is new is the share of levels seen once.
  const expected =
    (trained.reduce((sum, count) => sum + (count === 1 ? 1 : 0), 0) + 1) /
    Math.max(
      1,
      trained.reduce((sum, count) => sum + count, 0),
    );
  const surprising = binomialUpperTail(rows, present, Math.min(1, expected)) * tests < 1e-3;
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
      rows: affectedRows(context, (row) => isTest[row] === 1 && isFresh.has(column.codes[row] ?? -1)),
      severity: surprising && rows >= 0.01 * present ? "costly" : "cosmetic",
      confidence: surprising ? 0.95 : 0.8,
      evidence: { newLevels: fresh.length, testRows: rows, share: rows / present, expectedShare: expected },
      fix: { action: "advice", text: `Rows with ${shown} are judged as an unknown category; train on rows that have them.` },
      counterfactual: null,
      question: null,
      why: `${amount(rows)} test rows (${percent(rows / present)}) hold values of \`${column.name}\` that no training row has (${shown}); ${surprising ? `only ${percent(expected)} were to be expected` : "about as many as were to be expected"}.`,
    },
  ];
}
