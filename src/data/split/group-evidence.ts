import type { Column } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import { placesUpTo } from "../../core/typed-from.ts";
import { WORTHWHILE_LOSS } from "../../metrics/index.ts";
import type { AuditContext } from "../check.ts";
import { associate, viewOf, zThreshold } from "../signal/associations.ts";
import { entityStructure } from "./entity-structure.ts";
import { type GroupKey, groupKeys } from "./group-keys.ts";
import { type Closeness, MOST_POOL, NEIGHBOURS, type NeighbourGap, verifiedGap, WAYS } from "./neighbour-probe.ts";
import { profileKeys } from "./profile-key.ts";

/** A group whose members tell each other's labels, by a measured gap. */
export interface GroupEvidence {
  readonly key: GroupKey;
  readonly gap: NeighbourGap;
  /** Of the label by the group alone, out of fold. */
  readonly labelZ: number;
  /** How strong the evidence is, 0..1: no probability (see harm/sureness.ts). */
  readonly confidence: number;
}

const MOST_PROBES = 6;

/** Columns of levels that are probed, the ones that tell most of the target. */
const MOST_LEVELS = 3;

/** Levels are looked at in one way, so for the price of two. */
const LEVEL_QUERIES = 1_000;

/** From this z on a gap makes the evidence before it surer. */
const PLAIN_Z = 3;

/** How much the evidence before the measurement is worth. That levels have rows in common does not tell whether new ones come: it asks, whatever the gap. */
const PRIOR = {
  name: 0.9,
  members: 0.85,
  prefix: 0.85,
  series: 0.85,
  panel: 0.85,
  things: 0.7,
  shared: 0.7,
  profile: 0.6,
  blocks: 0.7,
  repeats: 0.55,
  again: 0.55,
  levels: 0.3,
  numbers: 0.3,
} as const;

/**
 * Verified groups, surest first. Columns of levels are looked at in one way only, that of a model; there must be as much in the gap as a model would have to save to
 * count, or the question is not worth asking. Once per audit.
 */
export function groupEvidence(context: AuditContext): readonly GroupEvidence[] {
  return context.shared("group evidence", () => {
    const told = [...groupKeys(context), ...profileKeys(context)]
      .map((key) => ({ key, labelZ: labelZ(context, key) }))
      .filter((one) => one.labelZ > zThreshold(20));
    const isLevels = ({ key }: (typeof told)[number]) => key.from === "levels";
    const named = told.filter((one) => !isLevels(one)).slice(0, MOST_PROBES);
    const levels = told.filter(isLevels).sort((a, b) => b.labelZ - a.labelZ);
    const looks = named.reduce((sum, { key }) => sum + waysOf(context, key).length, levels.length);
    const found = named
      .flatMap((one) => evidenceOf(one, verifiedGap(context, groupsApart(context, one.key), looks, waysOf(context, one.key))))
      .map((one) => ofItsThing(context, one, named));
    const asked = levels.slice(0, MOST_LEVELS).flatMap((one) => {
      const closeness = { ...groupsApart(context, one.key), queries: LEVEL_QUERIES };
      return evidenceOf(one, verifiedGap(context, closeness, looks, ["telling"])).filter(({ gap }) => counts(gap));
    });
    return traitsLast(
      context,
      [...surestOfEach(found), ...asked].sort((a, b) => b.confidence - a.confidence || (a.key.column < b.key.column ? -1 : 1)),
    );
  });
}

/** A measurement that all rows of a finer thing share (the share of certified teachers of a school) was verified in its place: whole things are kept together, and with them what they have. */
function ofItsThing(context: AuditContext, found: GroupEvidence, told: readonly Pick<GroupEvidence, "key" | "labelZ">[]): GroupEvidence {
  const { key } = found;
  if (key.from !== "shared" && key.from !== "repeats" && key.from !== "blocks") return found;
  const thing = told.find((one) => {
    if (one.key.groups <= key.groups || one.key.from === "levels") return false;
    const { constant, isOfThings } = entityStructure(context, one.key);
    return isOfThings && constant.includes(key.column);
  });
  return thing === undefined ? found : { ...found, ...thing };
}

