import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { type LevelColumn, type NumberColumn, valueCounts } from "../columns/counts.ts";
import { dayFeatures, featuresOf, infoOf, levelFeatures, numberFeatures } from "../columns/features.ts";
import { finestFirst } from "../columns/finest-first.ts";
import { fewAsLevels, type IntervalLevels, intervalLevels } from "../columns/interval-levels.ts";
import { rowNumberings } from "../columns/row-order.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { askedGroups } from "../split/asked-groups.ts";
import { groupEvidence } from "../split/group-evidence.ts";
import { type CoarserLevels, coarserLevels } from "./coarser-levels.ts";
import { type GivenByOne, givenByOne } from "./given-by-one.ts";
import { type GivenByTwo, givenByTwo } from "./given-by-two.ts";
import { type OneToOne, oneToOne } from "./one-to-one.ts";
import { type SharedLevel, sharedLevels } from "./shared-levels.ts";

/** Coarser columns of one column. */
export type CoarserOfOne = readonly [CoarserLevels, ...CoarserLevels[]];

/** Stretches of a number: the months of a day of the year. */
const MOST_STRETCHES = 20;
/** Numbers of so few values may be kinds as well as names. */
const MOST_KINDS = 50;
/** So many different values in one order are no chance. */
const LEAST_DISTINCT = 10;

/** Columns of kinds that others give: names, or numbers of few values, and stretches of a number. copied: columns that are told as copies already. */
export function kindsOfOthers(
  context: AuditContext,
  copied: ReadonlySet<string>,
): {
  readonly coarser: readonly CoarserOfOne[];
  readonly stretches: readonly IntervalLevels[];
  readonly pairs: readonly OneToOne[];
  readonly shared: readonly SharedLevel[];
  readonly byOne: readonly GivenByOne[];
  readonly byTwo: readonly GivenByTwo[];
} {
  const { rows } = context.frame;
  const numbers = numberFeatures(context).filter(({ name }) => !copied.has(name));
  const { few, kinds, measured } = kindsAmong(context, numbers);
  const told = coarserLevels(kinds, rows, ({ name }) => !measured.has(name));
  const names = new Set(told.map(({ coarse: { name } }) => name));
  const numberings = new Set(rowNumberings(context).map(({ name }) => name));
  const things = keysOfThings(context);
  const many = [...numbers, ...dayFeatures(context), ...timeOf(context)].filter(
    ({ name }) => infoOf(context, name).distinct >= LEAST_DISTINCT && !numberings.has(name) && !things.has(name),
  );
  const left = kinds.filter(({ name }) => !names.has(name) && infoOf(context, name).distinct <= MOST_STRETCHES);
  const pairs = oneToOne(
    kinds.filter(({ name, levels }) => levels.length <= MOST_KINDS && !things.has(name)),
    rows,
  );
  const shared = sharedLevels(
    kinds.filter(({ name }) => !things.has(name)),
    rows,
    { mayGive: ({ name }) => !measured.has(name), isNumber: ({ name }) => few.some((column) => column.name === name) },
  ).filter(({ of, by }) => !told.some((one) => isGivenBy(one, of.name, told) && isGivenBy(one, by.name, told)));
  const byTwo = givenByTwo(
    levelFeatures(context).filter(({ name }) => !things.has(name)),
    [...numbers, ...levelFeatures(context)].filter(({ name }) => !names.has(name) && !things.has(name)),
    rows,
  );
  const distinctOf = ({ name }: { readonly name: string }) => infoOf(context, name).distinct;
  const stretches = intervalLevels(finestFirst(many, distinctOf), finestFirst(left, distinctOf), rows);
  const coarser = byFine(context, told);
  const toldAsCoarse = new Set(coarser.flatMap((own) => own.map(({ coarse: { name } }) => name)));
  const byOne = givenByOne(
    [...kinds.filter(({ name }) => !measured.has(name)), ...moreKeys(context, kinds, things)],
    featuresOf(context).filter(({ name }) => !copied.has(name) && !toldAsCoarse.has(name)),
    rows,
    ({ name }) => numbers.some((column) => column.name === name) && !isNamedKey(name),
  );
  return { coarser, stretches, pairs, shared, byOne, byTwo };
}

/** Names, and numbers of so few values that they may be kinds; measured: those of them that are not whole. */
function kindsAmong(context: AuditContext, numbers: readonly NumberColumn[]) {
  const few = numbers.filter(({ name }) => {
    const { distinct } = infoOf(context, name);
    return distinct >= 2 && distinct <= MOST_KINDS;
  });
  const kinds = [...levelFeatures(context), ...few.map((column) => fewAsLevels(column, valueCounts(context, column).values))];
  const measured = new Set(few.filter(({ name }) => !infoOf(context, name).integer).map(({ name }) => name));
  return { few, kinds, measured };
}

/** Both kinds are told beside the column that gives them. */
function isGivenBy({ fine }: CoarserLevels, name: string, told: readonly CoarserLevels[]): boolean {
  return fine.name === name || told.some((one) => one.fine.name === fine.name && one.coarse.name === name);
}

/** Names of which it is only asked whether they are things may as well be kinds that lie within others (towns within regions). */
function keysOfThings(context: AuditContext): ReadonlySet<string> {
  const keys = [...groupEvidence(context), ...askedGroups(context)].map(({ key }) => key);
  return new Set(keys.filter(({ from }) => from !== "levels").map(({ column }) => column));
}

/** What is no kind but names things: keys that were set aside, and whole numbers that a name, the file or the rows say are keys. */
function moreKeys(context: AuditContext, kinds: readonly LevelColumn[], things: ReadonlySet<string>): readonly LevelColumn[] {
  const { frame, roles } = context;
  const known = new Set(kinds.map(({ name }) => name));
  const offered = new Set([...roles.features, ...roles.ids, roles.group].filter((name) => name !== null && !known.has(name)));
  return frame.columns.flatMap((column): LevelColumn[] => {
    if (!offered.has(column.name)) return [];
    if ("codes" in column) return [column];
    const { distinct, integer } = factsOf(column, frame.rows);
    if (column.type !== "number" || !integer || 2 * distinct > frame.rows) return [];
    const isKey = things.has(column.name) || isNamedKey(column.name);
    return isKey ? [fewAsLevels({ ...column, type: "number" }, valueCounts(context, { ...column, type: "number" }).values)] : [];
  });
}

function isNamedKey(name: string): boolean {
  const { entity, id, keyOf } = meaningOf(name);
  return entity || id || keyOf !== null;
}

/** All coarser columns of one are one finding. What stays the same within a thing with several rows is a trait of it, and not made from its key. */
function byFine(context: AuditContext, told: readonly CoarserLevels[]): readonly CoarserOfOne[] {
  const things = keysOfThings(context);
  const found = new Map<string, [CoarserLevels, ...CoarserLevels[]]>();
  for (const one of told) {
    const name = one.fine.name;
    if (things.has(name)) continue;
    const others = found.get(name);
    if (others === undefined) found.set(name, [one]);
    else others.push(one);
  }
  return [...found.values()];
}

/** The date that the rows are ordered by is no feature, and gives kinds all the same: the waves of a study. */
function timeOf({ frame, roles }: AuditContext): readonly NumberColumn[] {
  return frame.columns.flatMap((column): NumberColumn[] =>
    column.name === roles.time && column.type === "date" && "values" in column ? [{ ...column, type: "number" }] : [],
  );
}
