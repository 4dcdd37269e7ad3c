import { WORTHWHILE_LOSS } from "../../metrics/index.ts";
import type { AuditContext } from "../check.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { groupEvidence } from "./group-evidence.ts";
import { type GroupKey, groupKeys } from "./group-keys.ts";
import { type Likeness, likenessOf } from "./likeness.ts";

/** A key of things whose rows no neighbour recognised, and how far they resemble each other. */
export interface AskedGroup {
  readonly key: GroupKey;
  readonly likeness: Likeness;
  /** The rows of one resemble each other, or differ, by as much as counts, beyond chance. */
  readonly shown: boolean;
}

/** A bare name ("store", "firm") with more rows each is looked at as a name with many rows. */
const MOST_ROWS_EACH = 20;

const MOST_ASKED = 2;

/** From here on the split is by the group. */
const ACTED_ON = 0.5;

/** Share of the variance that is told when the error falls by what a model must save to count. */
const COUNTS = 1 - (1 - WORTHWHILE_LOSS) ** 2;

/**
 * Keys of things with several rows that the nearest rows did not verify: the other columns may not recognise a thing whose key stands among the features, and a small panel is too
 * small to show it. By their name or the design of the file they are things all the same, and whether new ones will come decides how a model is judged: so it is
 * asked, unless their rows were shown to have next to nothing of the target in common. None where a group was verified.
 */
export function askedGroups(context: AuditContext): readonly AskedGroup[] {
  const verified = groupEvidence(context);
  if (verified.some(({ confidence }) => confidence >= ACTED_ON)) return [];
  return groupKeys(context)
    .filter((key) => isOfThings(key) && !verified.some((one) => one.key.column === key.column))
    .flatMap((key): AskedGroup[] => {
      const likeness = likenessOf(context, key);
      return likeness === null || (likeness.low > -COUNTS && likeness.high < COUNTS)
        ? []
        : [{ key, likeness, shown: likeness.low >= COUNTS || likeness.high <= -COUNTS }];
    })
    .slice(0, MOST_ASKED);
}

function isOfThings({ column, from, codes, groups }: GroupKey): boolean {
  if (from === "series" || (from === "name" && meaningOf(column).keyOf !== null)) return true;
  const held = codes.reduce((count, code) => count + Number(code >= 0), 0);
  return from === "name" && groups >= MOST_ROWS_EACH && held < MOST_ROWS_EACH * groups;
}
