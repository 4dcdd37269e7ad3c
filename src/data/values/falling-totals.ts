import type { Suspicion } from "../../core/finding.ts";
import { binomialUpperTail, quantileOfSorted } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, namedColumns, percent } from "../findings/phrase.ts";
import { ASKS } from "./broken-orders.ts";
import type { NamedSeries } from "./stuck-values.ts";

/** A number that grows from nothing in each series and falls in a few steps. */
export interface FallingTotal {
  /** Rows at which it is lower than before. */
  readonly falls: readonly number[];
  readonly rises: number;
  /** In the series that fall: rises no larger than the middle fall there, and the chance of so many beside so many falls if its steps were a trend with noise. */
  readonly small: number;
  readonly p: number;
}

/** Steps that are not 0, and the share of them that fall at most. */
const [LEAST_STEPS, MOST_FALLS] = [100, 0.02];
/** Of the series, those that begin at no more than their largest rise, and at no more than three fourths of their rises: what is summed up begins with a step like the others. */
const [FROM_NOTHING, FROM_USUAL] = [0.9, 0.5];
/** Share of the steps that may begin anew. */
const ANEW = 0.1;
/** Small rises for each fall. A trend with noise has one at most. */
const EACH_FALL = 5;
/** Of tables, over all columns. */
const CHANCE = 1e-4;

/**
 * Whether a number is a running total that falls in a few steps: a correction, or a mistake. A trend with noise rises nearly always, too, and falls now and then. Where the density of its steps is
 * log-concave (normal, logistic, exponential on both sides), it climbs from the falls to 0 at least as steeply as beyond 0, so that no more rises are as small as the middle fall than there are falls. Of a
 * running total nearly all rises may be. Two totals that begin again (a year to date) are two series: who falls to less than the largest rise and stays there has begun anew.
 * series: rows of each, in the order of time. looks: columns that are looked at.
 */
export function fallingTotal({ values }: NumberColumn, series: readonly (readonly number[])[], looks: number): FallingTotal | null {
  if (fallsOften(values, series)) return null;
  const found = series.map((rows) => stepsOf(values, rows)).filter(({ rises }) => rises.length > 0);
  const sum = (of: (steps: Steps) => number) => found.reduce((all, steps) => all + of(steps), 0);
  const [rises, falls] = [sum((steps) => steps.rises.length), sum((steps) => steps.falls.length)];
  if (falls === 0 || rises + falls < LEAST_STEPS || falls > MOST_FALLS * (rises + falls)) return null;
  if (sum(({ first }) => Number(first < 0)) > 0 || !beginAtNothing(found)) return null;
  const small = sum((steps) => smallRises(steps));
  const p = looks * binomialUpperTail(small, small + falls, 0.5);
  if (small < EACH_FALL * falls || p > CHANCE) return null;
  return { falls: found.flatMap((steps) => steps.falls.map(({ row }) => row)), rises, small, p };
}

/** Most numbers are refuted by their first steps. */
function fallsOften(values: Float64Array, series: readonly (readonly number[])[]): boolean {
  const most = (MOST_FALLS + ANEW) * values.length;
  let [falls, steps] = [0, 0];
  for (const rows of series) {
    let before = Number.NaN;
    for (const row of rows) {
      const value = values[row] as number;
      if (Number.isNaN(value)) continue;
      if (value < before) falls++;
      if (value !== before) steps++;
      before = value;
    }
    if (falls > most) return true;
  }
  // Those that begin anew are no falls.
  return falls === 0 || falls > (MOST_FALLS + ANEW) * steps;
}

function beginAtNothing(all: readonly Steps[]): boolean {
  const share = (quantile: number) =>
    all.reduce((sum, { first, rises }) => sum + Number(first <= quantileOfSorted(rises, quantile)), 0) / all.length;
  return share(1) >= FROM_NOTHING && share(0.75) >= FROM_USUAL;
}

interface Steps {
  readonly first: number;
  /** Ascending. */
  readonly rises: Float64Array;
  readonly falls: readonly { readonly row: number; readonly by: number }[];
}

function stepsOf(values: Float64Array, all: readonly number[]): Steps {
  const rows = all.filter((row) => !Number.isNaN(values[row]));
  const at = (place: number) => values[rows[place] ?? -1] ?? Number.NaN;
  const steps = rows.slice(1).map((row, place) => ({ row, place, by: at(place + 1) - at(place) }));
  const rises = Float64Array.from(steps.filter(({ by }) => by > 0).map(({ by }) => by)).sort();
  const largest = rises.at(-1) ?? 0;
  const isAnew = (place: number) => at(place + 1) <= largest && !(at(place + 2) >= at(place));
  const falls = steps.filter(({ by, place }) => by < 0 && !isAnew(place)).map(({ row, by }) => ({ row, by: -by }));
  return { first: at(0), rises, falls };
}

function smallRises({ rises, falls }: Steps): number {
  if (falls.length === 0) return 0;
  const middle = quantileOfSorted(Float64Array.from(falls.map(({ by }) => by)).sort(), 0.5);
  return rises.filter((rise) => rise <= middle).length;
}

/** All such numbers in one question: which of two rows is wrong, or whether the count was corrected on that day, the cells do not say. */
export function fallingTotals(context: AuditContext, columns: readonly NumberColumn[], series: NamedSeries): readonly Suspicion[] {
  const rows = series.things.map((thing) => thing.rows);
  const byName = [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
  const found = byName.flatMap((column) => {
    const total = fallingTotal(column, rows, columns.length);
    return total === null ? [] : [{ column, ...total }];
  });
  const [first] = found;
  if (first === undefined) return [];
  const names = found.map(({ column }) => column.name);
  const fallen = new Set(found.flatMap(({ falls }) => falls));
  const told = found.map(({ column, falls, rises }) => ({
    column: column.name,
    falls: falls.length,
    rises,
    share: falls.length / (rises + falls.length),
  }));
  const shown = told.map(
    (one) => `\`${one.column}\` (it rises in ${amount(one.rises)} steps and falls in ${amount(one.falls)}, ${percent(one.share)})`,
  );
  const [isOne, said] = [names.length === 1, shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`];
  const within = series.unit === null ? "" : ` in each \`${series.unit.replace(" and ", "` and `")}\``;
  return [
    {
      trap: "impossible-value",
      columns: names,
      rows: affectedRows(context, (row) => fallen.has(row)),
      severity: "costly",
      confidence: ASKS,
      evidence: { kind: "falling total", totals: told, smallRises: first.small, p: first.p },
      fix: {
        action: "advice",
        text: "Look at these rows and the ones before them: correct whichever is wrong at its source, or write a correction into the rows that it is of.",
      },
      counterfactual: null,
      unmeasured: "Which of two rows is wrong the cells do not say.",
      question: `Is it a mistake where ${namedColumns(names)} ${names.length === 1 ? "falls" : "fall"} from one row to the next in time?`,
      choices: ["mistake", "true value"],
      why: `${said} ${isOne ? "grows" : "grow"} from nothing along \`${series.time}\`${within}: ${isOne ? "it looks like a running total" : "they look like running totals"}, which cannot fall.`,
    },
  ];
}
