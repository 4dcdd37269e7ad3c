import type { AuditContext } from "../check.ts";
import { type LevelColumn, levelCounts } from "../columns/counts.ts";
import { nullLevels } from "./null-levels.ts";
import { onlyNullWord } from "./only-null-word.ts";

/** Words that read_csv of pandas 3 takes for a gap unless it is told not to (its documentation, na_values). */
const READ_AS_GAPS = new Set(
  "#N/A|#N/A N/A|#NA|-1.#IND|-1.#QNAN|-NaN|-nan|1.#IND|1.#QNAN|<NA>|N/A|NA|NULL|NaN|None|n/a|nan|null".split("|"),
);

/** A word that is a value here, and a gap to others. */
export interface ReadAsGap {
  readonly word: string;
  readonly columns: readonly string[];
  /** Of the column that has most of them, the target among them. */
  readonly rows: number;
}

/** Levels of features and keys (but for columns of nothing else, which are empty), and classes, that are no words for "no value" here (a kind of its own, such as no campaign), and are read as gaps elsewhere. */
export function readAsGaps(context: AuditContext): readonly ReadAsGap[] {
  const { task, target, roles } = context;
  const told = new Set(nullLevels(context).map(({ column, code }) => `${column.name}|${code}`));
  const offered = new Set([...roles.features, ...roles.ids]);
  const named = context.frame.columns.filter(
    (column): column is LevelColumn => "codes" in column && offered.has(column.name) && onlyNullWord(context, column.name) === null,
  );
  const held = named.flatMap((column) => {
    const counts = levelCounts(context, column);
    return column.levels.flatMap((word, code) =>
      READ_AS_GAPS.has(word) && (counts[code] ?? 0) > 0 && !told.has(`${column.name}|${code}`)
        ? [{ word, name: column.name, rows: counts[code] ?? 0 }]
        : [],
    );
  });
  const classes = task.kind === "regression" ? [] : task.classes;
  const isAsked = (word: string) =>
    context.labels.some(
      ({ trap, confidence, evidence }) => trap === "null-spelling" && confidence > 0 && [evidence.spellings].flat().includes(word),
    );
  const ofTarget = classes.flatMap((word, code) =>
    READ_AS_GAPS.has(word) && !isAsked(word) ? [{ word, name: roles.target, rows: target.filter((one) => one === code).length }] : [],
  );
  const words = new Map<string, ReadAsGap>();
  for (const { word, name, rows } of [...held, ...ofTarget]) {
    const known = words.get(word) ?? { word, columns: [], rows: 0 };
    words.set(word, { word, columns: [...known.columns, name], rows: Math.max(known.rows, rows) });
  }
  return [...words.values()];
}
