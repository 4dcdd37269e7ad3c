import { float64Where } from "../../core/typed-from.ts";
import { binomialUpperTail, wilson } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { mostFrequentPlace, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { numberFeatures } from "../columns/features.ts";
import { valueOrder } from "../columns/value-order.ts";
import { lastDecimal } from "../columns/written-decimals.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { namedPlace } from "../meaning/thing-names.ts";
import { associationsOf } from "../signal/associations.ts";
import { answerFor, logit } from "../signal/leak-odds.ts";
import { type MostlySum, mostlySums } from "./mostly-sums.ts";

/** A rule between numbers of a row that is broken in rows of one class: the balance after a payment is the one before, less the payment, but where it was paid back. */
export interface BrokenRule {
  readonly columns: readonly string[];
  /** What those rows are: both are equal, both differ, or a sum does not hold. */
  readonly kind: "equal" | "unequal" | "sum";
  /** How the sum reads; "" for a pair. */
  readonly formula: string;
  readonly rows: number;
  readonly classIndex: number;
  /** Share of the class, and of the others, that is so; and share of those rows that have the class. */
  readonly share: number;
  readonly shareElsewhere: number;
  readonly ofRows: number;
  /** Lower limits (95 %) of `ofRows` and of share over shareElsewhere, which a frequent class does not raise. */
  readonly atLeast: number;
  readonly leastTimes: number;
  /** Codes of a place or a thing stand in it: who lives elsewhere has another one, whatever comes of it. */
  readonly ofCodes: boolean;
  /** A pair that is equal here has a sum with a third number elsewhere, or is itself a sum: something is broken. */
  readonly isBroken: boolean;
  readonly auc: number;
  readonly alone: number;
}

/** Of fewer different values two are equal by chance. */
const LEAST_DISTINCT = 15;
const MOST_COLUMNS = 30;
/** The class is not the usual one. */
const MOST_BASE = 0.5;
/** Of the class; how many times as often as elsewhere; and the chance of so many, over all looks. */
const [LEAST_SHARE, LEAST_TIMES, LEAST_CHANCE] = [0.25, 10, 1e-6];
const LEAST_ROWS = 20;
/** Rows of each class that refute nearly all pairs, and the share of them below which they do. */
const [PROBED, HOPELESS] = [100, 0.1];
/** Of the limits of a share and of a ratio of two. */
const [LEVEL, Z] = [0.95, 1.96];
/** Odds of the flag's score over those of the better column alone: else that one says it. */
const OVER_ALONE = Math.log(2);

type Is = (row: number) => boolean;

/** Only of classes. Each column once, by what tells most. */
export async function brokenRules(context: AuditContext): Promise<readonly BrokenRule[]> {
  const { task, frame, target } = context;
  if (task.kind === "regression") return [];
  const classes = task.classes.length;
  const columns = numberFeatures(context)
    .filter(({ name }) => answerFor(context, name) === null)
    .flatMap((column) => {
      const { distinct } = factsOf(column, frame.rows);
      return distinct < LEAST_DISTINCT
        ? []
        : [{ ...column, distinct, usual: usualOf(context, column), order: () => valueOrder(context, column) }];
    })
    .sort((a, b) => b.distinct - a.distinct || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_COLUMNS);
  const probes = Array.from({ length: classes }, () => [] as number[]);
  for (let row = 0; row < frame.rows; row++) {
    const own = probes[target[row] ?? Number.NaN];
    if (own !== undefined && own.length < PROBED) own.push(row);
  }
  const sums = mostlySums(columns, frame.rows, () => false).filter(({ isEverywhere }) => !isEverywhere);
  const looks = classes * (columns.length * (columns.length - 1) + sums.length);
  const found: BrokenRule[] = [];
  for (const [place, a] of columns.entries()) {
    for (const b of columns.slice(place + 1)) {
      const isTold: Is = (row) => a.values[row] !== a.usual && b.values[row] !== b.usual;
      const isAlike: Is = (row) => isSame(a.values[row] ?? Number.NaN, b.values[row] ?? Number.NaN);
      const isEqual: Is = (row) => isAlike(row) && isTold(row);
      if (probes.every((rows) => rows.filter(isEqual).length < HOPELESS * rows.length)) continue;
      const isUnequal: Is = (row) => isTold(row) && !Number.isNaN((a.values[row] ?? 0) - (b.values[row] ?? 0)) && !isAlike(row);
      const names = [a.name, b.name];
      const isBroken = sums.some(({ whole, parts }) => names.every((name) => [whole, ...parts].some((column) => column.name === name)));
      found.push(
        ...tellingFlag(context, { columns: names, kind: "equal", formula: "", isBroken }, isEqual, looks),
        ...tellingFlag(context, { columns: names, kind: "unequal", formula: "", isBroken: true }, isUnequal, looks),
      );
    }
    await context.pause();
  }
  const byAuc = (one: BrokenRule, other: BrokenRule) => other.auc - one.auc;
  // What two columns say needs no third.
  return [...found.sort(byAuc), ...sums.flatMap((sum) => ofSum(context, sum, looks)).sort(byAuc)];
}

function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.abs(a);
}

