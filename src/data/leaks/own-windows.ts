import type { Suspicion } from "../../core/finding.ts";
import { float64From, int32From } from "../../core/typed-from.ts";
import { ascendingOrder, linearWeights } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { valueAt } from "../columns/column-facts.ts";
import type { NumberColumn } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { percent } from "../findings/phrase.ts";
import { associationsOf } from "../signal/associations.ts";
import { answerFor, knownQuestion } from "../signal/leak-odds.ts";
import { LENGTHS, type Means, meansOver, seriesInTime, seriesOf, squaredCorrelation, type TargetSeries } from "./future-windows.ts";
import { namesOfThings, ordersOf } from "./orders-of-rows.ts";

/** A column that is a moving mean of the target up to the row itself: with the rows before it gives the row's own target. */
export interface OwnWindow {
  readonly column: string;
  readonly within: string | null;
  readonly by: string;
  /** mean: of so many rows, the last of which is the row itself; smoothed: each row moves it by a share of how far its target lies from it. */
  readonly kind: "mean" | "smoothed";
  readonly span: number;
  /** Share of its variance that this gives, and that the best window or smoothing without the row gives. */
  readonly own: number;
  readonly past: number;
}

/** The strongest columns are looked at. */
const [MOST_COLUMNS, MOST_KEYS, LEAST_SCORE] = [20, 3, 0.52];
/** It gives the column but for rounding, and leaves a hundredth of what the past leaves. */
const [NEARLY_WHOLE, LEFT_OVER] = [0.999, 0.01];
/** The past leaves so much at least, and a row moves a smoothed value by so much of how far it lies off: what hardly moves within its key holds nothing of a row. */
const [LEAST_LEFT, LEAST_WEIGHT] = [1e-4, 0.01];
const LEAST_COMPARED = 100;

const OWN = LENGTHS.map((n) => ({ from: -n, to: 0 }));
const BEFORE = [
  { from: 0, to: 0 },
  ...LENGTHS.flatMap((n) => [
    { from: -n, to: -1 },
    { from: -n, to: -n },
  ]),
];

interface Known {
  readonly series: TargetSeries;
  readonly within: string | null;
  readonly by: string;
}

