import { type Column, columnOf } from "../../core/column.ts";
import type { Suspicion } from "../../core/finding.ts";
import type { AuditContext } from "../check.ts";
import { factsOf, valueAt } from "../columns/column-facts.ts";
import { infoOf } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { counted, namedColumns, percent } from "../findings/phrase.ts";

/** Share of the rows that have the key alone, and of two columns together, by which the few others are a slip. */
const [MOSTLY_ALONE, NEARLY_ALONE] = [0.9, 0.97];
const LEAST_KEYS = 10;
/** Of the keys that come twice, so many have the same columns otherwise; of these, so many may differ. */
const [LEAST_ALIKE, MOST_OTHERWISE] = [0.9, 2];
/** Columns that agree beside the key. */
const LEAST_SAME = 3;
/** Two columns are a key where their pairs come twice so much more seldom than chance would have it. */
const BELOW_CHANCE = 0.1;
/** Things of a time: fewer rows of each are no series. */
const [MOST_THINGS, ROWS_EACH] = [1000, 10];
const [SURE_JOIN, SURE_PAIR] = [0.75, 0.7];

/** Rows by the value of a key, those with two rows or more. */
type Repeated = readonly (readonly number[])[];

/** Keys that come twice though they should not: what a join made of one row, and a thing that was measured twice at one time. Not of a sample, in which the other row is missing. */
export function repeatedKeys(context: AuditContext): readonly Suspicion[] {
  if (context.frame.rowNumbers !== null) return [];
  return [...context.roles.ids.flatMap((name) => joined(context, columnOf(context.frame, name))), ...twiceAtOnce(context)];
}

/** One key, all columns equal but for one or two, and always these. */
function joined(context: AuditContext, key: Column): readonly Suspicion[] {
  const { frame, roles, dataset } = context;
  const { distinct, present } = factsOf(key, frame.rows);
  if (distinct === present || distinct < MOSTLY_ALONE * present) return [];
  const groups = repeatedIn(frame.rows, (row) => valueAt(key, row));
  const others = frame.columns.filter((column) => column !== key);
  const apart = groups.map((rows) => others.filter((column) => differs(column, rows)).map(({ name }) => name));
  const told = apart.filter(({ length }) => length > 0);
  if (told.length < LEAST_KEYS || told.length < LEAST_ALIKE * groups.length) return [];
  const counts = new Map<string, number>();
  for (const names of told) counts.set(names.join("\u0001"), (counts.get(names.join("\u0001")) ?? 0) + 1);
  const [most = "", keys = 0] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const otherwise = most.split("\u0001");
  if (keys < LEAST_ALIKE * groups.length || otherwise.length > MOST_OTHERWISE || otherwise.includes(roles.target)) return [];
  if (others.length - otherwise.length < LEAST_SAME) return [];
  const later = new Set(groups.flatMap((rows, i) => (apart[i]?.join("\u0001") === most ? rows.slice(1) : [])));
  const named = namedColumns(otherwise);
  return [
    {
      trap: "hidden-duplicate",
      columns: [key.name, ...otherwise],
      rows: affectedRows(context, (row) => later.has(row)),
      severity: "costly",
      confidence: SURE_JOIN,
      evidence: { kind: "join", keys, rows: later.size, share: later.size / dataset.rows, differ: otherwise },
      fix: {
        action: "advice",
        text: `Find out where they were joined, and keep one row for each \`${key.name}\`, or judge the rows of one together.`,
      },
      counterfactual: null,
      unmeasured: `The cells do not say which of the rows stays, and whether one \`${key.name}\` may have two of ${named}.`,
      question: null,
      why: `${counted(keys, "value")} of \`${key.name}\`, which nearly all rows have alone, ${keys === 1 ? "comes" : "come"} more than once (${counted(later.size, "surplus row")}), with all other columns equal but ${named}: as where a join brought two values of ${named} for one row, or one has two of them.`,
    },
  ];
}