function usualOf(context: AuditContext, column: NumberColumn): number {
  const counts = valueCounts(context, column);
  return counts.values[mostFrequentPlace(counts)] ?? Number.NaN;
}

function ofSum(context: AuditContext, { whole, parts: [x, y], signs: [first, second], constant }: MostlySum, looks: number) {
  const columns = [whole, x, y];
  const decimal = Math.max(...columns.map(({ values }) => lastDecimal(float64Where(values, (value) => !Number.isNaN(value)))));
  const usual = columns.map((column) => usualOf(context, column));
  const isBroken: Is = (row) => {
    if (columns.some(({ values }, place) => values[row] === usual[place])) return false;
    const rest = (whole.values[row] ?? 0) - first * (x.values[row] ?? 0) - second * (y.values[row] ?? 0) - constant;
    return Math.abs(rest) >= 0.5 * decimal;
  };
  const [start, plus] = [first === 1 ? "" : "-", second === 1 ? "+" : "-"];
  const formula = `${constant === 0 ? "" : `${constant} ${first === 1 ? "+ " : ""}`}${start}\`${x.name}\` ${plus} \`${y.name}\``;
  return tellingFlag(context, { columns: columns.map(({ name }) => name), kind: "sum", formula, isBroken: true }, isBroken, looks);
}

/** What is so in many rows of a class and in hardly any other, and tells more than the columns do alone. */
function tellingFlag(
  context: AuditContext,
  said: Pick<BrokenRule, "columns" | "kind" | "formula" | "isBroken">,
  is: Is,
  looks: number,
): readonly BrokenRule[] {
  const { task, target } = context;
  const classes = task.kind === "regression" ? 0 : task.classes.length;
  const [flagged, all] = [new Float64Array(classes), new Float64Array(classes)];
  for (let row = 0; row < target.length; row++) {
    const label = target[row] as number;
    if (Number.isNaN(label)) continue;
    all[label] = (all[label] as number) + 1;
    if (is(row)) flagged[label] = (flagged[label] as number) + 1;
  }
  const [rows, rowsInAll] = [flagged, all].map((some) => some.reduce((sum, one) => sum + one, 0)) as [number, number];
  const alone = Math.max(...said.columns.map((name) => associationsOf(context).get(name)?.score ?? 0.5));
  const ofCodes = said.columns.some((name) => isCode(context, name));
  const told = Array.from(flagged.keys()).flatMap((classIndex) => {
    const [own, ofClass] = [flagged[classIndex] as number, all[classIndex] as number];
    if (own < LEAST_ROWS || own < LEAST_SHARE * ofClass || ofClass > MOST_BASE * rowsInAll) return [];
    const times = (own / ofClass) * ((rowsInAll - ofClass + 0.5) / (rows - own + 0.5));
    const chance = looks * binomialUpperTail(own, rows, ofClass / rowsInAll);
    const [share, shareElsewhere] = [own / ofClass, (rows - own) / (rowsInAll - ofClass)];
    const auc = 0.5 + (share - shareElsewhere) / 2;
    if (times < LEAST_TIMES || chance > LEAST_CHANCE || logit(auc) - logit(alone) < OVER_ALONE) return [];
    // Katz et al. 1978, as for the columns that one class alone has.
    const error = Math.sqrt(1 / own - 1 / ofClass + 1 / (rows - own + 0.5) - 1 / (rowsInAll - ofClass + 0.5));
    const leastTimes = times * Math.exp(-Z * error);
    const atLeast = wilson(own, rows, LEVEL).low;
    return [{ ...said, rows, classIndex, share, shareElsewhere, ofRows: own / rows, atLeast, leastTimes, ofCodes, auc, alone }];
  });
  return told.sort((a, b) => b.auc - a.auc).slice(0, 1);
}

function isCode({ roles }: AuditContext, name: string): boolean {
  const type = roles.meanings[name]?.type;
  return type === "code" || type === "geo" || namedPlace(name) !== undefined || meaningOf(name).keyOf !== null;
}