/** Of targets of numbers and of two classes, in the whole table alone: rows of a sample do not follow each other. */
export function ownWindows(context: AuditContext): readonly OwnWindow[] {
  const { task, frame } = context;
  if (task.kind === "multiclass" || frame.rowNumbers !== null) return [];
  const associations = associationsOf(context);
  const score = (name: string) => associations.get(name)?.score ?? 0;
  const asked = numberFeatures(context)
    .filter(({ name, type }) => type === "number" && score(name) >= LEAST_SCORE && answerFor(context, name) !== "before")
    .sort((a, b) => score(b.name) - score(a.name) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  const found: OwnWindow[] = [];
  for (const known of asked.length === 0 ? [] : allSeries(context)) {
    const [own, before] = [meansOver(known.series, OWN), meansOver(known.series, BEFORE)];
    for (const column of asked) {
      if (column.name === known.within || found.some((one) => one.column === column.name)) continue;
      const one = byWindow(known, column, own, before) ?? bySmoothing(known, column);
      if (one !== null) found.push(one);
    }
  }
  return found;
}

/** The series in time, and by each date the rows of each key. */
function allSeries(context: AuditContext): readonly Known[] {
  const { frame } = context;
  const [first, ...others] = ordersOf(context);
  const plain = seriesInTime(context);
  const keyed = [...(first === undefined ? [] : [first]), ...others].flatMap(({ rows, by }) =>
    by === null
      ? []
      : namesOfThings(context)
          .slice(0, MOST_KEYS)
          .flatMap((within): Known[] => {
            const group = frame.columns.find(({ name }) => name === within);
            if (group === undefined || within === by) return [];
            const held = rows.filter((row) => !Number.isNaN(valueAt(group, row)));
            const order = ascendingOrder(float64From(held, (row) => valueAt(group, row)));
            const series = seriesOf(
              context,
              int32From(order, (place) => held[place] ?? 0),
              by,
              group,
            );
            return series === null ? [] : [{ series, within, by }];
          }),
  );
  return [...(plain === null || first === undefined || first.by === null ? [] : [{ series: plain, within: null, by: first.by }]), ...keyed];
}

/** The row itself tells far more than what came before it, which leaves something to tell. */
function tells(own: number, past: number): boolean {
  return 1 - past >= LEAST_LEFT && 1 - own <= LEFT_OVER * (1 - past);
}

function byWindow(
  { series, within, by }: Known,
  { name, values }: NumberColumn,
  own: readonly Means[],
  before: readonly Means[],
): OwnWindow | null {
  const fits = own.map((one) => ({ one, fit: squaredCorrelation(series, values, one.values) }));
  const best = fits.reduce((most, one) => (one.fit > most.fit ? one : most), { one: own[0], fit: 0 });
  if (best.one === undefined || best.fit < NEARLY_WHOLE) return null;
  const past = before.reduce((most, one) => Math.max(most, squaredCorrelation(series, values, one.values)), 0);
  const span = 1 - best.one.window.from;
  return tells(best.fit, past) ? { column: name, within, by, kind: "mean", span, own: best.fit, past } : null;
}

/** e(i) = e(i - 1) + a (y(i) - e(i - 1)), by least squares of e(i) on e(i - 1) and the target: of the row itself, and of the row before. */
function bySmoothing({ series, within, by }: Known, { name, values }: NumberColumn): OwnWindow | null {
  const { rows, first } = series;
  const places = Array.from(rows.keys()).filter((i) => {
    const [own, before] = [values[rows[i] as number], values[rows[i - 1] as number]];
    return (
      i > (first[i] as number) + 1 &&
      !Number.isNaN(own) &&
      !Number.isNaN(before) &&
      !Number.isNaN(series.values[i]) &&
      !Number.isNaN(series.values[i - 1])
    );
  });
  if (places.length < LEAST_COMPARED) return null;
  const last = float64From(places, (i) => values[rows[i - 1] as number] as number);
  const now = float64From(places, (i) => values[rows[i] as number] as number);
  const own = explained(
    last,
    float64From(places, (i) => series.values[i] as number),
    now,
  );
  if (own.share < NEARLY_WHOLE || !(own.weight >= LEAST_WEIGHT && own.weight < 1)) return null;
  const past = explained(
    last,
    float64From(places, (i) => series.values[i - 1] as number),
    now,
  ).share;
  const span = Math.round(2 / own.weight - 1);
  return tells(own.share, past) ? { column: name, within, by, kind: "smoothed", span, own: own.share, past } : null;
}

/** Share of the variance of `of` that least squares on two columns explain, and the weight of the second. */
function explained(first: Float64Array, second: Float64Array, of: Float64Array): { readonly share: number; readonly weight: number } {
  const { weights, constant } = linearWeights([first, second], of);
  const middle = of.reduce((sum, value) => sum + value, 0) / of.length;
  let [left, all] = [0, 0];
  for (let i = 0; i < of.length; i++) {
    const value = of[i] as number;
    const fitted = constant + (weights[0] ?? 0) * (first[i] as number) + (weights[1] ?? 0) * (second[i] as number);
    left += (value - fitted) ** 2;
    all += (value - middle) ** 2;
  }
  return { share: all > 0 ? 1 - left / all : 0, weight: weights[1] ?? 0 };
}

/** What was computed with the target of its own row is written after it. */
export function writtenAsOwnWindows(context: AuditContext, told: ReadonlySet<string>): readonly Suspicion[] {
  return ownWindows(context)
    .filter(({ column }) => !told.has(column))
    .map(({ column, within, by, kind, span, own, past }) => {
      const drop = [{ op: "drop" as const, columns: [column] }];
      const { target } = context.roles;
      const how = kind === "mean" ? `the mean of \`${target}\` over ${span} rows` : `\`${target}\` smoothed (a span of about ${span} rows)`;
      return {
        trap: "post-outcome",
        columns: [column],
        rows: NO_ROWS,
        severity: "blocker",
        confidence: 0.95,
        evidence: { kind: "own-window", of: kind, span, within, by, own, past, hardForTrees: true },
        fix: { action: "steps", steps: drop },
        counterfactual: { change: "steps", steps: drop, flatters: true },
        question: knownQuestion(column),
        choices: KNOWN_AT,
        why: `\`${column}\` is ${how} by \`${by}\`${within === null ? "" : `, within each \`${within}\``}, the row itself among them: that gives ${percent(own)} of its variance, what came before the row ${percent(past)} at most. It was computed with the row's own \`${target}\`, which it gives back beside the rows before; shift it by one row.`,
      };
    });
}
