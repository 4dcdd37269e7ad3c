import { type Column, columnOf } from "../../core/column.ts";
import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { associationsOf, encodingErrors, viewOf, zThreshold } from "../signal/associations.ts";
import { entityStructure } from "./entity-structure.ts";
import { groupEvidence } from "./group-evidence.ts";
import { type GroupKey, groupKeys, returningNames } from "./group-keys.ts";
import { DECIDES, levelsAlike } from "./levels-alike.ts";
import { COUNTS, type Likeness, likenessOf } from "./likeness.ts";
import { panelKeys } from "./panel-keys.ts";
import { profileGroups } from "./profile-groups.ts";
import { profileKeys } from "./profile-key.ts";
import { standsInSeries } from "./series.ts";

/** A key of things with several rows that no neighbour recognised, and how far they resemble each other. */
export interface AskedGroup {
  readonly key: GroupKey;
  readonly likeness: Likeness;
  /** shown: rows of one resemble each other in the target, or differ, by as much as counts, beyond chance; nothing: they were shown to have next to nothing in common; unknown: neither. */
  readonly alike: "shown" | "unknown" | "nothing";
  /** Columns that stay the same within its values, beyond chance. */
  readonly constant: readonly string[];
  /** Nothing but their likeness says that they are things. */
  readonly byLevels?: true;
}

/** A bare name ("store", "firm") with more rows each is looked at as a name with many rows. */
const MOST_ROWS_EACH = 20;

const MOST_ASKED = 2;

/** From here on the split is by the group. */
const ACTED_ON = 0.5;

/** Steps from one number to the next that go the same way. */
const IN_TURN = 0.95;

/** One row among fifty, as of what stays the same. */
const SAME = 0.98;

/**
 * Keys of things with several rows that the nearest rows did not verify: the other columns may not recognise a thing whose key stands among the features, and a small panel is too
 * small to show it. By their name, the design of the file or what stays the same within them they are things all the same, and whether new ones will come decides how a model is judged: so it is
 * asked. Not where only the name speaks and their rows were shown to have next to nothing of the target in common. None where a group was verified.
 */
export function askedGroups(context: AuditContext): readonly AskedGroup[] {
  return context.shared("asked groups", () => unverifiedGroups(context));
}

function unverifiedGroups(context: AuditContext): readonly AskedGroup[] {
  const verified = groupEvidence(context);
  if (verified.some(({ confidence }) => confidence >= ACTED_ON)) return [];
  const found = [...groupKeys(context), ...profileKeys(context), ...panelKeys(context)]
    .filter((key) => !verified.some((one) => one.key.column === key.column))
    .flatMap((key) => {
      if (isOfThings(context, key)) return alikeOf(context, key);
      // A bare name of things with many rows each says enough where they resemble each other, and so does a key that comes back, and one by its name whose rows are shown to.
      if (key.from === "name" || key.from === "again") return alikeOf(context, key).filter(isAlike);
      return (isNamed(key) || meaningOf(key.column).id) && key.cut === null
        ? alikeOf(context, key).filter(({ alike }) => alike === "shown")
        : [];
    });
  // Values that come back by a name of theirs (a reference) speak for no finer thing and against none.
  if (found.every(({ key }) => key.from === "repeats")) found.push(...ofReturningNames(context));
  const known = new Set([...found, ...verified].map(({ key }) => key.column));
  const levels = levelsAlike(context).find(({ key }) => !known.has(key.column));
  if (levels !== undefined) found.push({ ...levels, alike: "shown", constant: [], byLevels: true });
  const sure = ["shown", "unknown", "nothing"];
  const surest = found.toSorted((a, b) => sure.indexOf(a.alike) - sure.indexOf(b.alike));
  return surest.filter((one, place) => !isAskedWith(context, one, found, surest.slice(0, place))).slice(0, MOST_ASKED);
}

/** Only where rows of one name have far more of the target in common than things that merely share a name would. */
function ofReturningNames(context: AuditContext): readonly AskedGroup[] {
  const fronts = levelsAlike(context).filter(({ key }) => key.cut !== null);
  return returningNames(context).flatMap((key) => {
    const likeness = likenessOf(context, key);
    // Of names that are alike as far as the words in front of them are, the front is the thing.
    const isOfFront = fronts.some((front) => front.key.column === key.column && front.likeness.icc >= (likeness?.low ?? 1));
    return likeness !== null && likeness.low >= DECIDES && !isOfFront ? [{ key, likeness, alike: "shown" as const, constant: [] }] : [];
  });
}

function alikeOf(context: AuditContext, key: GroupKey): readonly AskedGroup[] {
  const [plain, beside] = [likenessOf(context, key), likenessBeside(context, key)];
  // Rows of one differ among each other wherever something else tells much: what is left of that says it.
  const looks = [plain !== null && plain.icc < 0 && beside !== null ? null : plain, beside].flatMap((one) => one ?? []);
  const likeness = looks.find(isShown) ?? looks.find((one) => !isNothing(one)) ?? looks[0];
  if (likeness === undefined) return [];
  const alike = isShown(likeness) ? "shown" : isNothing(likeness) ? "nothing" : "unknown";
  const { constant } = key.from === "profile" ? (profileGroups(context) ?? { constant: [] }) : entityStructure(context, key);
  return alike === "nothing" && constant.length === 0 && !isDesigned(context, key) ? [] : [{ key, likeness, alike, constant }];
}

