import type { Suspicion } from "../../core/finding.ts";
import type { RecipeStep } from "../../core/recipe.ts";
import type { AuditContext, Check } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { levelFeatures } from "../columns/features.ts";
import { affectedRows } from "../findings/affected-rows.ts";
import { amount, percent } from "../findings/phrase.ts";
import { areDates } from "../meaning/date-spellings.ts";
import { writtenNumber } from "../meaning/written-number.ts";
import { keyLikeness } from "../roles/key-likeness.ts";
import { columnsOfGroups } from "../split/columns-of-groups.ts";
import { numberLists } from "../values/number-lists.ts";
import { personalColumns } from "../values/personal-columns.ts";
import { splitOf } from "../values/split-numbers.ts";
import { serialDatesOf } from "../values/spreadsheet-serials.ts";
import { textWords } from "../values/text-words.ts";

/** A share estimated from fewer rows is off by more than 0.2 (one standard error of a fair coin, sqrt(0.25 / 5) = 0.22). */
const RARE_ROWS = 5;
/** Half of the rows lie in levels too rare to learn from. */
const RARE_SHARE = 0.5;
const LEAST_LEVELS = 20;
/** So many levels with fewer rows each on average: one column for each of them is more than the rows can carry, even where the most frequent ones are known. */
const [MANY_LEVELS, FEW_EACH] = [100, 10];

/** More columns than this of one kind are one finding. */
const MOST_FINDINGS = 5;

interface Crowded {
  readonly column: LevelColumn;
  readonly counts: Int32Array;
  readonly levels: number;
  readonly present: number;
  readonly rare: number;
  /** Hardly any level comes back. */
  readonly nearlyUnique: boolean;
}

/** A category with so many levels that most rows lie in levels seen a few times only. */
export const highCardinality: Check = {
  trap: "high-cardinality",
  title: "A category has too many levels to learn from",
  inspect(context) {
    const names = levelFeatures(context).filter(
      (column) => column.type !== "text" && textWords(context, column) === null && !holdsPeople(context, column),
    );
    const crowded = names.flatMap((column) => (keyLikeness(context, column) === null ? (crowdedColumn(context, column) ?? []) : []));
    const ofGroups = crowded.length === 0 ? new Set<string>() : columnsOfGroups(context);
    const keys = crowded.filter(({ column }) => ofGroups.has(column.name));
    const others = crowded.filter((one) => !keys.includes(one));
    const parts = [others.filter(({ nearlyUnique }) => nearlyUnique), others.filter(({ nearlyUnique }) => !nearlyUnique)];
    return [
      ...keys.map((one) => ofThings(context, one)),
      ...parts.flatMap((part) => (part.length > MOST_FINDINGS ? [suspicion(context, part)] : part.map((one) => suspicion(context, [one])))),
      ...ofWords(context),
    ];
  },
};

/** What was learned of a thing tells nothing of a new one: whether new ones come is asked where the rows are told to come in groups. */
function ofThings(context: AuditContext, crowded: Crowded): Suspicion {
  const { name } = crowded.column;
  return {
    ...suspicion(context, [crowded]),
    severity: "cosmetic",
    fix: {
      action: "advice",
      text: `Encode \`${name}\` only if the same ones come again; of new ones a model knows nothing, so leave it out.`,
    },
    counterfactual: null,
    unmeasured: "It names the things by which the rows come in groups: what it brings hangs on whether new ones come.",
  };
}

/** Names of more words are texts, of which nobody makes a category; a column of sentences sooner than one of codes and addresses. */
const [MOST_WORDS, MOST_OF_TEXT] = [8, 7];

/** Names of a few words each: as a category they say nothing, whether or not their words are read (unread-text). */
function ofWords(context: AuditContext): Suspicion[] {
  const named = levelFeatures(context).filter((column) => {
    const words = textWords(context, column);
    return (
      words !== null &&
      words.meanWords <= (column.type === "text" ? MOST_OF_TEXT : MOST_WORDS) &&
      !holdsPeople(context, column) &&
      keyLikeness(context, column) === null
    );
  });
  return named.flatMap((column) => {
    const crowded = crowdedColumn(context, column);
    if (crowded === null) return [];
    return [
      {
        ...suspicion(context, [crowded]),
        severity: "cosmetic" as const,
        fix: {
          action: "advice" as const,
          text: `Give a model the words of \`${column.name}\`, or what they name; leave it out as a category.`,
        },
        counterfactual: null,
        unmeasured: "What its words bring is measured where the text is left unread.",
      },
    ];
  });
}

/** Notes in which somebody wrote a mail address or a number: what is in them is told as such. */
function holdsPeople(context: AuditContext, { name }: LevelColumn): boolean {
  return personalColumns(context).get(name)?.evidence.withinTexts !== undefined;
}

function crowdedColumn(context: AuditContext, column: LevelColumn): Crowded | null {
  const counts = levelCounts(context, column);
  let [present, rare, levels] = [0, 0, 0];
  for (const count of counts) {
    present += count;
    if (count > 0) levels++;
    if (count < RARE_ROWS) rare += count;
  }
  if (levels < LEAST_LEVELS || areNumbers(column.levels) || areDates(column.levels, column.name) || serialDatesOf(context, column) !== null)
    return null;
  if (rare < RARE_SHARE * present && (levels < MANY_LEVELS || present >= FEW_EACH * levels)) return null;
  const texts = column.levels.map((text, code) => ({ text, rows: counts[code] ?? 0 }));
  if (splitOf(texts) !== null || numberLists(texts) !== null) return null;
  return { column, counts, levels, present, rare, nearlyUnique: levels >= 0.9 * present };
}

/** Numbers kept as text are another trap; so are dates. */
function areNumbers(levels: readonly string[]): boolean {
  const shown = levels.slice(0, 50);
  return shown.filter((level) => writtenNumber(level) !== null).length >= 0.9 * shown.length;
}

function suspicion(context: AuditContext, crowded: readonly Crowded[]): Suspicion {
  const columns = crowded.map(({ column }) => column.name);
  const nearlyUnique = crowded.every((one) => one.nearlyUnique);
  const most = crowded.reduce((top, one) => (one.levels > top.levels ? one : top));
  const isRare = ({ column, counts }: Crowded, row: number) => (counts[column.codes[row] ?? -1] ?? RARE_ROWS) < RARE_ROWS;
  const steps: RecipeStep[] = nearlyUnique
    ? [{ op: "drop", columns }]
    : [{ op: "encode", columns, method: "target-mean", minCount: RARE_ROWS, maxLevels: 1000 }];
  const others = crowded.length === 1 ? "" : ` ${amount(crowded.length - 1)} more columns are like it.`;
  return {
    trap: "high-cardinality",
    columns,
    rows: affectedRows(context, (row) => crowded.some((one) => isRare(one, row))),
    severity: "costly",
    confidence: nearlyUnique ? 0.9 : 0.7,
    evidence: {
      levels: most.levels,
      present: most.present,
      rowsPerLevel: most.present / most.levels,
      rareShare: most.rare / most.present,
      columns: columns.length,
    },
    fix: { action: "steps", steps },
    counterfactual: { change: "steps", steps, flatters: false },
    question: null,
    why: `\`${most.column.name}\` has ${amount(most.levels)} different names in ${amount(most.present)} rows, ${(most.present / most.levels).toFixed(1)} each on average${most.rare < RARE_SHARE * most.present ? ": one column for each is more than so many rows can carry" : `, and ${percent(most.rare / most.present)} of the rows hold one that occurs fewer than ${RARE_ROWS} times: too few to learn what it means`}.${others}`,
  };
}
