import type { Column } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import { auc } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { columnsNamed, valueAt } from "../columns/column-facts.ts";
import { type NumberColumn, valueCounts } from "../columns/counts.ts";
import { infoOf, numberFeatures } from "../columns/features.ts";
import { targetView } from "../columns/target-view.ts";
import { NO_ROWS } from "../findings/affected-rows.ts";
import { KNOWN_AT } from "../findings/answers.ts";
import { percent } from "../findings/phrase.ts";
import { associationsOf } from "../signal/associations.ts";
import { answerFor, knownQuestion } from "../signal/leak-odds.ts";

/** A column of two values that says whether the target has risen since another column by so much: whether a school reached its goal, beside its figures of last year and of this. */
export interface FlagOfChange {
  readonly flag: string;
  /** What the target is compared with. */
  readonly base: string;
  readonly operation: "a - b" | "a / b";
  /** Share of the pairs of a row of one value and a row of the other that the change puts in order, and the better share of target and other column alone. */
  readonly score: number;
  readonly alone: number;
  readonly rows: number;
}

/** A goal differs from row to row, so the change need not part the flags in all rows. */
const TOGETHER = 0.95;
/** The change leaves half at most of the pairs that target or base alone leaves in the wrong order. */
const LEFT = 0.5;
/** The other column orders so many pairs of rows as the target does: an earlier value of it. */
const EARLIER = 0.75;
const LEAST_OF_FLAG = 20;
const MOST_BASES = 10;
const ROWS = 5_000;

/** A treatment that moves what it is given for does the same and is known before: it is asked about. */
const ASKS = 0.4;

/** What may be written by looking at how the target has changed, as long as nobody has said when it is written. */
export function writtenByChange(context: AuditContext): readonly Suspicion[] {
  return flagsOfChange(context).flatMap((found) => (answerFor(context, found.flag) === null ? [suspicion(context, found)] : []));
}

/** The best change of each flag, the best first. */
export function flagsOfChange(context: AuditContext): readonly FlagOfChange[] {
  if (context.task.kind !== "regression") return [];
  const flags = columnsNamed(context.frame, context.roles.features).filter(({ name }) => infoOf(context, name).distinct === 2);
  const bases = flags.length === 0 ? [] : basesOf(context);
  if (bases.length === 0) return [];
  const rows = Array.from(targetView(context.target, context.task, ROWS, context.seed).rows);
  return flags
    .flatMap((flag) => bestOf(bases.flatMap((base) => changes(context, flag, base, rows))))
    .sort((a, b) => b.score - a.score || (a.flag < b.flag ? -1 : 1));
}

const bestOf = (found: readonly FlagOfChange[]) => found.toSorted((a, b) => b.score - a.score).slice(0, 1);

/** Columns of many values that order the rows as the target does. */
function basesOf(context: AuditContext): readonly NumberColumn[] {
  const told = associationsOf(context);
  const scoreOf = ({ name }: NumberColumn) => told.get(name)?.score ?? 0;
  return numberFeatures(context)
    .filter((column) => scoreOf(column) >= EARLIER && valueCounts(context, column).values.length >= LEAST_OF_FLAG)
    .sort((a, b) => scoreOf(b) - scoreOf(a) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_BASES);
}

/** How well the difference to the base, and the ratio where all of it is above 0, part the two values of the flag; none where they do not, or target or base does alone. */
function changes({ target }: AuditContext, flag: Column, { name, values }: NumberColumn, all: readonly number[]): readonly FlagOfChange[] {
  const rows = all.filter((row) => !Number.isNaN(valueAt(flag, row)) && !Number.isNaN(values[row] ?? Number.NaN));
  const high = rows.reduce((most, row) => Math.max(most, valueAt(flag, row)), Number.NEGATIVE_INFINITY);
  const sides = Float64Array.from(rows, (row) => Number(valueAt(flag, row) === high));
  const ofHigh = sides.reduce((sum, side) => sum + side, 0);
  if (Math.min(ofHigh, rows.length - ofHigh) < LEAST_OF_FLAG) return [];
  const parted = (make: (row: number) => number) => {
    const area = auc(sides, Float64Array.from(rows, make));
    return Math.max(area, 1 - area);
  };
  const [y, x] = [(row: number) => target[row] ?? 0, (row: number) => values[row] ?? 0];
  const alone = Math.max(parted(y), parted(x));
  const common = { flag: flag.name, base: name, alone, rows: rows.length };
  const difference: FlagOfChange = { ...common, operation: "a - b", score: parted((row) => y(row) - x(row)) };
  const ratios: readonly FlagOfChange[] = rows.every((row) => x(row) > 0)
    ? [{ ...common, operation: "a / b", score: parted((row) => y(row) / x(row)) }]
    : [];
  return [difference, ...ratios].filter(
    ({ score, operation }) =>
      score >= TOGETHER &&
      1 - score <= LEFT * (1 - alone) &&
      varies(
        sides,
        rows.map((row) => (operation === "a - b" ? y(row) - x(row) : y(row) / x(row))),
      ),
  );
}

/** Of the distance of the two medians, on either side of the flag. */
const LEAST_WITHIN = 0.1;

/** Prices of two years beside those prices in the money of one, or a column in two currencies: there the flag gives the change, and not the change the flag. Spreads are between quartiles, since some rows may lie anywhere. */
function varies(sides: Float64Array, change: readonly number[]): boolean {
  const [low, high] = [0, 1].map((side) => change.filter((_, place) => sides[place] === side).sort((a, b) => a - b)) as [
    number[],
    number[],
  ];
  const at = (sorted: readonly number[], share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
  const apart = Math.abs(at(high, 0.5) - at(low, 0.5));
  return [low, high].every((sorted) => at(sorted, 0.75) - at(sorted, 0.25) >= LEAST_WITHIN * apart);
}

function suspicion(context: AuditContext, { flag, base, operation, score, alone, rows }: FlagOfChange): Suspicion {
  const { target } = context.roles;
  const steps = [{ op: "drop" as const, columns: [flag] }];
  const change = operation === "a - b" ? `\`${target}\` minus \`${base}\`` : `\`${target}\` over \`${base}\``;
  return {
    trap: "post-outcome",
    columns: [flag],
    rows: NO_ROWS,
    severity: "harmful",
    confidence: ASKS,
    evidence: { kind: "flag-of-change", base, operation, score, alone, rows },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: true },
    question: knownQuestion(flag),
    choices: KNOWN_AT,
    why: `${change} parts the two values of \`${flag}\` (${percent(score)} of the pairs of rows in order; \`${target}\` or \`${base}\` alone ${percent(alone)} at most): \`${flag}\` may say how far \`${target}\` has moved, which nobody knows before, and then a score with it is a lie; or it is what moves it (a treatment), which is known.`,
  };
}
