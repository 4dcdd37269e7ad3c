import type { Column } from "../../core/column.ts";
import { createRandom } from "../../core/random.ts";
import type { AuditContext } from "../check.ts";
import { associate, viewOf, zThreshold } from "../signal/associations.ts";
import { type GroupKey, groupKeys } from "./group-keys.ts";
import { MOST_POOL, type NeighbourGap, verifiedGap } from "./neighbour-probe.ts";

/** A group whose members tell each other's labels, by a measured gap. */
export interface GroupEvidence {
  readonly key: GroupKey;
  readonly gap: NeighbourGap;
  /** Of the label by the group alone, out of fold. */
  readonly labelZ: number;
  /** Probability that it is real, 0..1. */
  readonly confidence: number;
}

const MOST_PROBES = 6;

/** From this z on a gap makes the evidence before it surer. */
const PLAIN_Z = 3;

/** How much the evidence before the measurement is worth. */
const PRIOR = { name: 0.9, prefix: 0.85, blocks: 0.7, repeats: 0.55 } as const;

/** Verified groups, surest first. Once per audit. */
export function groupEvidence(context: AuditContext): readonly GroupEvidence[] {
  return context.shared("group evidence", () => {
    const candidates = groupKeys(context).filter((key) => labelZ(context, key) > zThreshold(20));
    return candidates
      .slice(0, MOST_PROBES)
      .flatMap((key, _, probed) => {
        const gap = probe(context, key, probed.length);
        if (gap === null) return [];
        const confidence = Math.min(0.98, PRIOR[key.from] + 0.01 * Math.max(0, gap.z - PLAIN_Z));
        return [{ key, gap, labelZ: labelZ(context, key), confidence }];
      })
      .sort((a, b) => b.confidence - a.confidence || (a.key.column < b.key.column ? -1 : 1));
  });
}

function labelZ(context: AuditContext, key: GroupKey): number {
  const levels = Array.from({ length: key.groups }, (_, code) => String(code));
  const column: Column = { name: key.column, type: "category", codes: key.codes, levels };
  return associate(column, viewOf(context)).z;
}

function probe(context: AuditContext, key: GroupKey, keys: number): NeighbourGap | null {
  const closeness = {
    pool: wholeGroups(context, key),
    cluster: (row: number) => key.codes[row] ?? -1,
    near: (a: number, b: number) => key.codes[a] === key.codes[b],
    leaveOutCopies: false,
    without: [key.column],
  };
  return verifiedGap(context, closeness, keys);
}

/** Labelled rows with a key, of groups drawn by chance until the pool is full. */
function wholeGroups(context: AuditContext, key: GroupKey): Int32Array {
  const members: number[][] = Array.from({ length: key.groups }, () => []);
  for (let row = 0; row < key.codes.length; row++) {
    const code = key.codes[row] ?? -1;
    if (code >= 0 && !Number.isNaN(context.target[row])) members[code]?.push(row);
  }
  const order = createRandom(context.seed, "groups", key.column).shuffle(Int32Array.from(members.keys()));
  const pool: number[] = [];
  for (const code of order) {
    const rows = members[code] ?? [];
    if (pool.length > 0 && pool.length + rows.length > MOST_POOL) break;
    pool.push(...rows.slice(0, MOST_POOL));
  }
  return Int32Array.from(pool).sort();
}
