import { placesUpTo } from "../../core/typed-from.ts";
import { wordsIn } from "../../recipe/index.ts";
import { quantile } from "../../stats/index.ts";
import type { AuditContext } from "../check.ts";
import { countCodes, type LevelColumn } from "../columns/counts.ts";
import { featuresOf } from "../columns/features.ts";
import { textSets } from "./text-sets.ts";

/** Rows of which one column holds the text of another row, but for numbers and a few words. */
export interface NearTexts {
  readonly column: string;
  readonly rows: ReadonlySet<number>;
  /** The first text of the set of each of these rows. */
  readonly setOf: ReadonlyMap<number, number>;
  /** Sets of texts that are near each other, and how many texts they hold. */
  readonly sets: number;
  readonly texts: number;
  /** Two texts of the set of the most; of one text that one. */
  readonly example: readonly string[];
}

/** Shorter texts are names; and fewer of a column are no texts. */
const [LEAST_WORDS, LEAST_TEXTS, MOSTLY] = [10, 50, 0.5];
const MOST_TEXTS = 200_000;
/** Where so many rows hold a sentence of few words that others hold too, a program or a form writes them, and new rows will come as these: only of longer ones it is no wonder that nobody writes them twice. */
const [MOST_ROWS, LONG] = [0.3, 20];

/** Of the columns of texts the one with the most rows. Once per audit. */
export function nearTexts(context: AuditContext): NearTexts | null {
  return context.shared("near texts", () => {
    const found = featuresOf(context).flatMap((column) => ("codes" in column ? (nearIn(column) ?? []) : []));
    return found.reduce<NearTexts | null>((top, one) => (top === null || one.rows.size > top.rows.size ? one : top), null);
  });
}

/** Rows of one set that follow each other, no row in two pairs. */
export function pairsOfSets({ setOf }: NearTexts): readonly (readonly [number, number])[] {
  const waiting = new Map<number, number>();
  const pairs: [number, number][] = [];
  for (const [row, set] of setOf) {
    const other = waiting.get(set);
    if (other === undefined) {
      waiting.set(set, row);
      continue;
    }
    waiting.delete(set);
    pairs.push([other, row]);
  }
  return pairs;
}

function nearIn(column: LevelColumn): NearTexts | null {
  const { levels, codes, name } = column;
  if (levels.length < LEAST_TEXTS || !areTexts(levels)) return null;
  const looked = placesUpTo(Math.min(levels.length, MOST_TEXTS));
  const sets = textSets(levels, looked, LEAST_WORDS - 1);
  const counts = countCodes(codes, levels.length);
  const members = new Map<number, number[]>();
  for (const level of looked) {
    const first = sets.of(level);
    const own = members.get(first);
    if (own === undefined) members.set(first, [level]);
    else own.push(level);
  }
  const areSeveral = (set: readonly number[]) => set.length > 1 || (counts[set[0] ?? 0] ?? 0) > 1;
  const present = counts.reduce((sum, count) => sum + count, 0);
  // All rows may be filled from one form.
  const isForm = (set: readonly number[]) => set.reduce((sum, level) => sum + (counts[level] ?? 0), 0) > MOST_ROWS * present;
  const near = [...members.values()].filter(
    (set) => areSeveral(set) && !isForm(set) && wordsIn(levels[set[0] ?? 0] ?? "").length >= LEAST_WORDS,
  );
  const [largest] = near.toSorted((a, b) => b.length - a.length);
  if (largest === undefined) return null;
  const hit = new Set(near.flat());
  const setOf = new Map<number, number>();
  codes.forEach((code, row) => {
    if (hit.has(code)) setOf.set(row, sets.of(code));
  });
  const rows = new Set(setOf.keys());
  const texts = hit.size;
  if (rows.size > MOST_ROWS * present && typicalWords([...hit].map((level) => levels[level] ?? "")) < LONG) return null;
  return { column: name, rows, setOf, sets: near.length, texts, example: largest.slice(0, 2).map((level) => levels[level] ?? "") };
}

/** Of so many that are looked at, evenly over the column, most have words enough. */
const SHOWN = 200;

function areTexts(levels: readonly string[]): boolean {
  const step = Math.max(1, Math.floor(levels.length / SHOWN));
  const shown = levels.filter((_, place) => place % step === 0);
  // An address of a page has many words and no blanks.
  return shown.filter((text) => text.split(/\s+/).length >= LEAST_WORDS).length >= MOSTLY * shown.length;
}

function typicalWords(texts: readonly string[]): number {
  return quantile(
    Float64Array.from(texts, (text) => wordsIn(text).length),
    0.5,
  );
}
