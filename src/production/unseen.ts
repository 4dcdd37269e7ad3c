import type { Frame } from "../core/column.ts";
import type { InputField, Scorer } from "../core/scorer.ts";

/** Rows of a new table whose value of a category training never saw: the model answers them, but has learned nothing of that value. */
export interface UnseenCategories {
  readonly column: string;
  readonly rows: number;
  /** Different values, at most 3, in the order in which they came. */
  readonly examples: readonly string[];
}

/** Levels that a field lists when there are more than it lists: which ones are unknown cannot be told. */
const MOST_LISTED = 200;
const SHOWN = 3;

/** The levels of training of an input whose unseen values can be told; null for all others. */
export function knownLevels({ type, levels, amount, dateFormats }: InputField): readonly string[] | null {
  return type === "category" && amount === undefined && dateFormats === undefined && levels !== null && levels.length < MOST_LISTED
    ? levels
    : null;
}

/** Counts over the batches of a table. */
export function countUnseen({ inputs }: Pick<Scorer, "inputs">): { add(batch: Pick<Frame, "columns">): void; found(): UnseenCategories[] } {
  const counts = inputs.flatMap((input) => {
    const levels = knownLevels(input);
    return levels === null
      ? []
      : [{ column: input.name, known: new Set([...levels, ...(input.renamed ?? [])]), rows: 0, examples: new Set<string>() }];
  });
  return {
    add: ({ columns }) => {
      const byName = new Map(columns.map((column) => [column.name, column]));
      for (const count of counts) {
        const column = byName.get(count.column);
        if (column === undefined || !("levels" in column)) continue;
        const unseen = column.levels.map((level) => level !== "" && !count.known.has(level));
        if (!unseen.includes(true)) continue;
        for (const code of column.codes) {
          if (unseen[code] !== true) continue;
          count.rows++;
          if (count.examples.size < SHOWN) count.examples.add(column.levels[code] ?? "");
        }
      }
    },
    found: () => counts.filter(({ rows }) => rows > 0).map(({ column, rows, examples }) => ({ column, rows, examples: [...examples] })),
  };
}

const LONGEST_EXAMPLE = 40;

/** One sentence. */
export function unseenWarning({ column, rows, examples }: UnseenCategories): string {
  const shown = examples.map((text) => JSON.stringify(text.length > LONGEST_EXAMPLE ? `${text.slice(0, LONGEST_EXAMPLE)}...` : text));
  return `Column "${column}": ${rows === 1 ? "1 row holds a category" : `${rows.toLocaleString("en")} rows hold categories`} that training never saw, e.g. ${shown.join(", ")}.`;
}