function surestOfEach(found: readonly GroupEvidence[]): readonly GroupEvidence[] {
  return found.filter((one) => {
    const [surest] = found.filter(({ key }) => key.column === one.key.column).sort((a, b) => b.confidence - a.confidence);
    return surest === one;
  });
}

/** What stays the same within another verified group, and within which nothing does, is a trait of that group's things (the kind of ticket of a traveller): the things go first. */
function traitsLast(context: AuditContext, verified: readonly GroupEvidence[]): readonly GroupEvidence[] {
  const things = verified.filter(({ key }) => key.from !== "levels");
  const traits = new Set(
    verified.filter(
      ({ key }) =>
        things.some((other) => entityStructure(context, other.key).constant.includes(key.column)) &&
        entityStructure(context, key).constant.length === 0,
    ),
  );
  return verified.toSorted((a, b) => Number(traits.has(a)) - Number(traits.has(b)));
}

/** A thing that a name, the design of the file or what stays the same within it speaks of is also looked for by that. A block may be a quantity, and what stays the same with it a copy. */
function waysOf(context: AuditContext, key: GroupKey): readonly Closeness["weights"][] {
  const isThing = key.from !== "blocks" && (key.from !== "repeats" || entityStructure(context, key).isOfThings);
  return isThing ? [...WAYS, "lasting"] : WAYS;
}

function evidenceOf(one: Pick<GroupEvidence, "key" | "labelZ">, gap: NeighbourGap | null): readonly GroupEvidence[] {
  if (gap === null) return [];
  const confidence = one.key.from === "levels" ? PRIOR.levels : Math.min(0.98, PRIOR[one.key.from] + 0.01 * Math.max(0, gap.z - PLAIN_Z));
  return [{ ...one, gap, confidence }];
}

function counts({ openError, closedError }: NeighbourGap): boolean {
  return 1 - openError / closedError >= WORTHWHILE_LOSS;
}

function labelZ(context: AuditContext, key: GroupKey): number {
  const levels = Array.from({ length: key.groups }, (_, code) => String(code));
  const column: Column = { name: key.column, type: "category", codes: key.codes, levels };
  return associate(column, viewOf(context)).z;
}

/** Rows of a group, on average, among which more than five neighbours of one are found. */
const LARGE = 2 * NEIGHBOURS;

function groupsApart(context: AuditContext, key: GroupKey): Omit<Closeness, "weights"> {
  return {
    pool: wholeGroups(context, key),
    cluster: (row: number) => key.codes[row] ?? -1,
    near: (a: number, b: number) => key.codes[a] === key.codes[b],
    leaveOutCopies: false,
    // In a thing of few rows the nearest one may be its only other.
    leaveOutLone: key.codes.length > LARGE * key.groups,
    without: [key.column],
  };
}

/** Of large groups so many rows stand in the pool where they do not all fit: groups are what is counted, and five neighbours are looked for. */
const ROWS_EACH = 20;

function drawn(context: AuditContext, key: GroupKey, rows: readonly number[], most: number): readonly number[] {
  if (rows.length <= most) return rows;
  const order = createRandom(context.seed, "group rows", key.column, String(rows[0])).shuffle(Int32Array.from(rows));
  return [...order.subarray(0, most)];
}

/** Labelled rows with a key, of groups drawn by chance until the pool is full. */
function wholeGroups(context: AuditContext, key: GroupKey): Int32Array {
  const members: number[][] = Array.from({ length: key.groups }, () => []);
  for (let row = 0; row < key.codes.length; row++) {
    const code = key.codes[row] ?? -1;
    if (code >= 0 && !Number.isNaN(context.target[row])) members[code]?.push(row);
  }
  const order = createRandom(context.seed, "groups", key.column).shuffle(placesUpTo(members.length));
  const held = members.reduce((sum, rows) => sum + rows.length, 0);
  const most = held <= MOST_POOL ? held : Math.max(ROWS_EACH, Math.floor(MOST_POOL / key.groups));
  const pool: number[] = [];
  for (const code of order) {
    const rows = drawn(context, key, members[code] ?? [], most);
    if (pool.length > 0 && pool.length + rows.length > MOST_POOL) break;
    pool.push(...rows);
  }
  return Int32Array.from(pool).sort();
}