/** Things that have one row at each time, but for a few that have two. */
function twiceAtOnce(context: AuditContext): readonly Suspicion[] {
  const { frame, roles } = context;
  const { time } = roles;
  if (time === null) return [];
  const when = columnOf(frame, time);
  const things = frame.columns.filter((column) => {
    if (column.name === time || column.name === roles.target || !("codes" in column || infoOf(context, column.name).integer)) return false;
    const { distinct } = factsOf(column, frame.rows);
    return distinct >= 2 && distinct <= Math.min(MOST_THINGS, frame.rows / ROWS_EACH);
  });
  const found = things.flatMap((thing) => pairOf(context, thing, when) ?? []);
  // The finest of several that go together: a machine, not its kind.
  const [best] = found.sort((a, b) => a.ofChance - b.ofChance);
  return best === undefined ? [] : [ofPair(context, best)];
}

interface RepeatedPair {
  readonly thing: Column;
  readonly when: Column;
  readonly groups: Repeated;
  readonly surplus: number;
  /** Pairs of rows that share both, by what they would be if the two had nothing to do with each other. */
  readonly ofChance: number;
}

function pairOf({ frame }: AuditContext, thing: Column, when: Column): RepeatedPair | null {
  const { rows } = frame;
  const keyAt = (row: number) => {
    const [own, moment] = [valueAt(thing, row), valueAt(when, row)];
    return Number.isNaN(own) || Number.isNaN(moment) ? Number.NaN : `${own} ${moment}`;
  };
  const groups = repeatedIn(rows, keyAt);
  const surplus = groups.reduce((sum, own) => sum + own.length - 1, 0);
  if (groups.length < LEAST_KEYS || surplus > (1 - NEARLY_ALONE) * rows) return null;
  const shared = groups.reduce((sum, own) => sum + (own.length * (own.length - 1)) / 2, 0);
  const expected = agreement(thing, rows) * agreement(when, rows) * ((rows * (rows - 1)) / 2);
  return shared > BELOW_CHANCE * expected ? null : { thing, when, groups, surplus, ofChance: shared / expected };
}

function ofPair(context: AuditContext, { thing, when, groups, surplus, ofChance }: RepeatedPair): Suspicion {
  const later = new Set(groups.flatMap((rows) => rows.slice(1)));
  const others = context.frame.columns.filter((column) => column !== thing && column !== when);
  const often = others.filter((column) => 2 * groups.filter((rows) => differs(column, rows)).length >= groups.length);
  const differ = often.map(({ name }) => name);
  const both = namedColumns([thing.name, when.name]);
  return {
    trap: "hidden-duplicate",
    columns: [thing.name, when.name],
    rows: affectedRows(context, (row) => later.has(row)),
    severity: "costly",
    confidence: SURE_PAIR,
    evidence: { kind: "key of two", keys: groups.length, rows: surplus, ofChance, differ },
    fix: { action: "advice", text: `Keep one row for each ${both}: find out at the source which of the two is right.` },
    counterfactual: null,
    unmeasured: "Which of the rows is right the cells do not say.",
    question: null,
    why: `${both} together name ${percent(1 - surplus / context.frame.rows)} of the rows, each once; ${counted(groups.length, "pair")} of them ${groups.length === 1 ? "comes" : "come"} more than once (${counted(surplus, "surplus row")})${differ.length === 0 ? "" : `, mostly with other values of ${namedColumns(differ)}`}: one thing has two rows at one time.`,
  };
}

function repeatedIn(rows: number, keyAt: (row: number) => number | string): Repeated {
  const groups = new Map<number | string, number[]>();
  for (let row = 0; row < rows; row++) {
    const key = keyAt(row);
    if (Number.isNaN(key)) continue;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return [...groups.values()].filter(({ length }) => length > 1);
}

function differs(column: Column, rows: readonly number[]): boolean {
  const first = valueAt(column, rows[0] ?? 0);
  return rows.some((row) => !Object.is(valueAt(column, row), first));
}

/** Chance that two rows have the same value. */
function agreement(column: Column, rows: number): number {
  const counts = new Map<number, number>();
  for (let row = 0; row < rows; row++) counts.set(valueAt(column, row), (counts.get(valueAt(column, row)) ?? 0) + 1);
  let pairs = 0;
  for (const [value, count] of counts) if (!Number.isNaN(value)) pairs += count * (count - 1);
  return pairs / (rows * (rows - 1));
}
