import { WORTHWHILE_LOSS } from "../../metrics/index.ts";
import type { AuditContext } from "../check.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { associationsOf, encodingErrors, viewOf, zThreshold } from "../signal/associations.ts";
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
  return context.shared("asked groups", () => unverifiedGroups(context));
}

function unverifiedGroups(context: AuditContext): readonly AskedGroup[] {
  const verified = groupEvidence(context);
  if (verified.some(({ confidence }) => confidence >= ACTED_ON)) return [];
  return groupKeys(context)
    .filter((key) => isOfThings(key) && !verified.some((one) => one.key.column === key.column))
    .flatMap((key): AskedGroup[] => {
      const [plain, beside] = [likenessOf(context, key), likenessBeside(context, key)];
      // Rows of one differ among each other wherever something else tells much: what is left of that says it.
      const looks = [plain !== null && plain.icc < 0 && beside !== null ? null : plain, beside].flatMap((one) => one ?? []);
      const likeness = looks.find(isShown) ?? looks.find((one) => !isNothing(one));
      return likeness === undefined ? [] : [{ key, likeness, shown: isShown(likeness) }];
    })
    .slice(0, MOST_ASKED);
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

function isOfThings({ column, from, codes, groups }: GroupKey): boolean {
  if (from === "series" || (from === "name" && meaningOf(column).keyOf !== null)) return true;
  const held = codes.reduce((count, code) => count + Number(code >= 0), 0);
  return from === "name" && groups >= MOST_ROWS_EACH && held < MOST_ROWS_EACH * groups;
}
