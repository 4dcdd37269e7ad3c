import type { AuditContext } from "../check.ts";
import type { LevelColumn } from "../columns/counts.ts";
import { infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { associationsOf, viewOf } from "../signal/associations.ts";
import { noisyFormulas, powerFormula } from "../signal/noisy-formulas.ts";

/** Kinds of rows in which the target is another multiple of a column, or of a product or ratio of two, than in all others: another currency, thousands. */
export interface TargetUnits {
  readonly by: LevelColumn;
  readonly beside: string;
  /** The kinds whose multiple differs, and their rows among those that were looked at. */
  readonly kinds: readonly string[];
  readonly rows: number;
  /** Median of target / column of the usual rows, and of each of these kinds. */
  readonly usual: number;
  readonly ratios: readonly number[];
  /** Share of the rows of these kinds that lie so near the ratio of their kind. */
  readonly within: number;
  readonly near: number;
}

const [LEAST_KINDS, MOST_KINDS] = [2, 50];
const LEAST_ROWS = 20;
/** The kinds that differ hold fewer rows than all others. */
const MOST_SHARE = 1 / 3;
/** Target and column go together as a multiple: so many rows lie so near the ratio of their kind. */
const [NEAR, MOSTLY] = [0.01, 0.8];
/** Of a formula that is off by a few percent itself. */
const NEAR_FORMULA = 0.1;
/** How far apart the multiples of the usual kinds are at most, in nearnesses. */
const SAME = 2;
/** Ratios of two units: closer ones are rates that differ (a reduced tax). */
const APART = 1.5;
/** What a column tells at least for all its strays. */
const LEAST_SCORE = 0.75;
const MOST_BESIDE = 5;

/** The best partner of each column of kinds. Only for numbers. Once per audit. */
export function targetUnits(context: AuditContext): readonly TargetUnits[] {
  return context.shared("target units", () => {
    if (context.task.kind !== "regression") return [];
    const beside = besideColumns(context);
    return [...beside, ...besideFormulas(context).filter(({ by }) => !beside.some((one) => one.by.name === by.name))];
  });
}

function besideColumns(context: AuditContext): readonly TargetUnits[] {
  const told = associationsOf(context);
  const scoreOf = (name: string) => told.get(name)?.score ?? 0;
  const partners = numberFeatures(context)
    .filter(({ name, type }) => type === "number" && scoreOf(name) >= LEAST_SCORE && infoOf(context, name).distinct >= LEAST_ROWS)
    .sort((a, b) => scoreOf(b.name) - scoreOf(a.name) || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_BESIDE);
  if (partners.length === 0) return [];
  return levelFeatures(context).flatMap((by) => {
    if (by.levels.length < LEAST_KINDS || by.levels.length > MOST_KINDS) return [];
    const found = partners.flatMap(({ name, values }) => unitsBeside(context, by, name, values, NEAR) ?? []);
    return found.sort((a, b) => b.within - a.within).slice(0, 1);
  });
}

function besideFormulas(context: AuditContext): readonly TargetUnits[] {
  const found = new Map<string, TargetUnits>();
  for (const { columns, powers, within } of noisyFormulas(context)) {
    if (within === null || found.has(within.name)) continue;
    const [a, b] = columns.map((name) => numberFeatures(context).find((column) => column.name === name)?.values ?? new Float64Array(0));
    const made = context.target.map((_, row) => {
      const [x, z] = [a?.[row] ?? Number.NaN, b?.[row] ?? Number.NaN];
      return x ** powers[0] * z ** powers[1];
    });
    const units = unitsBeside(context, within, powerFormula(columns, powers), made, NEAR_FORMULA);
    if (units !== null) found.set(within.name, units);
  }
  return [...found.values()];
}

function unitsBeside(context: AuditContext, by: LevelColumn, beside: string, values: Float64Array, near: number): TargetUnits | null {
  const { target } = context;
  const ratios = by.levels.map((): number[] => []);
  for (const row of viewOf(context).rows) {
    const ratio = (target[row] ?? Number.NaN) / (values[row] ?? Number.NaN);
    if (ratio > 0 && Number.isFinite(ratio)) ratios[by.codes[row] ?? -1]?.push(ratio);
  }
  const kinds = ratios.flatMap((own, level) => (own.length < LEAST_ROWS ? [] : [kindOf(by.levels[level] ?? "", own, near)]));
  const all = kinds.reduce((sum, { rows }) => sum + rows, 0);
  if (kinds.length < LEAST_KINDS || kinds.some((one) => one.within < MOSTLY)) return null;
  const [first] = kinds.toSorted((a, b) => b.rows - a.rows);
  const usual = first?.median ?? Number.NaN;
  const other = kinds.filter(({ median }) => Math.max(median / usual, usual / median) >= APART);
  // Where each kind has a multiple of its own, it is a share of something that differs from kind to kind.
  if (kinds.some((one) => !other.includes(one) && Math.abs(one.median / usual - 1) > SAME * near)) return null;
  const rows = other.reduce((sum, one) => sum + one.rows, 0);
  if (other.length === 0 || rows > MOST_SHARE * all) return null;
  const within = other.reduce((sum, one) => sum + (one.within * one.rows) / rows, 0);
  return { by, beside, kinds: other.map(({ kind }) => kind), rows, usual, ratios: other.map(({ median }) => median), within, near };
}

function kindOf(kind: string, own: readonly number[], near: number) {
  const median = own.toSorted((a, b) => a - b)[own.length >> 1] ?? Number.NaN;
  const within = own.filter((ratio) => Math.abs(ratio / median - 1) <= near).length / own.length;
  return { kind, rows: own.length, median, within };
}
