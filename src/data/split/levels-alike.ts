import type { AuditContext } from "../check.ts";
import { factsOf } from "../columns/column-facts.ts";
import { meaningOf } from "../meaning/meaning.ts";
import { type GroupKey, groupKeys, keyOf, otherLevels } from "./group-keys.ts";
import { isHeading } from "./headings.ts";
import { COUNTS, type Likeness, likenessOf } from "./likeness.ts";
import { numbersOfThings } from "./number-groups.ts";

/** Whole groups are judged in five folds, of three groups each at least. */
const LEAST_GROUPS = 15;

/** Levels of which so much of the target is their own (intraclass correlation), and as much as counts beyond chance, may be things, whatever they are called. */
export const DECIDES = 0.25;

/** Rows of a front part on average. */
const ROWS_EACH = 3;

/** Names of more letters are texts. */
const LONGEST_NAME = 60;
/** More words are a sentence, of fewer than two there is no front. */
const [FEWEST_WORDS, MOST_WORDS] = [1.5, 8];

/** "toyota corolla 1.6" -> "toyota". */
const FIRST_WORD = "^(\\S+)\\s.*$";

/** Levels whose rows are alike in the target, though nothing but that says that they are things. */
export interface LevelsAlike {
  readonly key: GroupKey;
  readonly likeness: Likeness;
}

/**
 * Columns of many levels, or the first words of names, of which rows of one level have much of the target in common: a state, a brand. A model that is given the level knows what is its own; of a new one it
 * knows nothing. Whether new ones come no statistic tells, so it is asked and priced. The level of which most is its own first.
 */
export function levelsAlike(context: AuditContext): readonly LevelsAlike[] {
  return context.shared("levels alike", () => {
    const levels = [
      ...groupKeys(context).filter(({ from }) => from === "levels"),
      ...otherLevels(context),
      ...levelsInBlocks(context),
      ...firstWords(context),
      ...numbersOfThings(context),
    ];
    const found = levels
      .filter(({ groups }) => groups >= LEAST_GROUPS)
      .flatMap((key) => {
        const likeness = likenessOf(context, key);
        return likeness !== null && likeness.icc >= DECIDES && likeness.low >= COUNTS ? [{ key, likeness }] : [];
      });
    return found.toSorted((a, b) => b.likeness.low - a.likeness.low || (a.key.column < b.key.column ? -1 : 1));
  });
}

/** Texts whose rows of one value stand together in the file. A quantity does so too where the file is sorted by it. */
function levelsInBlocks(context: AuditContext): readonly GroupKey[] {
  const ofText = new Set(context.frame.columns.flatMap((column) => ("codes" in column ? [column.name] : [])));
  return groupKeys(context).filter(({ from, column, cut }) => from === "blocks" && cut === null && ofText.has(column));
}

/** Names that are different in most rows and begin with words that come back: the brand in front of a model. */
function firstWords(context: AuditContext): readonly GroupKey[] {
  const { frame, roles } = context;
  const offered = new Set([...roles.features, ...roles.ids]);
  return frame.columns.flatMap((column) => {
    if (!("codes" in column) || !offered.has(column.name) || meaningOf(column.name).time || isHeading(column, context)) return [];
    const { present, distinct } = factsOf(column, frame.rows);
    if (present < 0.5 * frame.rows || distinct <= 0.2 * present) return [];
    const [letters, words] = column.levels.reduce<readonly [number, number]>(
      ([long, many], level) => [long + level.length, many + level.trim().split(/\s+/).length],
      [0, 0],
    );
    const count = column.levels.length;
    if (letters > LONGEST_NAME * count || words < FEWEST_WORDS * count || words > MOST_WORDS * count) return [];
    const key = keyOf(column, frame.rows, "prefix", FIRST_WORD);
    return ROWS_EACH * key.groups <= present && key.largest <= 0.5 * frame.rows ? [key] : [];
  });
}