/** What stays the same within a thing and has no name of a key is a trait of it; what names the same things once more is the same question: asked of a name or a code, not of a measurement of them. */
function isAskedWith(context: AuditContext, { key }: AskedGroup, all: readonly AskedGroup[], before: readonly AskedGroup[]): boolean {
  const isTrait = !isNamed(key) && all.some(({ constant }) => constant.includes(key.column));
  const isSame = (other: AskedGroup) => follows(key, other.key) && follows(other.key, key);
  const measures = (one: GroupKey) => !isNamed(one) && one.together === undefined && columnOf(context.frame, one.column).type === "number";
  if (isTrait || before.some((other) => isSame(other) && (measures(key) || !measures(other.key)))) return true;
  return measures(key) && all.some((other) => !measures(other.key) && isSame(other));
}

/** Whether nearly all rows of each value of the one have one value of the other. */
function follows({ codes, groups }: GroupKey, other: GroupKey): boolean {
  const first = new Int32Array(groups).fill(-1);
  let [held, same] = [0, 0];
  codes.forEach((code, row) => {
    const value = other.codes[row] ?? -1;
    if (code < 0 || value < 0) return;
    if (first[code] === -1) first[code] = value;
    held++;
    same += Number(first[code] === value);
  });
  return same >= SAME * held;
}

/** Beyond chance, and by an amount that counts. */
function isAlike({ alike, likeness, key }: AskedGroup): boolean {
  return alike === "shown" || (key.from === "name" && likeness.low > 0 && likeness.icc >= COUNTS);
}

/** As much as counts, beyond chance. */
function isShown({ low, high }: Likeness): boolean {
  return low >= COUNTS || high <= -COUNTS;
}

function isNothing({ low, high }: Likeness): boolean {
  return low > -COUNTS && high < COUNTS;
}

/** What the strongest other column tells is taken out first: animals that are weighed as they grow have little in common but what they are beside others of their age. */
function likenessBeside(context: AuditContext, key: GroupKey): Likeness | null {
  if (context.task.kind !== "regression") return null;
  const associations = associationsOf(context);
  const told = (name: string) => associations.get(name)?.z ?? 0;
  const [best] = context.roles.features.filter((name) => name !== key.column).sort((a, b) => told(b) - told(a));
  const column = context.frame.columns.find(({ name }) => name === best);
  if (column === undefined || told(column.name) <= zThreshold(context.roles.features.length)) return null;
  const view = viewOf(context);
  const left = new Float64Array(context.frame.rows).fill(Number.NaN);
  encodingErrors(column, view).forEach((error, i) => {
    left[view.rows[i] ?? 0] = error;
  });
  return likenessOf({ task: context.task, target: left }, key);
}

/** By its name, the design of the file, or what stays the same within its values. */
function isOfThings(context: AuditContext, key: GroupKey): boolean {
  const { column, from } = key;
  if (from === "prefix" || from === "again") return false;
  if (from === "members" || from === "series" || from === "panel" || from === "shared" || from === "profile") return true;
  const { keyOf } = meaningOf(column);
  if (from === "name" && (keyOf !== null || hasFewRowsEach(key))) return true;
  const { constant, isOfThings: keepsSeveral } = entityStructure(context, key);
  if (keyOf !== null || from === "name") return constant.length > 0;
  return keepsSeveral && mayName(columnOf(context.frame, column), context.frame.rows);
}

/** Whole numbers that name things are given in turn, and a file that stands in blocks keeps to it; amounts that a thing has do not. */
function mayName(column: Column, rows: number): boolean {
  if (!("values" in column)) return true;
  if (column.type !== "number" || !factsOf(column, rows).integer) return false;
  let [rises, falls, before] = [0, 0, Number.NaN];
  for (const value of column.values) {
    if (Number.isNaN(value)) continue;
    rises += Number(value > before);
    falls += Number(value < before);
    before = value;
  }
  return Math.max(rises, falls) >= IN_TURN * (rises + falls);
}

function isNamed({ column }: GroupKey): boolean {
  const { entity, keyOf } = meaningOf(column);
  return entity || keyOf !== null;
}

function isDesigned({ frame }: AuditContext, { column, from }: GroupKey): boolean {
  return from === "members" || from === "series" || from === "panel" || standsInSeries(columnOf(frame, column), frame);
}

function hasFewRowsEach({ codes, groups }: GroupKey): boolean {
  const held = codes.reduce((count, code) => count + Number(code >= 0), 0);
  return groups >= MOST_ROWS_EACH && held < MOST_ROWS_EACH * groups;
}
