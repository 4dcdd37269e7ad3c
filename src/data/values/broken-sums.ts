import type { Suspicion } from "../../core/finding.ts";
import { float64From, float64Where, int32Where, placesUpTo } from "../../core/typed-from.ts";
import { binomialUpperTail } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { countValues, mostFrequentPlace, type NumberColumn, type ValueCounts, valueCounts } from "../columns/counts.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { lastDecimal } from "../columns/written-decimals.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, counted, percent } from "../findings/phrase.ts";
import { ASKS } from "./broken-orders.ts";

/** A total that is the sum of two parts in all rows but a few. */
export interface BrokenSum {
  readonly whole: NumberColumn;
  readonly parts: readonly [NumberColumn, NumberColumn];
  readonly compared: number;
  readonly broken: Int32Array;
  /** Of the rows in which a column is not what it mostly is, the least share that holds it, and the largest by chance. */
  readonly held: number;
  readonly byChance: number;
}

const MOST_COLUMNS = 16;
/** Rows that have all three; and those in which each is otherwise than mostly. */
const [LEAST_ROWS, LEAST_TELLING] = [100, 30];
/** Share of all rows that break it, of the telling ones that hold it, and of those that would by chance; of tables, over all sums. */
const [MOST_BROKEN, LEAST_HELD, MOST_BY_CHANCE, CHANCE] = [0.02, 0.9, 0.6, 1e-6];
const LEAST_BROKEN = 2;
const PROBED = 60;
const LEAST_PROBED = 0.9;
/** Decimals that rounding three numbers may take it off by. */
const [ROUNDED, WHOLE] = [1.6, 0.5];

interface Usual {
  readonly column: NumberColumn;
  readonly usual: number;
  readonly decimal: number;
}

/**
 * Where a total and its two parts stand in one row, they are one fact said twice: that three numbers fit so in 98 % of the rows is no chance if they do in nine of ten rows in which each of them is otherwise than
 * mostly (at least 30), and far fewer of those do if that column stands a way further down (binomial). The few rows that break it hold a slip in one of the three, unless what is left over lies on one side of 0 only
 * (a third part that is mostly nothing), or is another column.
 */
export function brokenSums(columns: readonly NumberColumn[], countsOf: (column: NumberColumn) => ValueCounts): readonly BrokenSum[] {
  const numbers = columns.map((column) => ({ column, name: column.name, counts: countsOf(column) }));
  const some = finestFirst(numbers, ({ counts }) => counts.values.length)
    .filter(({ counts }) => counts.values.length > 2 && counts.present >= LEAST_ROWS)
    .slice(0, MOST_COLUMNS)
    .map(
      ({ counts, column }): Usual => ({
        column,
        usual: counts.values[mostFrequentPlace(counts)] ?? Number.NaN,
        decimal: lastDecimal(counts.values),
      }),
    );
  return some.flatMap((whole) =>
    some.flatMap((a, i) => some.slice(i + 1).flatMap((b) => (a === whole || b === whole ? [] : (brokenSum(whole, a, b, columns) ?? [])))),
  );
}

function brokenSum(whole: Usual, a: Usual, b: Usual, all: readonly NumberColumn[]): BrokenSum | null {
  const three = [whole, a, b];
  const decimal = Math.max(...three.map((one) => one.decimal));
  const slack = (decimal === 1 ? WHOLE : ROUNDED) * decimal;
  const [w, x, y] = three.map(({ column }) => column.values) as [Float64Array, Float64Array, Float64Array];
  const restAt = (row: number) => (w[row] as number) - (x[row] as number) - (y[row] as number);
  const isHeld = (row: number) => Math.abs(restAt(row)) < slack;
  const step = Math.max(1, Math.floor(w.length / PROBED));
  let [probes, fit] = [0, 0];
  for (let row = step >> 1; row < w.length; row += step) {
    if (Number.isNaN(restAt(row))) continue;
    probes++;
    fit += Number(isHeld(row));
  }
  if (fit < LEAST_PROBED * probes || probes < PROBED / 3) return null;
  const rows = int32Where(placesUpTo(w.length), (row) => !Number.isNaN(restAt(row)));
  const broken = rows.filter((row) => !isHeld(row));
  if (rows.length < LEAST_ROWS || broken.length < LEAST_BROKEN || broken.length > MOST_BROKEN * rows.length) return null;
  const told = three.map(({ column: { values }, usual }) => {
    const telling = rows.filter((row) => values[row] !== usual);
    // One's own value is taken from another row: what that changes is off.
    const moved = (row: number, i: number) =>
      (values[telling[(i + (telling.length >> 1)) % telling.length] ?? row] ?? 0) - (values[row] ?? 0);
    const sign = values === w ? 1 : -1;
    const byChance = telling.filter((row, i) => Math.abs(restAt(row) + sign * moved(row, i)) < slack).length / telling.length;
    return { telling: telling.length, held: telling.filter(isHeld).length, byChance };
  });
  const isSure = ({ telling, held, byChance }: (typeof told)[number]) =>
    telling >= LEAST_TELLING &&
    held >= LEAST_HELD * telling &&
    byChance <= MOST_BY_CHANCE &&
    MOST_COLUMNS ** 3 * binomialUpperTail(held, telling, byChance) < CHANCE;
  if (!told.every(isSure) || isAnotherPart(float64From(broken, restAt))) return null;
  const isTold = ({ values }: NumberColumn) =>
    values !== w &&
    values !== x &&
    values !== y &&
    broken.every((row) => Math.abs(Math.abs(restAt(row)) - Math.abs(values[row] ?? 0)) < slack);
  return all.some(isTold)
    ? null
    : {
        whole: whole.column,
        parts: [a.column, b.column],
        compared: rows.length,
        broken,
        held: Math.min(...told.map(({ held, telling }) => held / telling)),
        byChance: Math.max(...told.map(({ byChance }) => byChance)),
      };
}

/** What is left over lies on one side of 0, as of a part that is mostly nothing. */
function isAnotherPart(rests: Float64Array): boolean {
  return float64Where(rests, (rest) => rest > 0).length === 0 || float64Where(rests, (rest) => rest < 0).length === 0;
}

/** Which of the three is wrong nobody can tell, and other programs may count otherwise: it asks. */
export function contradictedSums(context: AuditContext, columns: readonly NumberColumn[]): readonly Suspicion[] {
  const countsOf = (column: NumberColumn) =>
    column.name === context.roles.target ? countValues(column.values) : valueCounts(context, column);
  return brokenSums(columns, countsOf).map(({ whole, parts: [a, b], compared, broken, held, byChance }) => {
    const rows = new Set(broken);
    const sum = `\`${whole.name}\` = \`${a.name}\` + \`${b.name}\``;
    return {
      trap: "impossible-value",
      columns: [whole.name, a.name, b.name],
      rows: affectedRows(context, (row) => rows.has(row)),
      severity: "costly",
      confidence: ASKS,
      evidence: { kind: "broken sum", comparedRows: compared, brokenRows: rows.size, heldWhereTelling: held, byChance },
      fix: { action: "advice", text: `Look at these rows: one of the three is wrong. Correct it at its source, or leave it empty.` },
      counterfactual: null,
      unmeasured: "Which of the three is wrong the cells do not say.",
      question: `Is it a mistake where ${sum} does not hold?`,
      choices: ["mistake", "true value"],
      why: `${sum} holds in ${percent(1 - rows.size / compared)} of the ${amount(compared)} rows (with one column moved down in ${percent(byChance)} at most), and in ${counted(rows.size, "row")} it does not, too high in some and too low in others.`,
    };
  });
}
